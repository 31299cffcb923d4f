import Planner
import Records
import Search
import Testing

/// What belongs to the match tier, what to the possible tier, and what to neither.
struct MatchingTests {
    private func index() throws -> SmallIndex { try SmallIndex.shared.get() }

    @Test func `filters of one act must hold of one part`() throws {
        let result = try index().search("thalamic Neuropixels recordings in sleep")
        #expect(try index().natives(.match, of: result) == ["hit"])
        #expect(try !index().natives(.possible, of: result).contains("split"))
    }

    @Test func `what is recorded above or not at all is possible, what is recorded otherwise is out`() throws {
        let possible = try index().natives(.possible, of: index().search("thalamic Neuropixels recordings in sleep"))
        #expect(possible.isSuperset(of: ["above", "noregion", "nostate"]))
        #expect(!possible.contains("awake"))
    }

    @Test func `strict leaves the possible tier out of the list but not out of the count`() throws {
        let result = try index().search("thalamic Neuropixels recordings in sleep", strict: true)
        #expect(result.hits.map(\.id.native) == ["hit"])
        #expect(result.possible > 0)
    }

    @Test func `a filter expands downwards and never upwards`() throws {
        #expect(try index().matches("region:diencephalon").isSuperset(of: ["hit", "above", "awake"]))
        #expect(try !index().matches("region:thalamus").contains("above"))
    }

    @Test func `a negated filter holds only where the facet is recorded otherwise`() throws {
        let result = try index().search("-state:sleep")
        #expect(try index().natives(.match, of: result) == ["awake"])
        #expect(try index().natives(.possible, of: result).contains("nostate"))
        #expect(try !index().natives(.possible, of: result).contains("hit"))
    }

    @Test(arguments: [("subjects:>=50", "large"), ("subjects:3", "small"), ("subjects:..10", "small")])
    func `a range holds where the recorded interval reaches into it`(query: String, native: String) throws {
        #expect(try index().matches(query) == [native])
    }

    @Test func `evidence from text counts unless only stated evidence may`() throws {
        let query = "species:rat region:\"hippocampal formation\""
        #expect(try index().matches(query) == ["text"])
        let stated = try index().search(query, statedOnly: true)
        #expect(stated.total == 0)
        #expect(try index().natives(.possible, of: stated).contains("text"))
    }

    @Test func `other kinds stand in when none of the kind asked for matches`() throws {
        let plan = try index().planner.plan("state:sleep species:mouse", choices: [], type: .dataset)
        let result = try index().searcher.search(SearchRequest(plan: plan))
        #expect(try index().natives(.match, of: result) == ["hit", "split"])
        #expect(result.warnings.contains { $0.code == "other_type" })
    }

    @Test func `people are found by the words of their names`() throws {
        #expect(try index().matches("person:\"example ada\"") == ["hit"])
        #expect(try index().matches("person:example") == ["hit", "nostate"])
    }

    @Test func `without filters the words decide`() throws {
        #expect(try index().matches("dopamine") == ["000900"])
    }
}
