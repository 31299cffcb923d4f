import Foundation
import TestSupport
import Testing

/// The commands of an operator, run as a scheduler runs them.
struct ReindexCommandTests {
    private let folder: TemporaryFolder
    private var index: String { folder.path + "/index" }

    init() throws {
        folder = try TemporaryFolder()
        try write(1...5)
        try folder.write(
            """
            {
              sources: { dandi: { location: "dandisets.jsonl" } },
              canaries: [{ name: "sleep", question: "sleep", includes: ["dandi:dataset:900001"] }],
              vectors: false, reserveBytes: 0, metricsFile: "discover.prom",
            }
            """, to: "reindex.json5")
    }

    private func write(_ numbers: ClosedRange<Int>) throws {
        let lines = numbers.map { number in
            """
            {"identifier":"DANDI:90000\(number)","id":"DANDI:90000\(number)/draft","version":"draft",\
            "name":"Invented \(number)","description":"Sleep in mice.","schemaKey":"Dandiset",\
            "access":[{"schemaKey":"AccessRequirements","status":"dandi:OpenAccess"}]}
            """
        }
        try folder.write(lines.joined(separator: "\n") + "\n", to: "dandisets.jsonl")
    }

    private func run(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(arguments, index: index)
    }

    private func generation() throws -> String {
        try String(contentsOfFile: index + "/CURRENT", encoding: .utf8).trimmingCharacters(in: .newlines)
    }

    @Test func `a run is run, told, undone and replayed`() throws {
        let first = try run("reindex")
        #expect(first.code == 0, "\(first.errors)")
        let before = try generation()
        try write(1...7)
        let second = try run("reindex", "--json")
        #expect(second.code == 0 && second.output.contains("\"linked\" : 7"), "\(second.errors)")
        let status = try run("status")
        #expect(status.output.contains("last run") && status.output.contains("done"))
        let metrics = try String(contentsOfFile: folder.path + "/discover.prom", encoding: .utf8)
        #expect(metrics.contains("discover_reindex_source_added{source=\"dandi\"} 2\n"))
        let third = try run("reindex")
        let live = try generation()
        #expect(third.code == 0 && third.output.contains("nothing changed; generation \(live) stays"))
        let changes = try run("changes")
        #expect(changes.output.contains("2 new") && changes.output.contains("900007"))
        #expect(try run("changes", "nothing-of-this-kind", "--json").output.contains("\"added\" : 0"))
        #expect(try run("changes", "--since", before, "--json").output.contains("\"added\" : 2"))
        #expect(try run("search", "invented", "--generation", before, "--json").output.contains("\"total\" : 5"))
        #expect(try run("verify", "--all").code == 0)
        #expect(try run("rollback").code == 0)
        #expect(try generation() == before)
        let gone = try run("search", "invented", "--generation", "000009-20261121T093000Z-3fa9")
        #expect(gone.code == 4 && gone.errors.contains("is not kept"))
    }

    @Test func `a failed gate ends with 1 and names what accepts it`() throws {
        #expect(try run("reindex").code == 0)
        try write(1...2)
        let held = try run("reindex")
        #expect(held.code == 1 && held.errors.contains("--accept shrink:dandi"))
        #expect(try run("status", "--json").output.contains("\"outcome\" : \"held\""))
        #expect(try run("reindex", "--accept", "shrink:dandi").code == 0)
    }

    @Test func `a record that is forgotten is gone and stays gone`() throws {
        #expect(try run("reindex").code == 0)
        #expect(try run("forget", "dandi:dataset:900003").code == 0)
        #expect(try run("show", "900003").code == 1)
        #expect(try run("reindex").code == 0)
        #expect(try run("show", "900003").code == 1)
        #expect(try run("status").output.contains("1 records stay out"))
        #expect(try run("forget", "dandi:dataset:900003", "--withdraw").code == 0)
        #expect(try run("forget", "dandi:dataset:900003", "--withdraw").code == 1)
        #expect(try run("reindex").code == 0)
        #expect(try run("show", "900003").code == 0)
    }

    @Test(arguments: [
        ("{ sources: { dandi: { lokation: 'x' } } }", "line 1, column 23"), ("{", "line 1, column 2"),
        ("{ sources: { dandi: { location: 'x', requestsPerSecond: -1 } } }", "'requestsPerSecond' takes a number"),
    ])
    func `a wrong setting ends with 2 and says where it is`(text: String, says: String) throws {
        try folder.write(text, to: "wrong.json5")
        let outcome = try run("reindex", "--config", folder.path + "/wrong.json5")
        #expect(outcome.code == 2 && outcome.errors.contains(says), "\(outcome.errors)")
    }

    @Test func `a source that nobody configured ends with 2, one that is not there with 5`() throws {
        #expect(try run("reindex", "--source", "nowhere").code == 2)
        #expect(try run("reindex", "--source", "dandi").code == 0)
        try FileManager.default.removeItem(atPath: folder.path + "/dandisets.jsonl")
        let outcome = try run("reindex")
        #expect(outcome.code == 5 && outcome.output.contains("could not be read"))
        #expect(try run("status").output.contains("stale"))
        #expect(try run("show", "900003").code == 0)
    }
}
