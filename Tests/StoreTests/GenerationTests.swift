import Records
import Testing

@testable import Store

struct GenerationTests {
    @Test func `what is published is read back`() throws {
        let temporary = try TemporaryIndex()
        let rich = Record(
            id: RecordID(.brainstem, .session, "b-1"), title: "Sleep in the thalamus",
            description: "Été ‘quotes’ \u{0}",
            access: .open, keywords: ["spindles"], parts: [Part(role: .recording, type: "Probe", label: "a probe")],
            statements: [Statement(.region, "thalamus", part: 0, provenance: "brain_region")],
            quantities: [Quantity(.ageDays, 10...20, provenance: "age")], passages: [Passage("note", "woke twice")],
            links: [Link(.sameAs, "10.1/x")], notes: ["setup not public"])
        let tags = [tag(.region, "UBERON:1", part: 0), tag(.state, "discover:state.sleep", .inferred)]
        try temporary.publish([(record("2"), []), (rich, tags)])
        let generation = try temporary.index.current()
        let row = try #require(try generation.row(of: rich.id))
        #expect(row == 0, "rows stand in the order of ids")
        let stored = try generation.records(rows: [1, row])
        #expect(stored.map(\.row) == [1, 0])
        #expect(stored[1].record == rich)
        #expect(stored[1].tags == tags)
        #expect(try generation.ids(rows: [1, 0]).map(\.native) == ["2", "b-1"])
        #expect(try generation.rows(ofNative: "2") == [1])
        #expect(try generation.row(of: RecordID(.ibl, .session, "b-1")) == nil)
        #expect(try generation.verify() == [])
        #expect(generation.vectorsPath == nil)
    }

    @Test func `an empty index is a whole index`() throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish([])
        #expect(generation.facets.recordCount == 0)
        #expect(try generation.verify() == [])
    }

    @Test func `text is found by words, better columns first`() throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish([
            (record("1", description: "An aside about ripples among much else that fills the text"), []),
            (record("2", title: "Ripples"), []), (record("3", title: "Thêta"), []),
        ])
        let ripples = try #require(MatchExpression(anyWordOf: "rippling ripple?"))
        let hits = try generation.match(ripples)
        #expect(hits.map(\.row) == [1, 0])
        #expect(hits.allSatisfy { $0.score > 0 })
        #expect(try generation.match(ripples, limit: 1).count == 1)
        #expect(try generation.match(ripples, weights: [0.1, 1, 50, 1]).map(\.row) == [0, 1])
        let theta = try #require(MatchExpression(anyOf: ["theta"]))
        #expect(try generation.match(theta).map(\.row) == [2])
    }

    @Test func `a record is found by what names it, each name once`() throws {
        let temporary = try TemporaryIndex()
        func named(_ native: String, _ keywords: [String]) -> Record {
            var record = record(native)
            record.keywords = keywords
            (record.contributors, record.labs) = (["Ada Lovelace"], ["Analytical Lab"])
            return record
        }
        let names = ["MBA:385": ["primary visual area", "visual areas"], "MBA:394": ["visual areas"]]
        let generation = try temporary.publish(
            [
                (named("1", ["spindles"]), [tag(.region, "MBA:385"), tag(.region, "MBA:394")]),
                (named("2", ["spindles", "primary visual area", "visual areas"]), [tag(.region, "MBA:385")]),
                (record("3"), [tag(.region, "text:region:elsewhere")]),
            ], names: names)
        func rows(_ words: String...) throws -> [Int] {
            try generation.match(#require(MatchExpression(anyOf: words))).map(\.row).sorted()
        }
        #expect(try rows("spindles") == [0, 1])
        #expect(try rows("Lovelace") == [0, 1])
        #expect(try rows("analytical") == [0, 1])
        #expect(try rows("visual") == [0, 1])
        #expect(try rows("385") == [0, 1], "the label of the term")
        #expect(try rows("elsewhere") == [2])
        // What two terms, or a term and a keyword, share counts once: without it the first record would come first.
        let shared = try generation.match(#require(MatchExpression(anyOf: ["areas"])))
        #expect(try shared.map(\.row) == generation.match(#require(MatchExpression(anyOf: ["primary"]))).map(\.row))
        #expect(try generation.records(rows: [2])[0].tags == [tag(.region, "text:region:elsewhere")])
    }

    @Test func `phrases need their words in order`() throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish([
            (record("1", title: "motor cortex"), []), (record("2", title: "cortex motor"), []),
        ])
        let phrase = try #require(MatchExpression(anyOf: [String](), phrases: ["Motor  Cortex"]))
        #expect(try generation.match(phrase).map(\.row) == [0])
    }

    @Test func `snippets mark words and escape the record's own text`() throws {
        let temporary = try TemporaryIndex()
        let told = record("1", title: "x", description: "A <script> & \u{2}ripples\u{2} \"here\"")
        let generation = try temporary.publish([(told, [])])
        let ripples = try #require(MatchExpression(anyOf: ["ripple"]))
        let snippet = try generation.snippets(of: [told], ripples).first
        #expect(snippet == "A &lt;script&gt; &amp;  <mark>ripples</mark>  &quot;here&quot;")
    }

    @Test func `many threads may read one generation`() async throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish((0..<50).map { (record("\($0)", title: "ripples"), []) })
        let ripples = try #require(MatchExpression(anyOf: ["ripples"]))
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<16 { group.addTask { try generation.match(ripples).count } }
            for try await count in group { #expect(count == 50) }
        }
    }
}
