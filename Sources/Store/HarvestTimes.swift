internal import FoundationEssentials
internal import JSON
internal import Records

/// When the sources of the live generation were last read, where a run that came after it found nothing to change: it
/// publishes nothing, so the generation's manifest cannot tell.
///
/// The file, `sources.json` in the index folder, names the generation that it belongs to, and says nothing of others.
package struct HarvestTimes: Codable, Sendable, Hashable {
    package let generation: String
    /// By the name of the source, ISO 8601 in UTC.
    package var harvested: [String: String]

    /// - Parameter states: the sources as they are known now, those just read with the time of that.
    package init(generation: String, states: [Manifest.SourceState]) {
        self.generation = generation
        harvested = Dictionary(
            states.map { ($0.source.rawValue, $0.harvested) }, uniquingKeysWith: { first, _ in first })
    }

    static let file = "sources.json"

    /// Nil when there is no such file, or it belongs to another generation.
    static func of(_ generation: String, in folder: String) -> HarvestTimes? {
        guard let bytes = try? Disk.contents(of: "\(folder)/\(file)"),
            let times = try? JSONDecoder().decode(HarvestTimes.self, from: Data(bytes)),
            times.generation == generation
        else { return nil }
        return times
    }

    /// Writes the file in one step.
    package func write(to index: IndexFolder, lock: IndexLock) throws(StoreError) {
        let bytes: [UInt8]
        do {
            bytes = try JSONValue(encoding: self).json(.spaced)
        } catch {
            throw StoreError(.io, "\(HarvestTimes.file) cannot be encoded: \(error)")
        }
        try Disk.replace("\(index.path)/\(HarvestTimes.file)", with: bytes + [0x0A])
    }
}

extension Generation {
    /// What the generation holds of each source, and when that was last fetched: also by runs that found nothing to
    /// change. Reads one small file, which may be renewed while the generation is open.
    package var sources: [Manifest.SourceState] {
        guard let times = HarvestTimes.of(manifest.generation, in: "\(folder)/../..") else { return manifest.sources }
        return manifest.sources.map { state in
            var state = state
            state.harvested = times.harvested[state.source.rawValue] ?? state.harvested
            return state
        }
    }
}
