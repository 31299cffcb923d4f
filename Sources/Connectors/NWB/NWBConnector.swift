import JSON
package import Records

/// NWB files (Neurodata Without Borders 2.x) in a folder: the metadata inside, never an array of data.
package struct NWBConnector: Connector {
    package let name = "nwb"
    package let source = Source.nwb

    package init() {}

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        let files: [String]
        switch location {
        case .file(let path): files = [path]
        case .folder(let path):
            files = try Self.files(below: path, depth: 0)
            guard !files.isEmpty else {
                throw ConnectorError(.unusableLocation, "no .nwb file in '\(path)' or below it")
            }
        case .web(let address):
            throw ConnectorError(.unusableLocation, "NWB files are read from a folder, not from \(address.text)")
        }
        var subjects: [String: (record: Record, sessions: Int)] = [:]
        for (index, path) in files.enumerated() {
            run.advance("files", index + 1, of: files.count)
            let name = String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
            let file: HDF5File
            do throws(HDF5File.Failure) {
                file = try HDF5File(path: path, seconds: UInt32(max(1, run.limits.answerSeconds)))
            } catch {
                run.reject(name, error == .noHDF5 ? "is no HDF5 file" : "is damaged: libhdf5 fails on it")
                continue
            }
            let records = NWBRecords(file: file, name: name, run: run)
            guard let record = records.session() else { continue }
            try run.emit(record, into: sink)
            if let subject = records.subject() { subjects[subject.id.native, default: (subject, 0)].sessions += 1 }
        }
        for key in subjects.keys.sorted() {
            guard let (subject, count) = subjects[key] else { continue }
            var record = subject
            record.quantities.append(Quantity(.sessions, Double(count), provenance: "files"))
            try run.emit(record, into: sink)
        }
    }

    private static func files(below path: String, depth: Int) throws -> [String] {
        guard depth < 8 else { return [] }
        return try Files.names(in: path).flatMap { name -> [String] in
            let below = path + "/" + name
            switch FileKind(at: below) {
            case .folder: return try files(below: below, depth: depth + 1)
            case .file: return name.hasSuffix(".nwb") ? [below] : []
            case nil: return []
            }
        }
    }
}
