import JSON
import Records

/// Saved metadata of dandisets: dumps, `dandiset.yaml` of downloaded dandisets, and answers of the archive's lists.
struct DANDIDump {
    private let run: Harvest
    private var count = 0
    /// Dandisets whose metadata were there.
    private var described: Set<String> = []
    /// Dandisets that only a list names, with what it says.
    private var listed: [String: (metadata: JSONValue, entry: DANDIArchive.Entry, provenance: String)] = [:]

    init(run: Harvest) { self.run = run }

    /// Emits what has metadata, then what is only listed: a list says less, wherever it stands.
    mutating func read(_ location: Location, into sink: (Record) throws -> Void) throws {
        switch location {
        case .file(let path) where Self.isYAML(path): try readYAML(path, into: sink)
        case .folder(let path):
            let names = try Files.below(path, limit: 6)
            let documents = names.filter { $0.hasSuffix("dandiset.yaml") || $0.hasSuffix("dandiset.yml") }
            for name in documents { try readYAML("\(path)/\(name)", into: sink) }
            if documents.isEmpty || names.contains(where: JSONDump.isDump) { try readJSON(location, into: sink) }
        case .file, .web: try readJSON(location, into: sink)
        }
        for (id, saved) in listed.sorted(by: { $0.key < $1.key }) where !described.contains(id) {
            let dandiset = Dandiset(
                metadata: saved.metadata, provenance: saved.provenance, run: run, listed: saved.entry)
            if let record = dandiset.record() { try run.emit(record, into: sink) }
        }
    }

    private static func isYAML(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

    private mutating func readYAML(_ path: String, into sink: (Record) throws -> Void) throws {
        let bytes = try Files.bytes(at: path, limit: run.limits.maximumAnswerBytes)
        do {
            try take(try YAMLReader.value(String(decoding: bytes, as: UTF8.self)), Files.name(of: path), into: sink)
        } catch let error as YAMLError {
            run.reject(Files.name(of: path), error.description)
        }
    }

    private mutating func readJSON(_ location: Location, into sink: (Record) throws -> Void) throws {
        try JSONDump.records(at: location, run: run) { try take($1, $0, into: sink) }
    }

    private mutating func take(_ value: JSONValue, _ provenance: String, into sink: (Record) throws -> Void) throws {
        count += 1
        if count.isMultiple(of: 100) { run.advance("dandisets", count, of: nil) }
        if value["asset_id"] != nil { return run.note("files in saved lists of assets are not read") }
        if let id = value["identifier"]?.identifier, value["draft_version"] != nil || value["embargo_status"] != nil {
            listed[id] = listed[id] ?? Self.listing(value, id: id, provenance: provenance)
            return
        }
        // The archive's own answer about a version holds its metadata.
        if value["dandiset"] != nil, value["metadata"] == nil {
            return run.note("versions in saved lists of versions are not read")
        }
        let dandiset = Dandiset(metadata: value["metadata"] ?? value, provenance: provenance, run: run)
        guard let record = dandiset.record() else { return }
        described.insert(record.id.native)
        try run.emit(record, into: sink)
    }

    /// An entry of a list in the words of metadata.
    private static func listing(
        _ row: JSONValue, id: String, provenance: String
    ) -> (metadata: JSONValue, entry: DANDIArchive.Entry, provenance: String) {
        let published = row["most_recent_published_version"]
        let version = published ?? row["draft_version"]
        let name = version?["version"]?.text ?? "draft"
        let metadata = JSONValue.members([
            "identifier": .string(id), "name": version?["name"], "version": .string(name),
            "dateModified": version?["modified"] ?? row["modified"], "datePublished": published?["created"],
            "assetsSummary": version?["size"].map { .object(["numberOfBytes": $0]) },
        ])
        let entry = DANDIArchive.Entry(id: id, version: name, embargoStatus: row["embargo_status"]?.words)
        return (metadata, entry, provenance)
    }
}
