import Planner
import Records
import TestSupport
import Testing

/// What typed operators say beside their values: alternatives, preference, parts that differ, records.
struct OperatorLanguageTests {
    private func plan(_ query: String) throws -> Plan { try planner.get().plan(query) }

    /// Filters with the alternation and the choice each is of.
    private func shown(_ query: String) throws -> [String] {
        try plan(query).filters.map { filter in
            short(filter) + (filter.either.map { " \($0).\(filter.choice ?? 0)" } ?? "")
        }
    }

    @Test(arguments: [
        ("species:mouse OR species:rat", ["species=mouse|rat"]),
        ("species:mouse OR device:tetrode", ["species=mouse 1.1", "device=tetrode 1.2"]),
        (
            "species:mouse OR species:rat OR device:tetrode sex:male",
            ["species=mouse|rat 1.1", "device=tetrode 1.2", "sex=male"]
        ),
        (
            "(species:mouse sex:male) OR (species:rat)", ["species=mouse 1.1", "sex=male 1.1", "species=rat 1.2"]
        ),
        ("(species:mouse) OR (species:rat)", ["species=mouse 1.1", "species=rat 1.2"]),
        (
            "(species:mouse) OR (sex:male) (state:sleep) OR (region:CA1)",
            ["species=mouse 1.1", "sex=male 1.2", "state=sleep 2.1", "region=CA1 2.2"]
        ),
        (
            "((species:mouse OR sex:male) state:sleep) OR region:CA1",
            ["species=mouse 1.1", "state=sleep 1.1", "sex=male 1.2", "state=sleep 1.2", "region=CA1 1.3"]
        ),
        ("(species:mouse OR species:rat) sex:male", ["species=mouse|rat", "sex=male"]),
        ("((species:mouse) sex:male)", ["species=mouse", "sex=male"]),
        ("-state:sleep OR species:rat", ["-state=sleep 1.1", "species=rat 1.2"]),
    ])
    func `OR joins values of one facet, and else alternatives`(query: String, filters: [String]) throws {
        #expect(try shown(query) == filters)
    }

    @Test(arguments: [
        ("species:mouse OR", ["species=mouse"]), ("OR species:mouse", ["species=mouse"]),
        ("(species:mouse OR (", ["species=mouse"]),
        (")species:mouse) OR )(sex:male", ["species=mouse 1.1", "sex=male 1.2"]),
        ("species:mouse () OR () sex:male", ["species=mouse 1.1", "sex=male 1.2"]),
        ("species:mouse reward OR sex:male", ["species=mouse", "sex=male"]),
        ("({species:mouse) sex:male}", ["species=mouse", "sex=male"]),
    ])
    func `marks that join or close nothing are passed over`(query: String, filters: [String]) throws {
        #expect(try shown(query) == filters)
    }

    @Test func `deep brackets are read without harm`() throws {
        let deep = String(repeating: "(", count: 400) + "species:mouse" + String(repeating: ")", count: 400)
        #expect(try shown(deep + " OR sex:male") == ["species=mouse 1.1", "sex=male 1.2"])
    }

    @Test(arguments: [
        "subjects:>5 OR species:mouse", "(subjects:>5 sex:male) OR species:rat", "apart:1-2", "apart:1-1",
        "#1{region:CA1} apart:1-2", "apart:x-y #1{region:CA1}", "record:\"\"", "like:\" \"",
        "-record:dandi:dataset:000026", "~like:ds000117",
        "-apart:1-2 #1{region:CA1} #2{region:V1}",
    ])
    func `what no plan can hold is an error that says so`(query: String) throws {
        let error = try #require(throws: PlanError.self) { try plan(query) }
        #expect(error.kind == .malformedValue && !error.detail.isEmpty)
    }

    @Test func `more alternatives than a plan may hold are an error`() throws {
        let pairs = Array(repeating: "(sex:male OR species:rat)", count: 6).joined(separator: " ")
        let error = try #require(throws: PlanError.self) { try plan("(\(pairs)) OR state:sleep") }
        #expect(error.kind == .tooMany)
    }

    @Test func `a tilde prefers`() throws {
        let plan = try plan("~-state:sleep species:mouse ~subjects:>=5 ~ sex:male a~b")
        #expect(plan.filters.map(\.weight) == [.preferred, .required, .required])
        #expect(plan.filters[0].negated && plan.ranges[0].weight == .preferred)
    }

    @Test func `numbered parts can be named twice and kept apart`() throws {
        let plan = try plan("#3{region:CA1} recording#9{region:V1} #3{device:tetrode} apart:3-9")
        #expect(plan.filters.map(\.scope) == [1, 2, 1] && plan.apart == [[1, 2]])
        #expect(plan.filters.map(\.role) == [nil, .recording, nil])
        #expect(try self.plan("#3{region:CA1} #4{region:V1}").filters.allSatisfy { $0.scope == nil })
    }

    @Test func `records and likeness are named by operators`() throws {
        let plan = try plan("record:dandi:dataset:000026 record:\"doi:10.1/a b\" like:ds000117 species:mouse")
        #expect(plan.records == ["dandi:dataset:000026", "doi:10.1/a b"] && plan.like == "ds000117")
        #expect(plan.filters.count == 1 && plan.text.isEmpty)
    }

    @Test(arguments: [
        "areas like: CA1", "kept apart: two probes", "for the record: mice", "like", "apart:", "record: 5",
    ])
    func `words before a colon and a blank are no names of records`(query: String) throws {
        let plan = try plan(query)
        #expect(plan.records.isEmpty && plan.like == nil && plan.apart.isEmpty)
    }

    @Test func `a part that must differ keeps its number in a plan that somebody sends`() throws {
        var plan = try plan("#1{region:CA1} #2{region:V1} apart:1-2")
        plan.query = ""
        let resolved = try planner.get().resolved(plan, at: "#") { _, _ in nil }
        #expect(resolved.filters.map(\.scope) == [1, 2] && resolved.apart == [[1, 2]])
    }
}
