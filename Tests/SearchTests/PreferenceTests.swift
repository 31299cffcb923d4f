import Planner
import Records
import Search
import TestSupport
import Testing

/// What is preferred raises the rank, is told, and decides nothing.
struct PreferenceTests {
    private static let index = Result {
        try SmallIndex([
            Invented.session("a", recordings: [("thalamus", "tetrode")], state: "awake", subjects: 3),
            Invented.session("b", recordings: [("thalamus", "Neuropixels 1.0")], state: "sleep", subjects: 9),
            Invented.session("c", recordings: [("thalamus", nil), (nil, "Neuropixels 1.0")], subjects: 3),
            Invented.session("d", recordings: [("thalamus", "tetrode")], description: "reward", subjects: 3),
        ])
    }

    @Test(arguments: [
        ("region:thalamus ~state:sleep", ["b"], ["a", "c", "d"]),
        ("region:thalamus ~subjects:>=5", ["b"], ["a", "c", "d"]),
        ("region:thalamus ~-state:awake", ["b"], ["a"]),
        ("region:thalamus (~device:tetrode) OR (~state:sleep)", ["a", "b", "d"], ["c"]),
        ("{region:thalamus ~device:Neuropixels}", ["b", "c"], ["a", "d"]),
    ])
    func `those that fulfil it come first, and after them those that may`(
        query: String, first: [String], last: [String]
    ) throws {
        let result = try Self.index.get().search(query)
        #expect(result.total == 4)
        let order = result.hits.map(\.id.native)
        #expect(order.prefix(first.count).sorted() == first && order.suffix(last.count).sorted() == last)
    }

    @Test func `a wish of a part is of that part`() throws {
        let hits = try Self.index.get().search("{region:thalamus ~device:Neuropixels}").hits
        #expect(hits.prefix(2).map(\.id.native) == ["b", "c"])
        #expect(hits.map { $0.preferred?.count } == [1, 0, 0, 0])
    }

    @Test func `what holds is told as preferred, in the reasons too`() throws {
        let result = try Self.index.get().search("region:thalamus ~state:sleep ~subjects:>=5")
        let first = try #require(result.hits.first)
        #expect(first.preferred == ["state: sleep", "subjects: at least 5"])
        #expect(first.matched.first { $0.facet == .state }?.weight == .preferred)
        #expect(first.matched.first { $0.facet == .region }?.weight == nil)
        #expect(result.hits.last?.preferred == [])
        #expect(result.hits.last?.matched.allSatisfy { $0.facet != .state } == true)
        #expect(try Self.index.get().search("region:thalamus").hits.allSatisfy { $0.preferred == nil })
    }

    @Test func `a wish alone lets everything in, and its words let nothing in`() throws {
        let sleep = try Self.index.get().search("~state:sleep")
        #expect(sleep.total == 4 && sleep.hits.first?.id.native == "b")
        let reward = try Self.index.get().search("~state:sleep \"reward\"")
        #expect(reward.hits.map(\.id.native) == ["d"] && reward.total == 1)
    }

    @Test func `it keeps no record out, and why-not says so`() throws {
        let index = try Self.index.get()
        let answer = try index.searcher.whyNot(
            "a", request: SearchRequest(asking: "region:thalamus ~state:sleep", planner: index.planner))
        #expect(answer.tier == .match)
        let verdict = try #require(answer.verdicts.first { $0.condition == "state: sleep" })
        #expect(verdict.weight == .preferred && verdict.state == .fails)
    }
}
