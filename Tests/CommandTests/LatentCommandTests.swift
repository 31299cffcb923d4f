import Foundation
import TestSupport
import Testing

/// Commands on a machine without a sentence model.
struct LatentCommandTests {
    private let folder: TemporaryFolder
    private var index: String { folder.path + "/index" }

    init() throws {
        folder = try TemporaryFolder()
        let titles = [
            "sleep spindles of thalamus", "spindle rhythms in sleep", "reward in striatum", "striatum reward",
        ]
        let lines = titles.enumerated().map { number, title in
            """
            {"identifier":"DANDI:90000\(number)","id":"DANDI:90000\(number)/draft","version":"draft",\
            "name":"\(title)","description":"Invented.","schemaKey":"Dandiset",\
            "access":[{"schemaKey":"AccessRequirements","status":"dandi:OpenAccess"}]}
            """
        }
        try folder.write(lines.joined(separator: "\n") + "\n", to: "dandisets.jsonl")
    }

    private func run(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(arguments, index: index)
    }

    private func ingest(_ flags: String...) throws -> Program.Outcome {
        try Program.run(["ingest", "dandi", folder.path + "/dandisets.jsonl"] + flags, index: index)
    }

    private func json(_ arguments: String...) throws -> [String: Any] {
        let outcome = try Program.run(arguments + ["--json"], index: index)
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    @Test func `without a model an index is made by latent semantic analysis, and says so everywhere`() throws {
        let made = try ingest()
        #expect(made.code == 0 && made.errors.contains("latent semantic analysis"), "\(made.errors)")
        #expect(try run("status").output.contains("latent semantic analysis"))
        #expect(try json("status")["vectors"] as? String == "lsa")
        let warnings = try json("search", "spindles")["warnings"] as? [[String: Any]]
        #expect(warnings?.compactMap { $0["code"] as? String } == ["lsa_vectors"])
        let unknown = try json("search", "xenolith")["warnings"] as? [[String: Any]]
        #expect(unknown?.compactMap { $0["code"] as? String } == ["lsa_unknown_words"])
        #expect(try run("verify").code == 0)
        #expect(try run("similar", "dandi:dataset:900000").output.contains("900001"))
    }

    @Test func `the kind of vectors can be chosen`() throws {
        #expect(try ingest("--vectors", "none").code == 0)
        #expect(try json("status")["vectors"] == nil)
        #expect(try ingest("--vectors", "lsa").code == 0)
        #expect(try json("status")["vectors"] as? String == "lsa")
        let refused = try ingest("--vectors", "model")
        #expect(refused.code == 1 && refused.errors.contains("make model"))
        #expect(try ingest("--vectors", "some").code == 2)
    }

    @Test func `a damaged projection is told by verify and refused by search`() throws {
        #expect(try ingest().code == 0)
        let name = try String(contentsOfFile: index + "/CURRENT", encoding: .utf8).trimmingCharacters(in: .newlines)
        let path = "\(index)/generations/\(name)/lsa.model"
        var bytes = try #require(FileManager.default.contents(atPath: path))
        bytes[8] ^= 0xFF
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(try run("verify").code == 4)
        let outcome = try run("search", "sleep")
        #expect(outcome.code == 4 && outcome.errors.contains("lsa.model"), "\(outcome.errors)")
    }

    @Test func `a run of TREC is judged without an index`() throws {
        try folder.write("q1 Q0 b 1 2.5 x\nq1 Q0 a 2 2.5 x\nq1 Q0 c 3 9 x\nq2 Q0 a 1 1 x\n", to: "run")
        try folder.write("q1 0 a 1\nq2 0 a 0\nq3 0 a 1\n", to: "qrels")
        let result = try json("eval", "--run", folder.path + "/run", "--qrels", folder.path + "/qrels")
        #expect((result["means"] as? [String: Double])?["mrr"] == 1.0 / 3, "equal scores: b before a")
        #expect(result["skipped"] as? [String] == ["q2", "q3"])
        for wrong in ["q1 Q0 a 1 high x\n", "q1 a 1\n", "q1 Q0 a 1 2 x\nq1 Q0 a 2 1 x\n", "q1 Q0 a 1 nan x\n"] {
            try folder.write(wrong, to: "run")
            #expect(try run("eval", "--run", folder.path + "/run", "--qrels", folder.path + "/qrels").code == 1)
        }
        #expect(try run("eval", "--run", folder.path + "/run").code == 2)
    }
}
