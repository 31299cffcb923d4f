import Foundation
import JSON
import Planner
import Records
import TestSupport
import Testing

/// The JSON of a plan: nothing of it is lost, and nothing wrong is passed over.
struct PlanJSONTests {
    private func read(_ text: String) throws -> Plan {
        try Plan.codec.read(try JSONReader.value(text.utf8, rules: .strict), "#")
    }

    @Test(arguments: 0..<200)
    func `a plan survives its JSON, every property of it`(seed: Int) throws {
        var draw = Draw(random: SplitMix(seed: UInt64(seed)), isFull: seed < 50)
        let plan = draw.plan()
        #expect(seed >= 50 || omissions(of: plan) == [])
        let written = plan.jsonValue.json
        #expect(try Plan.codec.read(JSONReader.value(written, rules: .strict), "#") == plan)
        // The toolchain's encoder and ours, alone and within other values.
        #expect(try JSONValue(encoding: [plan]) == .array([plan.jsonValue]))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let encoded = try encoder.encode(plan)
        #expect(Array(encoded) == written)
        #expect(try JSONDecoder().decode(Plan.self, from: encoded) == plan)
    }

    @Test func `every property of a plan is a member, of every type in it`() {
        var draw = Draw(random: SplitMix(seed: 3), isFull: true)
        let plan = draw.plan()
        func check<Value: JSONDescribed>(_ value: Value) {
            #expect(Mirror(reflecting: value).children.count == Value.shape.members.count, "\(Value.self)")
        }
        check(plan)
        check(plan.filters[0])
        check(plan.filters[0].anyOf[0])
        check(plan.filters[0].words)
        check(plan.ranges[0])
        check(plan.warnings[0])
        check(plan.alternatives[0])
    }

    @Test func `every planned question survives its JSON`() throws {
        let planner = try planner.get()
        for query in [
            "anatomy_exact:hippocampus", "mice older than P60 since 2019, not in V1", "recording{region:CA1}",
        ] {
            let plan = try planner.plan(query)
            #expect(try Plan.codec.read(plan.jsonValue, "#") == plan)
        }
        #expect(try planner.plan("anatomy_exact:hippocampus").jsonValue["filters"]?.array?[0]["exact"] == true)
    }

    @Test(
        arguments: [
            (#"[]"#, .invalid, "#", nil), (#"{"filtrs":[]}"#, .invalid, "#", "filters"),
            (#"{"filters":[{}]}"#, .invalid, "#/filters/0/facet", nil),
            (#"{"filters":[{"facet":"specis","any_of":[{"id":"x"}]}]}"#, .unknownValue, "#/filters/0/facet", "species"),
            (#"{"filters":[{"facet":"species"}]}"#, .invalid, "#/filters/0/any_of", nil),
            (#"{"filters":[{"facet":"species","any_of":[{"id":7}]}]}"#, .invalid, "#/filters/0/any_of/0/id", nil),
            (
                #"{"filters":[{"facet":"species","any_of":[{"id":"x"}],"exact":"yes"}]}"#, .invalid,
                "#/filters/0/exact",
                nil
            ),
            (
                #"{"filters":[{"facet":"species","any_of":[{"id":"x"}],"exct":true}]}"#, .invalid, "#/filters/0",
                "exact"
            ),
            (
                #"{"filters":[{"facet":"species","any_of":[{"id":"x"}],"scope":1001}]}"#, .invalid, "#/filters/0/scope",
                nil
            ),
            (#"{"ranges":[{"field":"date","min":5}]}"#, .invalid, "#/ranges/0/min", nil),
            (#"{"ranges":[{"field":"units","max":"2020-01-01"}]}"#, .invalid, "#/ranges/0/max", nil),
            (#"{"ranges":[{"field":"units"}]}"#, .invalid, "#/ranges/0", nil),
            (#"{"target":"sesion"}"#, .unknownValue, "#/target", "session"),
            (#"{"text":"\u0000"}"#, .invalid, "#/text", nil),
        ] as [(String, JSONFault.Kind, String, String?)])
    func `what is wrong is told with its place and what may have been meant`(
        text: String, kind: JSONFault.Kind, pointer: String, suggestion: String?
    ) throws {
        let fault = try #require(throws: JSONFault.self) { try read(text) }
        #expect(fault.kind == kind && fault.pointer == pointer, "\(fault)")
        if let suggestion { #expect(fault.suggestions.contains(suggestion), "\(fault.suggestions)") }
    }

    @Test func `bounds of texts and lists are kept`() throws {
        let long = String(repeating: "a", count: 1025)
        #expect(throws: JSONFault(.tooLong, at: "#/query", "at most 1024 bytes are read")) {
            try read(#"{"query":"\#(long)"}"#)
        }
        func filters(_ count: Int, values: Int) -> String {
            let list = Array(repeating: #"{"id":"x"}"#, count: values).joined(separator: ",")
            let filter = #"{"facet":"species","any_of":[\#(list)]}"#
            return #"{"filters":[\#(Array(repeating: filter, count: count).joined(separator: ","))]}"#
        }
        #expect(try read(filters(32, values: 64)).filters.count == 32)
        #expect(throws: JSONFault.self) { try read(filters(33, values: 1)) }
        #expect(throws: JSONFault.self) { try read(filters(1, values: 65)) }
    }

    @Test func `what is left out or null is as if it was never said`() throws {
        let plan = try read(
            #"{"query":null,"filters":[{"facet":"region","any_of":[{"id":"x"}],"exact":false,"role":null}]}"#)
        #expect(plan.query.isEmpty && plan.filters[0].exact == nil && plan.filters[0].role == nil)
        #expect(try read("{}") == Plan(query: ""))
        #expect(try read(#"{"text":"a","generation":"g","operators":"o","native":{}}"#) == Plan(query: "", text: "a"))
    }

    @Test func `a plan that was edited keeps what its words cannot say`() throws {
        let planner = try planner.get()
        var plan = try planner.plan("anatomy_exact:hippocampus")
        plan.text = "place cells"
        let again = try planner.resolved(plan, at: "#", recordedLabel: { _, _ in nil })
        #expect(again.filters.map(\.exact) == [true] && again.text == "place cells")
        // No operator says it of other facets.
        var species = try planner.plan("species:mouse")
        species.filters[0].exact = true
        #expect(try planner.resolved(species, at: "#", recordedLabel: { _, _ in nil }).filters[0].exact == true)
    }
}
