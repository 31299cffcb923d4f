import Connectors
import Foundation
import Records
import Store
import TestSupport
import Testing

@testable import Indexing

/// Two locations that know of the same record.
struct MergingTests {
    private let table = Record(
        id: RecordID(.openneuro, .dataset, "ds900001"), title: "ds900001", access: .open,
        keywords: ["table"], statements: [Statement(.species, "Mouse", provenance: "species")],
        quantities: [Quantity(.subjects, 3, provenance: "num_subjects")])
    private let folder = Record(
        id: RecordID(.openneuro, .dataset, "ds900001"), title: "Invented", description: "A readme.",
        access: .restricted, accessNote: "ask", contributors: ["Nobody, Nora"], keywords: ["folder"],
        parts: [Part(role: .recording, type: "Probe", label: "p")],
        statements: [Statement(.region, "CA1", part: 0, provenance: "file")])

    @Test func `fields of both stay with their evidence, whatever the order`() {
        let merged = table.merged(with: folder)
        #expect(merged == folder.merged(with: table))
        #expect(merged.title == "Invented" && merged.description == "A readme.")
        #expect(merged.access == .restricted && merged.accessNote == "ask")
        #expect(Set(merged.keywords) == ["table", "folder"] && merged.quantities == table.quantities)
        #expect(Set(merged.statements) == Set(table.statements + folder.statements))
        #expect(merged.merged(with: merged) == merged)
    }

    @Test func `parts of both are told apart`() throws {
        var other = folder
        other.parts = [Part(role: .manipulation, type: "Laser", label: "l"), folder.parts[0]]
        other.statements = [
            Statement(.manipulation, "light", part: 0, provenance: "x"),
            Statement(.region, "CA3", part: 1, provenance: "x"),
        ]
        let merged = folder.merged(with: other)
        #expect(merged == other.merged(with: folder) && merged.parts.count == 2)
        for statement in merged.statements {
            let part = merged.parts[try #require(statement.part)]
            #expect(part.type == (statement.facet == .manipulation ? "Laser" : "Probe"))
        }
    }

    private func dump(_ lines: [String], _ folder: TemporaryFolder, _ name: String) throws -> String {
        let path = "\(folder.path)/\(name).jsonl"
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func `a second location replaces the first, or is added to it`() throws {
        let folder = try TemporaryFolder()
        let index = IndexFolder(path: folder.path + "/index")
        let one = try dump(
            [
                #"{"identifier": "DANDI:000001", "name": "One", "keywords": ["first"]}"#,
                #"{"identifier": "DANDI:000002", "name": "Two"}"#,
            ], folder, "one")
        let two = try dump(
            [#"{"identifier": "DANDI:000001", "name": "One", "keywords": ["second"]}"#], folder, "two")
        func ingest(_ path: String, adds: Bool) throws -> IngestReport {
            let ingest = Ingest(index: index, vocabulary: try SmallVocabulary.shared.get(), adds: adds)
            return try ingest.run(DANDIConnector(), location: try Location(path))
        }
        func keywords() throws -> [Set<String>] {
            let generation = try index.current()
            return try generation.records(rows: Array(0..<generation.manifest.records)).map { Set($0.record.keywords) }
        }
        _ = try ingest(one, adds: false)
        let added = try ingest(two, adds: true)
        #expect(added.kept == 1 && added.removed == 0 && added.replacedLocation == nil)
        #expect(try keywords() == [["first", "second"], []])
        #expect(try index.current().manifest.sources.map(\.location) == ["\(one) \(two)"])
        #expect(try index.current().manifest.sources.map(\.stale) == [false])
        let replaced = try ingest(two, adds: false)
        #expect(replaced.removed == 1 && replaced.replacedLocation == "\(one) \(two)")
        #expect(try keywords() == [["second"]])
    }

    @Test func `a location without records is an error that says why`() throws {
        let folder = try TemporaryFolder()
        let index = IndexFolder(path: folder.path + "/index")
        let path = try dump([#"{"name": "no identifier"}"#, #"{"name": "none either"}"#], folder, "none")
        let ingest = Ingest(index: index, vocabulary: try SmallVocabulary.shared.get())
        let error = #expect(throws: IndexingError.self) {
            try ingest.run(DANDIConnector(), location: try Location(path))
        }
        #expect(error?.kind == .empty && error?.detail.contains("2 × none.jsonl identifier") ?? false)
    }

    @Test func `rejects are grouped by reason and file`() {
        let rejects = (1...5).map { number in
            Reject(source: .dandi, id: "a.jsonl line \(number)", field: "name", reason: "is missing")
        }
        let other = Reject(source: .dandi, id: "session 3cd0", field: "", reason: "not public")
        let groups = RejectGroup.of([other] + rejects)
        #expect(groups.map(\.count) == [5, 1])
        #expect(groups[0].description == "5 × a.jsonl name: is missing (line 1, line 2, line 3, …)")
        #expect(groups[1].description == "1 × session: not public (3cd0)")
    }
}
