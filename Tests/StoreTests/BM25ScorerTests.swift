import FoundationEssentials
import Records
import TestSupport
import Testing

@testable import Store

/// The lists of words against FTS5 itself, which is asked the same in the same index.
struct BM25ScorerTests {
    /// Words that stems, marks, capitals and scripts make hard to take apart the same way twice.
    static let vocabulary =
        [
            "mouse", "mice", "Mouse's", "running", "runs", "ran", "run", "théta", "theta", "THETA", "über", "a", "of",
            "b12",
        ]
        + ["naïve", "naive", "ångström", "ΣΊΣΥΦΟΣ", "σίσυφος", "鼠标", "ﬁeld", "x\u{301}", "42", "3d", "generalization"]
        + (0..<40).map { "word\($0)" }

    /// A text in which few words are common and many rare, as in language.
    static func text(_ length: Int, _ random: inout SplitMix) -> String {
        (0..<length).map { _ in
            let position = Int(Double(vocabulary.count) * pow(random.fraction(), 3))
            return vocabulary[position] + (random.fraction() < 0.1 ? "-" : " ")
        }.joined()
    }

    private static func pow(_ base: Double, _ times: Int) -> Double {
        (0..<times).reduce(1) { value, _ in value * base }
    }

    static func corpus(_ count: Int, seed: UInt64) -> [(Record, [Records.Tag])] {
        var random = SplitMix(seed: seed)
        return (0..<count).map { number in
            let native = String(number + 100_000)
            // Some records hold one word very often, so that not every entry has a code.
            let often = random.fraction() < 0.05 ? String(repeating: "theta ", count: 1 + random.below(300)) : ""
            var record = record(
                native, title: text(random.below(6), &random),
                description: often + text(random.below(random.fraction() < 0.1 ? 400 : 40), &random))
            if random.fraction() < 0.5 { record.passages = [Passage("note", text(random.below(30), &random))] }
            record.keywords = [text(random.below(4), &random)]
            return (record, [])
        }
    }

    static func question(_ random: inout SplitMix) -> MatchExpression? {
        let words = (0..<(1 + random.below(5))).map { _ in
            random.fraction() < 0.1 ? "unheard\(random.below(9))" : vocabulary[random.below(vocabulary.count)]
        }
        return MatchExpression(anyOf: words)
    }

    /// Whether two numbers differ by no more than additions in another order do.
    static func isClose(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-12 * max(abs(left), abs(right))
    }

    @Test(
        arguments: [0, 1, 2, 64, 65, 127, 128, 129, 700, 2100],
        [[3, 1.5, 1, 0.7], [4, 2, 1, 0.7], [1, 0, 0, 0], [0, 0, 0, 0], [0.1, 0, 50, 0.3]])
    func `scores and order are those of FTS5`(count: Int, weights: [Double]) throws {
        var random = SplitMix(seed: UInt64(count) &* 31 &+ UInt64(weights.count))
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish(BM25ScorerTests.corpus(count, seed: UInt64(count)))
        for _ in 0..<15 {
            guard let question = BM25ScorerTests.question(&random) else { continue }
            let expected = try generation.match(question, weights: weights, with: .fts5)
            let found = try generation.match(question, weights: weights)
            try #require(found.map(\.row) == expected.map(\.row), "\(question.text)")
            #expect(zip(found, expected).allSatisfy { BM25ScorerTests.isClose($0.score, $1.score) })
            for limit in [1, 3, 10, 100, 10_000] {
                let best = try generation.match(question, limit: limit, weights: weights)
                #expect(best == Array(found.prefix(limit)), "\(question.text) \(limit)")
            }
            // What is known beforehand, little or much, changes what is read and not what is found.
            let top = found.first?.score ?? 0
            for known in [0, top / 2, found.randomElement(using: &random)?.score ?? 0, top] {
                #expect(try generation.topScore(question, atLeast: known, weights: weights) == top)
            }
            #expect(try generation.topScore(question, atLeast: top + 1, weights: weights) == top + 1)
        }
    }

