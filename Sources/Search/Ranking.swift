import Collections
import Planner
import Store

/// The records of one query in their order, each tier for itself.
struct Ranking {
    let matcher: Matcher
    let conditions: Conditions
    /// The records that words let in, where words decide; nil elsewhere.
    let bound: Bitset?
    let evaluation: Evaluation
    let text: RankingText
    /// BM25 over its maximum, by row; empty when words were not searched.
    let lexical: RowScores
    /// Cosine by row, scaled to 0...1 over the rows compared; empty without vectors.
    let semantic: RowScores
    /// Final score of the rows of both tiers.
    let scores: RowScores
    /// What is to be said of how it was ranked.
    let warnings: [Plan.Warning]
    /// Day by row, when the order is by day and not by score; absent where none is known.
    let days: [Int: Double]?
    /// Earliest day first.
    let isAscending: Bool

    /// Rows of the two tiers.
    var matches: Bitset { evaluation.matches }
    var possible: Bitset { evaluation.possible }

    /// One row of a page: match or possible.
    struct PageRow {
        let row: Int
        let tier: Hit.Tier
    }

    func score(_ row: Int) -> Double { scores[row] ?? 0 }

    /// What decides the order within a tier; larger first.
    private func order(_ row: Int) -> Double {
        guard let days else { return score(row) }
        guard let day = days[row] else { return -.infinity }
        return isAscending ? -day : day
    }

    /// The first rows of the match tier: higher scores first, ties by row, which is by id.
    func sortedMatches(first count: Int) -> [Int] {
        best(count, of: matches) { (0, order($0)) }
    }

    /// The first rows of the possible tier: other kinds that fulfil everything, then more of the plan before less,
    /// then the score; those that state something else come last.
    func sortedPossible(first count: Int) -> [Int] {
        best(count, of: possible) { row in
            let satisfied = conditions.satisfied(by: row) - (evaluation.differs.contains(row) ? Self.last : 0)
            return (evaluation.otherType.contains(row) ? .infinity : satisfied, order(row))
        }
    }

    /// More than any plan has conditions.
    private static let last = 1e6

    /// One page of both tiers in sequence, or of the matches alone.
    func page(offset: Int, limit: Int, isStrict: Bool) -> [PageRow] {
        var rows = sortedMatches(first: offset + limit).dropFirst(offset).map { PageRow(row: $0, tier: .match) }
        if rows.count < limit, !isStrict {
            let skipped = max(0, offset - matches.count)
            rows += sortedPossible(first: skipped + limit - rows.count).dropFirst(skipped)
                .map { PageRow(row: $0, tier: .possible) }
        }
        return rows
    }

    /// The `count` best rows in order; linear in the rows for small counts.
    private func best(_ count: Int, of rows: Bitset, key: (Int) -> (Double, Double)) -> [Int] {
        var best = BestRows(count)
        rows.forEach { row in best.add(row, key: key(row)) }
        return best.sorted
    }
}

/// The best rows of those that are added: a heap with the worst on top.
struct BestRows {
    /// Lower keys are worse, and of equal ones the later row.
    private struct Entry: Comparable {
        let key: (Double, Double)
        let row: Int

        static func == (left: Entry, right: Entry) -> Bool { left.key == right.key && left.row == right.row }

        static func < (left: Entry, right: Entry) -> Bool {
            left.key != right.key ? left.key < right.key : left.row > right.row
        }
    }
    private var heap = Heap<Entry>()
    private let limit: Int

    /// - Parameter limit: how many are kept.
    init(_ limit: Int) { self.limit = limit }

    /// In order.
    var sorted: [Int] { heap.elements.sorted(by: >).map(\.row) }

    mutating func add(_ row: Int, key: (Double, Double)) {
        guard limit > 0 else { return }
        let entry = Entry(key: key, row: row)
        if heap.count < limit {
            heap.insert(entry)
        } else if let worst = heap.first, worst < entry {
            heap.replaceFirst(with: entry)
        }
    }
}
