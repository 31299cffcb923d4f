/// The candidates a mistyped word may have meant, best first: at most two edits away (optimal string alignment), or
/// beginning with it.
package func closest(to word: String, among candidates: [String], limit: Int = 3) -> [String] {
    let typed = Array(word.lowercased().utf8.prefix(64))
    guard !typed.isEmpty else { return [] }
    let allowed = typed.count < 4 ? 1 : 2
    return candidates.compactMap { candidate -> (String, Int)? in
        let other = Array(candidate.lowercased().utf8.prefix(64))
        let distance = edits(typed, other)
        if distance <= allowed { return (candidate, distance) }
        return other.starts(with: typed) ? (candidate, allowed + 1) : nil
    }
    .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    .prefix(limit).map(\.0)
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other.
private func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
        var row = [i + 1]
        for j in right.indices {
            var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                cost = min(cost, beforeLast[j - 1] + 1)
            }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[right.count]
}
