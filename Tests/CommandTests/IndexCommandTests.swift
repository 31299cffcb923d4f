import Foundation
import TestSupport
import Testing

/// Commands on an index that the program itself built from a small file of invented dandisets.
struct IndexCommandTests {
    private static let dandisets = [
        dandiset("000901", "Sleep in mouse thalamus", species: "House mouse", id: "10090", published: "2020-05-01"),
        dandiset(
            "000902", "=Reward\u{1B}[31m task, in rats", species: "Norway rat", id: "10116", published: "2022-05-01"),
        dandiset("000903", "Whole-cell recordings", species: "House mouse", id: "10090", published: "2021-05-01"),
    ].joined(separator: "\n")

    private static func dandiset(_ id: String, _ title: String, species: String, id taxon: String, published: String)
        -> String
    {
        let title = title.unicodeScalars.map { $0.value == 27 ? "\\u001b" : String($0) }.joined()
        return """
            {"identifier":"DANDI:\(id)","id":"DANDI:\(id)/draft","version":"draft","name":"\(title)",\
            "description":"Invented.","datePublished":"\(published)T00:00:00Z","url":"https://example.org/\(id)","schemaKey":"Dandiset",\
            "access":[{"schemaKey":"AccessRequirements","status":"dandi:OpenAccess"}],\
            "assetsSummary":{"schemaKey":"AssetsSummary","numberOfBytes":10,"numberOfFiles":1,"numberOfSubjects":2,\
            "species":[{"schemaKey":"SpeciesType","name":"\(species)",\
            "identifier":"http://purl.obolibrary.org/obo/NCBITaxon_\(taxon)"}]}}
            """
    }

    /// The index, built once.
    private static let built = Result {
        let folder = try TemporaryFolder()
        try folder.write(dandisets, to: "dandisets.jsonl")
        let outcome = try Program.run(
            ["ingest", "dandi", folder.path + "/dandisets.jsonl", "--no-vectors", "--json"],
            index: folder.path + "/index")
        return (folder: folder, outcome: outcome)
    }

    private func run(_ arguments: [String]) throws -> Program.Outcome {
        try Program.run(arguments, index: Self.built.get().folder.path + "/index")
    }

    private func json(_ arguments: [String]) throws -> [String: Any] {
        let outcome = try run(arguments)
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    @Test func `ingest publishes and reports`() throws {
        let outcome = try Self.built.get().outcome
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("\"added\" : 3"))
    }

