import Planner
import Records
import Search
import Store
import TestSupport
import Testing

/// Records that a question names, and records like one that it names.
struct NamedRecordTests {
    private static let eid = "5a6b7c8d-0000-4000-8000-00000000abcd"

    private static let pid = "6a7b8c9d-0000-4000-8000-00000000ef01"
    private static let session = {
        var record = Record(id: RecordID(.ibl, .session, eid), title: "A session of the twins", access: .open)
        record.parts = [Part(role: .recording, type: "probe insertion", label: "probe00", native: pid)]
        return record
    }()

    private static func dataset(_ source: Source, _ native: String, doi: String? = nil, url: String? = nil) -> Record {
        var record = Record(
            id: RecordID(source, .dataset, native), title: "Dataset \(native)", url: url, doi: doi, access: .open)
        record.statements = [Statement(.species, native.hasSuffix("7") ? "rat" : "mouse", provenance: "species")]
        return record
    }

    private static let index = Result {
        try SmallIndex(
            [
                dataset(.dandi, "000026", doi: "10.48324/dandi.000026/0.220101.1"), dataset(.dandi, "000027"),
                dataset(.openneuro, "ds000117", doi: "10.18112/openneuro.ds000117.v1.0.0"),
                dataset(.ebrains, "aaaabbbb-1111-4222-8333-ccccddddeeee", doi: "10.25493/ABCD-E7"),
                session,
            ] + Invented.records)
    }

    private func search(_ plan: Plan) throws -> SearchResult {
        try Self.index.get().searcher.search(SearchRequest(plan: plan, limit: 100))
    }

    @Test(arguments: [
        ("dandi:dataset:000026", "000026"), ("DANDI:000026", "000026"), ("dandi:000026/0.220101.1", "000026"),
        ("dandi:dataset:000026/0.999999.9", "000026"), ("doi:10.48324/dandi.000026", "000026"),
        ("https://doi.org/10.48324/DANDI.000026/0.220101.1", "000026"), ("10.48324/dandi.000027/0.1.1", "000027"),
        ("url:https://dandiarchive.org/dandiset/000026/draft", "000026"),
        ("url:https://gui.dandiarchive.org/#/dandiset/000026", "000026"), ("000026", "000026"), ("DANDI:26", "000026"),
        ("openneuro:dataset:ds000117", "ds000117"), ("openneuro:dataset:DS000117", "ds000117"),
        ("doi:10.18112/openneuro.ds000117.v2.1.0", "ds000117"),
        ("url:https://openneuro.org/datasets/ds000117/versions/1.0.0", "ds000117"),
        ("url:https://openneuro.org/datasets/ds000117:1.0.0", "ds000117"),
        ("url:https://identifiers.org/DANDI:000026", "000026"),
        ("doi:10.25493/abcd-e7", "aaaabbbb-1111-4222-8333-ccccddddeeee"),
        ("uuid:AAAABBBB-1111-4222-8333-CCCCDDDDEEEE", "aaaabbbb-1111-4222-8333-ccccddddeeee"),
        (
            "url:https://search.kg.ebrains.eu/instances/aaaabbbb-1111-4222-8333-ccccddddeeee",
            "aaaabbbb-1111-4222-8333-ccccddddeeee"
        ), ("uuid:\(eid)", eid), ("uuid:\(pid)", eid), (pid.uppercased(), eid),
        ("url:https://alyx.example/sessions/\(eid)?format=json", eid),
    ])
    func `a record is found by every form of its name, and it alone`(name: String, native: String) throws {
        let result = try search(Plan(query: name, records: [name]))
        #expect(result.hits.map(\.id.native) == [native] && result.total == 1 && result.possible == 0)
        #expect(result.warnings.allSatisfy { $0.code != "unknown_record" })
    }

    @Test(arguments: [
        "dandi:dataset:999999", "doi:10.48324/dandi.999999", "uuid:00000000-0000-4000-8000-000000000000",
        "uuid:6a7b8c9d-1111-4000-8000-00000000ef01",
        "url:https://dandiarchive.org/dandiset/999999", "url:https://example.org/", "doi:10.25493/abcd", "", "::",
    ])
    func `a name that leads nowhere is a warning and no match`(name: String) throws {
        let result = try search(Plan(query: name, records: [name]))
        #expect(result.total == 0 && result.possible == 0 && result.hits.isEmpty)
        #expect(result.warnings.count { $0.code == "unknown_record" } == 1)
        #expect(result.relax.contains { $0.drop == result.plan.recordsName })
    }

