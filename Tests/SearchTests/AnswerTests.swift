import FoundationEssentials
import Planner
import Records
import Search
import TestSupport
import Testing

/// What an answer says beside its hits.
struct AnswerTests {
    private func index() throws -> SmallIndex { try SmallIndex.shared.get() }

    @Test func `the document has exactly the keys of the contract`() throws {
        let result = try index().search("region:thalamus")
        let encoded = try JSONEncoder().encode(result)
        let json = String(decoding: encoded, as: UTF8.self)
        for key in [
            "query", "plan", "generation", "total", "possible", "took_ms", "timings_ms", "hits", "facets",
            "not_recorded", "relax", "sources", "next", "warnings", "tier", "scores", "matched", "also_at", "snippet",
        ] { #expect(json.contains("\"\(key)\":"), "\(key)") }
        #expect(json.contains("\"next\":null"))
        let again = try JSONDecoder().decode(SearchResult.self, from: encoded)
        #expect(again.hits.map(\.id) == result.hits.map(\.id))
    }

    @Test func `every hit names the tag that fulfils each filter`() throws {
        let hit = try #require(index().search("thalamic Neuropixels recordings in sleep").hits.first)
        #expect(Set(hit.matched.map(\.facet)) == [.region, .device, .state])
        #expect(hit.matched.allSatisfy { !$0.evidence.provenance.isEmpty && !$0.broader })
        #expect(hit.unknown.isEmpty)
    }

    @Test func `a possible hit says what is missing`() throws {
        let result = try index().search("thalamic Neuropixels recordings in sleep")
        let above = try #require(result.hits.first { $0.id.native == "above" })
        #expect(above.matched.contains { $0.facet == .region && $0.broader })
        let nostate = try #require(result.hits.first { $0.id.native == "nostate" })
        #expect(nostate.unknown.contains { $0.field == "state" && $0.reason == "not recorded" })
    }

    @Test func `when nothing is found, what to drop and what to broaden is counted`() throws {
        let result = try index().search("region:thalamus species:rat device:Neuropixels")
        #expect(result.total == 0)
        for relaxation in result.relax where relaxation.drop == "species: rat" {
            #expect(try relaxation.total == index().search("region:thalamus device:Neuropixels").total)
        }
        #expect(result.relax.contains { $0.drop == "species: rat" })
        #expect(result.relax.contains { $0.broaden?.hasSuffix("to diencephalon") ?? false })
    }

    @Test(arguments: ["brainstem:session:large", "large", "10.48324/dandi.000900", "Reward in the striatum"])
    func `a record asked for by name comes first`(name: String) throws {
        let first = try #require(index().search(name).hits.first)
        #expect(first.id.native == (name.hasSuffix("large") ? "large" : "000900"))
    }

    @Test func `snippets are escaped`() throws {
        let hit = try #require(index().search("dopamine").hits.first)
        #expect(hit.snippet.contains("<mark>Dopamine</mark>"))
        #expect(!hit.snippet.contains("<b>"))
    }

    @Test func `a cursor of another question, of another generation or of nobody is refused`() throws {
        let next = try #require(index().search("species:mouse", limit: 1).next)
        #expect(throws: SearchError.self) { try index().search("species:rat", limit: 1, cursor: next) }
        #expect(throws: SearchError.self) { try index().search("species:mouse", limit: 1, cursor: next + "A") }
        let other = try #require(
            SmallIndex([Invented.records[0], Invented.records[1]])
                .search("species:mouse", limit: 1).next)
        #expect(throws: SearchError.self) { try index().search("species:mouse", limit: 1, cursor: other) }
    }

    @Test(arguments: [
        "\"", "a AND", "NEAR(", "*", "title:x OR", "'; DROP TABLE record; --", "\u{0}\u{7}", "🧠🧠", "שלום עולם", "(((",
        "-", "^a", "{a b}", "%", String(repeating: "neuron ", count: 140),
    ])
    func `any text can be searched`(text: String) throws {
        if let plan = try? index().planner.plan(text) {
            _ = try index().searcher.search(SearchRequest(plan: plan))
        }
    }

    @Test func `why-not names the filter that keeps a record out`() throws {
        let plan = try index().planner.plan("thalamic Neuropixels recordings in sleep")
        let answer = try index().searcher.whyNot("awake", request: SearchRequest(plan: plan))
        #expect(answer.tier == nil)
        #expect(answer.verdicts.filter { $0.state == .fails }.map(\.condition) == ["state: sleep"])
        let split = try index().searcher.whyNot("split", request: SearchRequest(plan: plan))
        #expect(split.tier == nil)
        #expect(split.verdicts.contains { $0.state == .fails })
    }

    @Test func `coverage counts every pair, the empty ones too`() throws {
        let plan = try index().planner.plan("")
        let coverage = try index().searcher.coverage(
            rows: .region, cols: .species, request: SearchRequest(plan: plan, mode: .text))
        let row = try #require(coverage.rowValues.firstIndex { $0.label == "thalamus" })
        let mouse = try #require(coverage.colValues.firstIndex { $0.label.contains("mouse") })
        let both = try index().search("region:thalamus species:mouse").total
        #expect(coverage.counts[row][mouse] == both)
        #expect(coverage.counts.joined().contains(0))
    }

    @Test func `suggestions begin with the text and carry their counts`() throws {
        let found = try index().searcher.suggest("thal", facet: .region)
        let first = try #require(found.first)
        #expect(first.label == "thalamus")
        #expect(try first.count == index().search("region:thalamus").total)
    }
}
