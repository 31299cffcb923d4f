import TestSupport
import Testing

@testable import Store

struct RowScoresTests {
    private static func scores(_ count: Int, of capacity: Int, _ random: inout SplitMix) -> RowScores {
        var values: [Int: Double] = [:]
        // Few different values, so that many are equal.
        for _ in 0..<count { values[random.below(capacity)] = Double(random.below(5)) - 1 }
        return RowScores(capacity: capacity, values.map { (row: $0.key, value: $0.value) })
    }

    @Test(arguments: [0, 1, 63, 64, 65, 1000])
    func `the best are the first of all in order, ties by row`(count: Int) {
        var random = SplitMix(seed: UInt64(count))
        let scores = Self.scores(count, of: 1000, &random)
        var all: [(row: Int, value: Double)] = []
        scores.forEach { all.append(($0, $1)) }
        all.sort { $0.value != $1.value ? $0.value > $1.value : $0.row < $1.row }
        for limit in [0, 1, 2, 10, 64, 999, 5000] {
            let best = scores.best(limit)
            #expect(best.map(\.row) == all.prefix(limit).map(\.row))
            #expect(best.map(\.value) == all.prefix(limit).map(\.value))
            #expect(scores.leading(limit).sorted() == all.prefix(limit).map(\.row).sorted())
        }
    }

    @Test func `two numbers of a row become one`() {
        var random = SplitMix(seed: 9)
        let (one, other) = (Self.scores(300, of: 1000, &random), Self.scores(500, of: 1000, &random))
        let rows = (0..<1000).filter { _ in random.below(3) == 0 }
        let wanted = RowScores(capacity: 1000, rows.map { (row: $0, value: 0) })
        let both = RowScores.combining(one, other, over: wanted.bitmap) { 10 * $0 + $1 }
        #expect(both.bitmap == wanted.bitmap)
        #expect(rows.allSatisfy { both[$0] == 10 * (one[$0] ?? 0) + (other[$0] ?? 0) })
    }

    @Test func `some rows get other numbers, and the rest what a rule makes of theirs`() {
        let scores = RowScores(capacity: 200, [(row: 3, value: 1), (row: 64, value: 2), (row: 199, value: 3)])
        let changed = scores.replacing([(row: 64, value: 7), (row: 65, value: 9)]) { $0 * 10 }
        #expect(changed.values == [10, 7, 30])
        #expect(changed.bitmap == scores.bitmap)
        #expect(changed[65] == nil && changed[64] == 7)
    }
}