    @Test func `a dry run reports everything and makes no index`() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.dandisets + "\n{\"name\":\"nameless\"}\n", to: "dandisets.jsonl")
        let arguments = ["ingest", "dandi", folder.path + "/dandisets.jsonl", "--dry-run"]
        let outcome = try Program.run(arguments, index: folder.path + "/index")
        #expect(outcome.code == 5, "\(outcome.errors)")
        #expect(outcome.output.contains("3 records, published none"))
        #expect(outcome.output.contains("1 × dandisets.jsonl identifier") && outcome.output.contains("(line 4)"))
        let asJSON = try Program.run(arguments + ["--json"], index: folder.path + "/index")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(asJSON.output.utf8)) as? [String: [String: Any]])
        #expect(report["harvest"]?["records"] as? [String: Int] == ["dataset": 3])
        #expect((report["harvest"]?["rejects"] as? [Any])?.count == 1)
        #expect((report["tags"]?["stated"] as? Int ?? 0) > 3)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/index"))
    }

    @Test func `a search as JSON has the shape of the contract`() throws {
        let result = try json(["search", "species:mouse", "--json"])
        #expect(
            Set(result.keys) == [
                "differs", "facets", "generation", "hits", "next", "not_recorded", "plan", "possible", "query", "relax",
                "sources", "took_ms", "timings_ms", "total", "warnings",
            ])
        #expect(result["total"] as? Int == 2)
        let hit = try #require((result["hits"] as? [[String: Any]])?.first)
        #expect(
            Set(hit.keys).isSuperset(of: [
                "access", "also_at", "id", "matched", "score", "scores", "snippet", "source", "tier", "title", "type",
                "url",
            ]))
        let plan = try #require(result["plan"] as? [String: Any])
        #expect(Set(plan.keys) == ["alternatives", "filters", "query", "ranges", "target", "text", "warnings"])
    }

    @Test func `filters by flag are the same as operators`() throws {
        let typed = try json(["search", "species:rat", "--json"])
        let flagged = try json(["search", "--filter", "species=rat", "--json"])
        #expect(typed["total"] as? Int == 1)
        #expect(flagged["total"] as? Int == 1)
        #expect(try json(["search", "--not", "species=rat", "--json"])["total"] as? Int == 2)
    }

    @Test func `pages join by their cursors`() throws {
        let first = try json(["search", "species:mouse", "--limit", "1", "--json"])
        let cursor = try #require(first["next"] as? String)
        let second = try json(["search", "species:mouse", "--limit", "1", "--cursor", cursor, "--json"])
        func ids(_ page: [String: Any]) -> [String] {
            (page["hits"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
        }
        #expect(Set(ids(first) + ids(second)) == ["dandi:dataset:000901", "dandi:dataset:000903"])
        #expect(try run(["search", "species:rat", "--limit", "1", "--cursor", cursor]).code == 2)
    }

    @Test(arguments: [("newest", ["000903", "000901"]), ("oldest", ["000901", "000903"])])
    func `hits are in the order that is asked for`(order: String, expected: [String]) throws {
        let page = try json(["search", "species:mouse", "--sort", order, "--json"])
        let ids = (page["hits"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
        #expect(ids == expected.map { "dandi:dataset:\($0)" })
        #expect(try run(["search", "species:mouse", "--sort", "newset"]).errors.contains("newest"))
    }

    @Test func `a search counts no facets where that is asked for`() throws {
        for (flags, isEmpty) in [([], false), (["--no-facets"], true)] {
            let page = try json(["search", "species:mouse", "--json"] + flags)
            #expect((page["facets"] as? [String: Any])?.isEmpty == isEmpty)
        }
    }

    @Test(arguments: ["jsonld", "bibtex", "ris", "csl", "datacite"])
    func `a page of hits comes in every form that a record has`(form: String) throws {
        let outcome = try run(["search", "species:mouse", "--\(form)"])
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("Whole-cell recordings"))
    }

    @Test func `ndjson is one hit a line, csv is safe for spreadsheets`() throws {
        #expect(try run(["search", "species:mouse", "--ndjson", "--strict"]).output.split(separator: "\n").count == 2)
        let table = try run(["search", "reward", "--csv"]).output
        #expect(table.hasPrefix("id,tier,score,type,source,access,title,url\n"))
        #expect(table.contains("\"'=Reward"))
    }

    @Test func `control characters of a source never reach the terminal`() throws {
        for arguments in [["search", "reward"], ["show", "000902"], ["search", "reward", "--csv"]] {
            let outcome = try run(arguments)
            #expect(outcome.code == 0)
            #expect(outcome.output.contains("Reward"))
            #expect(!outcome.output.contains("\u{1B}"))
        }
    }

    @Test func `a record is shown by id or native id`() throws {
        #expect(try json(["show", "000901", "--json"])["id"] as? String == "dandi:dataset:000901")
        #expect(try run(["show", "dandi:dataset:000901"]).output.contains("Sleep in mouse thalamus"))
        #expect(try run(["show", "000999"]).code == 1)
    }

    @Test func `status, verify, facets, coverage, suggest and similar answer`() throws {
        #expect(try run(["status"]).output.contains("3"))
        #expect(try run(["verify"]).output.contains("all files whole"))
        #expect(try run(["facets", "--facet", "species"]).output.contains("mouse"))
        #expect(try run(["coverage", "--rows", "species", "--cols", "source", "--csv"]).output.contains(","))
        #expect(try run(["suggest", "mous"]).output.contains("species:"))
        #expect(try run(["similar", "000901"]).code == 0)
        #expect(try run(["rollback"]).code == 1)
    }

    @Test func `eval counts what the judgments say`() throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"_id\":\"q\",\"text\":\"sleep thalamus\"}\n", to: "queries.jsonl")
        try folder.write("query-id\tcorpus-id\tscore\nq\tDANDI:000901\t2\n", to: "qrels.tsv")
        let result = try json([
            "eval", "--queries", folder.path + "/queries.jsonl", "--qrels", folder.path + "/qrels.tsv", "--json",
        ])
        #expect((result["means"] as? [String: Any])?["mrr"] as? Double == 1)

        try folder.write(
            """
            {"queries":[{"id":"p","query":"species:mouse","judged":["dandi:dataset"],"either":[],
             "match":["dandi:dataset:000901","dandi:dataset:000903"]}]}
            """, to: "answers.json")
        #expect(try run(["eval", "answers", folder.path + "/answers.json"]).code == 0)
        try folder.write(
            """
            {"queries":[{"id":"p","query":"species:mouse","judged":["dandi:dataset"],"either":[],
             "match":["dandi:dataset:000902"]}]}
            """, to: "answers.json")
        let wrong = try run(["eval", "answers", folder.path + "/answers.json"])
        #expect(wrong.code == 1)
        #expect(wrong.output.contains("missing dandi:dataset:000902"))
        #expect(wrong.output.contains("extra dandi:dataset:000901"))
    }

    @Test func `eval builds a throw-away index of a BEIR folder`() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "{\"_id\":\"1\",\"title\":\"\",\"text\":\"alpha beta\"}\n{\"_id\":\"2 b\",\"title\":\"\",\"text\":\"gamma\"}\n",
            to: "corpus.jsonl")
        try folder.write("{\"_id\":\"q\",\"text\":\"gamma rays\"}\n", to: "queries.jsonl")
        try folder.write("query-id\tcorpus-id\tscore\nq\t2 b\t1\n", to: "qrels.tsv")
        let result = try json(["eval", "--beir", folder.path, "--mode", "text", "--json"])
        #expect((result["means"] as? [String: Any])?["ndcg_10"] as? Double == 1)
    }

    @Test func `a second writer is told that the first one is at work`() throws {
        // An index of its own: tests run side by side, and others want to write to the one they share.
        let folder = try TemporaryFolder()
        try folder.write(Self.dandisets, to: "dandisets.jsonl")
        try folder.write("", to: "index/lock")
        let lock = folder.path + "/index/lock"
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        holder.arguments = ["flock", lock, "sh", "-c", "echo held; read line"]
        let output = Pipe()
        let input = Pipe()
        holder.standardOutput = output
        holder.standardInput = input
        try holder.run()
        _ = try output.fileHandleForReading.read(upToCount: 5)
        let outcome = try Program.run(
            ["ingest", "dandi", folder.path + "/dandisets.jsonl", "--no-vectors"], index: folder.path + "/index")
        try input.fileHandleForWriting.close()
        holder.waitUntilExit()
        #expect(outcome.code == 75, "\(outcome.errors)")
    }

    @Test func `a damaged index ends with 4`() throws {
        let folder = try TemporaryFolder()
        try folder.write("nonsense\n", to: "CURRENT")
        #expect(try Program.run(["status"], index: folder.path).code == 4)
    }
}
