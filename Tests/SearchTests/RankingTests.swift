import FoundationEssentials
import Planner
import Records
import Search
import TestSupport
import Testing

/// How hits are ordered, and how good an order is.
struct RankingTests {
    /// Two numbers a text: how often it speaks of sleep, and a little of everything.
    private struct TwoTopics: Meaning {
        let rows: [[Float]]
        func vector(of text: String) -> [Float]? { text.contains("night") ? [1, 0] : [0, 1] }
        func vector(ofRow row: Int) -> [Float] { rows[row] }
        func cosines(to vector: [Float], rows chosen: [Int]?) -> [Float] {
            (chosen ?? Array(rows.indices)).map { vector[0] * rows[$0][0] + vector[1] * rows[$0][1] }
        }
    }

    /// The same as ``TwoTopics``, with the nearest rows found beforehand, as from lists.
    private struct ListedTopics: Meaning {
        let topics: TwoTopics
        func vector(of text: String) -> [Float]? { topics.vector(of: text) }
        func vector(ofRow row: Int) -> [Float] { topics.vector(ofRow: row) }
        func cosines(to vector: [Float], rows: [Int]?) -> [Float] {
            topics.cosines(to: vector, rows: rows)
        }
        func nearest(to vector: [Float], limit: Int, among rows: Bitset?) -> [Int]? {
            let members = rows?.members ?? Array(topics.rows.indices)
            let cosines = topics.cosines(to: vector, rows: members)
            let found = zip(members, cosines).sorted { ($0.1, $1.0) > ($1.1, $0.0) }
            return found.prefix(limit).map(\.0).sorted()
        }
    }

    private func record(_ name: String, _ text: String) -> Record {
        Record(id: RecordID(.brainstem, .dataset, name), title: name, description: text, access: .open)
    }

    private func index(vectors: [[Float]]? = nil) throws -> SmallIndex {
        try SmallIndex(
            [record("a", "alpha alpha"), record("b", "alpha beta"), record("c", "gamma")],
            meaning: vectors.map { TwoTopics(rows: $0) })
    }

    @Test func `without vectors words rank, and the answer says so`() throws {
        let result = try index().search("alpha")
        #expect(result.hits.map(\.id.native) == ["a", "b"])
        #expect(result.warnings.map(\.code) == ["no_vectors"])
    }

    @Test func `meaning finds what no word does, above the cutoff only`() throws {
        let result = try index(vectors: [[0.1, 0.995], [0, 1], [0.9, 0.436]]).search("night")
        #expect(result.hits.map(\.id.native) == ["c"])
        #expect(result.warnings.isEmpty)
    }

    @Test(arguments: ["alpha", "night", "gamma night", "beta"])
    func `the nearest rows from lists give the answer that all rows give`(question: String) throws {
        let vectors: [[Float]] = [[0.1, 0.995], [0, 1], [0.9, 0.436]]
        let records = [record("a", "alpha alpha"), record("b", "alpha beta"), record("c", "gamma")]
        let all = try SmallIndex(records, meaning: TwoTopics(rows: vectors)).search(question)
        let listed = try SmallIndex(records, meaning: ListedTopics(topics: TwoTopics(rows: vectors))).search(question)
        #expect(listed.hits.map(\.id) == all.hits.map(\.id))
        #expect(listed.hits.map(\.score) == all.hits.map(\.score))
    }

    @Test func `equal scores stand in the order of ids`() throws {
        let index = try SmallIndex(["z", "m", "k"].map { record($0, "delta") })
        #expect(try index.search("delta").hits.map(\.id.native) == ["k", "m", "z"])
    }
}

/// Bit sets against sets.
struct BitsetTests {
    @Test(arguments: [1, 63, 64, 65, 200])
    func `a bit set is a set`(capacity: Int) {
        var generator = SplitMix(seed: UInt64(capacity))
        func draw() -> Set<Int> { Set((0..<capacity).filter { _ in Bool.random(using: &generator) }) }
        func bits(_ set: Set<Int>) -> Bitset {
            var bits = Bitset(capacity: capacity)
            for member in set { bits.insert(member) }
            return bits
        }
        let (left, right) = (draw(), draw())
        #expect((bits(left) & bits(right)).members == left.intersection(right).sorted())
        #expect((bits(left) | bits(right)).members == left.union(right).sorted())
        #expect((bits(left) - bits(right)).members == left.subtracting(right).sorted())
        #expect((!bits(left)).members == Set(0..<capacity).subtracting(left).sorted())
        #expect(bits(left).countOfIntersection(with: bits(right)) == left.intersection(right).count)
        #expect(Bitset(all: capacity).count == capacity)
        #expect(bits(left).count == left.count)
    }
}
