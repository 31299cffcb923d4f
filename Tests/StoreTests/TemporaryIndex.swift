import FoundationEssentials
import Records

@testable import Store

/// An index in a temporary folder that goes away with the value.
final class TemporaryIndex {
    let index: IndexFolder

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discover-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        index = IndexFolder(path: folder.path)
    }

    deinit { try? FileManager.default.removeItem(atPath: index.path) }

    /// Publishes records with their tags.
    @discardableResult
    func publish(
        _ entries: [(Record, [Records.Tag])], ancestors: [String: [TermName]] = [:], names: [String: [String]] = [:]
    ) throws -> Generation {
        let lock = try index.lock()
        let writer = try GenerationWriter(
            index: index, lock: lock, created: Timestamp(secondsSince1970: 1_795_253_400),
            ancestors: { ancestors[$0] ?? [] }, names: { names[$0] })
        let tags = Dictionary(entries.map { ($0.0.id, $0.1) }, uniquingKeysWith: { first, _ in first })
        for (record, _) in entries { _ = try writer.staging.add(record) }
        try writer.staging.forEach { record, json in
            try writer.append(record, json: json, tags: tags[record.id] ?? [], vectorKey: 0)
        }
        return try writer.publish(sources: [], vocabulary: "v", model: nil)
    }

    func path(_ file: String) throws -> String {
        "\(index.path)/generations/\(try index.currentName() ?? "")/\(file)"
    }
}

func record(_ native: String, title: String = "Untitled", description: String = "", parts: [Part] = []) -> Record {
    Record(id: RecordID(.dandi, .dataset, native), title: title, description: description, parts: parts)
}

func tag(_ facet: Facet, _ term: String, part: Int? = nil, _ kind: Evidence.Kind = .stated) -> Records.Tag {
    Records.Tag(facet: facet, term: term, label: term, part: part, evidence: Evidence(kind, provenance: "test"))
}