    @Test func `words of most records can be passed over, and change next to nothing`() throws {
        var random = SplitMix(seed: 17)
        let temporary = try TemporaryIndex()
        // Every record holds a word, as "data" or "record" may.
        let corpus = BM25ScorerTests.corpus(500, seed: 18).map { record, tags in
            var record = record
            record.description += " common"
            return (record, tags)
        }
        let generation = try temporary.publish(corpus)
        for _ in 0..<20 {
            let words =
                ["common"]
                + (0..<random.below(3)).map { _ in
                    BM25ScorerTests.vocabulary[random.below(BM25ScorerTests.vocabulary.count)]
                }
            let question = try #require(MatchExpression(anyOf: words))
            let all = try generation.scores(question)
            let some = try generation.scores(question, passesCommon: true)
            #expect(all.count == 500)
            #expect((0..<500).allSatisfy { abs((all[$0] ?? 0) - (some[$0] ?? 0)) < 1e-4 })
        }
        // Alone it is all there is to tell.
        let alone = try #require(MatchExpression(anyOf: ["common"]))
        #expect(try generation.scores(alone, passesCommon: true).count == 500)
        let rare = try #require(MatchExpression(anyOf: ["common", "word39"]))
        #expect(try generation.scores(rare, passesCommon: true).count < 500)
    }

    @Test(arguments: [0.0005, 0.01, 0.3, 1])
    func `of a set of rows the scores are those of all rows`(share: Double) throws {
        var random = SplitMix(seed: 7)
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish(BM25ScorerTests.corpus(3000, seed: 8))
        var allowed = [UInt64](repeating: 0, count: (3000 + 63) / 64)
        for row in 0..<3000 where random.fraction() < share { allowed[row / 64] |= 1 << UInt64(row % 64) }
        for _ in 0..<20 {
            guard let question = BM25ScorerTests.question(&random) else { continue }
            let all = try generation.scores(question)
            let some = try generation.scores(question, among: allowed)
            let same = try generation.scores(question, among: allowed, with: .fts5)
            #expect(some.bitmap == same.bitmap)
            for row in 0..<3000 {
                let isAllowed = allowed[row / 64] & (1 << UInt64(row % 64)) != 0
                #expect(some[row] == (isAllowed ? all[row] : nil))
            }
        }
    }

    @Test func `a phrase is left to FTS5`() throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish([
            (record("1", title: "motor cortex"), []), (record("2", title: "cortex motor"), []),
        ])
        let phrase = try #require(MatchExpression(anyOf: ["motor-cortex"]))
        #expect(try generation.match(phrase).map(\.row) == [0])
        #expect(try generation.scores(phrase).count == 1)
    }

    @Test func `two forms of one word count twice, as in FTS5`() throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish(BM25ScorerTests.corpus(300, seed: 3))
        let question = try #require(MatchExpression(anyOf: ["running", "runs", "run"]))
        let expected = try generation.match(question, with: .fts5)
        #expect(!expected.isEmpty)
        let found = try generation.match(question)
        #expect(found.map(\.row) == expected.map(\.row))
        #expect(zip(found, expected).allSatisfy { BM25ScorerTests.isClose($0.score, $1.score) })
    }

    @Test func `weights below zero are left to FTS5`() throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish(BM25ScorerTests.corpus(200, seed: 4))
        let question = try #require(MatchExpression(anyOf: ["theta", "mouse"]))
        #expect(
            try generation.match(question, weights: [-1, 2, 1, 1])
                == generation.match(question, weights: [-1, 2, 1, 1], with: .fts5))
    }

    @Test func `a deadline that has passed ends the reading`() throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish(BM25ScorerTests.corpus(200, seed: 4))
        let question = try #require(MatchExpression(anyOf: ["theta"]))
        let past = Deadline(in: .seconds(-1))
        #expect(throws: StoreError.self) { try generation.match(question, limit: 3, until: past) }
        #expect(throws: StoreError.self) { try generation.scores(question, until: past) }
    }
}

extension SplitMix {
    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(limit, 1))) }

    /// In 0..<1.
    mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
