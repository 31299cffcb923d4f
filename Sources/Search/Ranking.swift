import Planner

/// The records of one query in their order, each tier for itself.
struct Ranking {
    let matcher: Matcher
    let conditions: Conditions
    /// The records that words let in, where words decide; nil elsewhere.
    let bound: Bitset?
    let evaluation: Evaluation
    /// Rows of the two tiers, ascending.
    let matches: [Int]
    let possible: [Int]
    let text: RankingText
    /// BM25 over its maximum, by row; empty when words were not searched.
    let lexical: [Int: Double]
    /// Cosine by row, scaled to 0...1 over the rows compared; empty without vectors.
    let semantic: [Int: Double]
    /// Final score by row, absent for 0.
    let scores: [Int: Double]
    /// Day by row, when the order is by day and not by score; absent where none is known.
    var days: [Int: Double]?
    /// Earliest day first.
    var isAscending = false

    /// Match or possible, for one row of a page.
    struct Placed {
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
    /// then the score.
    func sortedPossible(first count: Int) -> [Int] {
        best(count, of: possible) { row in
            (evaluation.otherType.contains(row) ? .infinity : conditions.satisfied(by: row), order(row))
        }
    }

    /// One page of both tiers in sequence, or of the matches alone.
    func page(offset: Int, limit: Int, isStrict: Bool) -> [Placed] {
        var rows = sortedMatches(first: offset + limit).dropFirst(offset).map { Placed(row: $0, tier: .match) }
        if rows.count < limit, !isStrict {
            let skipped = max(0, offset - matches.count)
            rows += sortedPossible(first: skipped + limit - rows.count).dropFirst(skipped)
                .map { Placed(row: $0, tier: .possible) }
        }
        return rows
    }

    /// The `count` best rows in order; linear in the rows for small counts.
    private func best(_ count: Int, of rows: [Int], key: (Int) -> (Double, Double)) -> [Int] {
        guard count > 0 else { return [] }
        var top: [(key: (Double, Double), row: Int)] = []
        func precedes(_ left: (key: (Double, Double), row: Int), _ right: (key: (Double, Double), row: Int)) -> Bool {
            left.key != right.key ? left.key > right.key : left.row < right.row
        }
        if count * 8 >= rows.count {
            top = rows.map { (key($0), $0) }.sorted(by: precedes)
            return top.prefix(count).map(\.row)
        }
        for row in rows {
            let entry = (key: key(row), row: row)
            if top.count == count, let last = top.last, !precedes(entry, last) { continue }
            var low = 0
            var high = top.count
            while low < high {
                let middle = (low + high) / 2
                if precedes(top[middle], entry) { low = middle + 1 } else { high = middle }
            }
            top.insert(entry, at: low)
            if top.count > count { top.removeLast() }
        }
        return top.map(\.row)
    }
}