    @Test func `a slip at the end of an id gets the ids beside it`() throws {
        let warning = try #require(
            search(Plan(query: "", records: ["dandi:dataset:000028"])).warnings.first { $0.code == "unknown_record" })
        #expect(warning.suggestions.contains("dandi:dataset:000027"))
    }

    @Test func `several records, and those of them that fulfil the filters`() throws {
        let names = ["dandi:dataset:000026", "dandi:dataset:000027", "dandi:dataset:999999"]
        #expect(try search(Plan(query: "", records: names)).total == 2)
        var plan = Plan(query: "", records: names)
        plan.filters = try Self.index.get().planner.plan("species:rat").filters
        #expect(try search(plan).hits.map(\.id.native) == ["000027"])
        let answer = try Self.index.get().searcher.whyNot("ds000117", request: SearchRequest(plan: plan))
        #expect(answer.tier == nil)
        #expect(answer.verdicts.contains { $0.condition == plan.recordsName && $0.state == .fails })
    }

    @Test func `a record id as a question names the record`() throws {
        let index = try Self.index.get()
        #expect(try index.matches("brainstem:session:hit") == ["hit"])
        #expect(try index.search("brainstem:session:none").warnings.contains { $0.code == "unknown_record" })
    }

    @Test(arguments: [
        ("what is in dandiset 26?", "000026"), ("OpenNeuro ds117", "ds000117"), ("eid: \(eid)", eid),
        ("mice in doi:10.48324/dandi.000026", "000026"), ("see https://openneuro.org/datasets/ds000117/", "ds000117"),
    ])
    func `a sentence that names a record finds it, and it alone`(query: String, native: String) throws {
        #expect(try Self.index.get().matches(query) == [native])
    }

    @Test(arguments: ["type:dataset", "list all datasets", "data sets", "which data sets are there?", "Type: datasets"])
    func `a question for all of a kind finds all of it`(query: String) throws {
        let result = try Self.index.get().search(query)
        let all = try search(Plan(query: "", target: .dataset))
        #expect(result.total == all.total && result.total == 5)
    }

    @Test(arguments: ["records", "list everything", "show me all data"])
    func `a question for records of any kind finds all`(query: String) throws {
        #expect(try Self.index.get().search(query).total == Invented.records.count + 5)
    }

    @Test func `the noun of a kind lets nothing in`() throws {
        let index = try Self.index.get()
        #expect(try index.matches("datasets about reward") == ["000900"])
    }

    // MARK: Likeness

    @Test(arguments: ["brainstem:session:hit", "dandi:dataset:000026", "DANDI:000026"])
    func `records like one are those of similar, in its order and with its scores`(name: String) throws {
        let searcher = try Self.index.get().searcher
        let hits = try search(Plan(query: "", like: name)).hits
        let native = try #require(name.split(separator: ":").last)
        let similar = try searcher.similar(to: String(native), limit: 100)
        #expect(!hits.isEmpty && hits.map(\.id) == similar.map(\.id))
        #expect(hits.map(\.score) == similar.map(\.score))
        #expect(hits.map { $0.shared ?? [] } == similar.map(\.shared) && hits.contains { $0.shared?.isEmpty == false })
    }

    @Test func `filters and the kind of record still hold of what is alike`() throws {
        var plan = Plan(query: "", target: .session, like: "dandi:dataset:000026")
        plan.filters = try Self.index.get().planner.plan("species:mouse").filters
        let result = try search(plan)
        let plain = try search(Plan(query: "", target: .session, filters: plan.filters))
        #expect(result.total == plain.total && result.total > 0)
        let expected = plain.hits.filter { $0.id.native != "000026" }
        #expect(expected.count == plain.hits.count - 1)
        #expect(Set(result.hits.map(\.id)) == Set(expected.map(\.id)))
    }

    @Test func `the record itself is no answer, and is told so`() throws {
        let plan = Plan(query: "", like: "brainstem:session:hit")
        let answer = try Self.index.get().searcher.whyNot("brainstem:session:hit", request: SearchRequest(plan: plan))
        #expect(answer.tier == nil && answer.verdicts.contains { $0.condition == plan.likeName && $0.state == .fails })
    }

    @Test func `a record to be like that the index lacks is a warning and no match`() throws {
        let result = try search(Plan(query: "", like: "dandi:dataset:999999"))
        #expect(result.total == 0 && result.warnings.contains { $0.code == "unknown_record" })
        #expect(result.relax.contains { $0.drop == result.plan.likeName })
    }
}
