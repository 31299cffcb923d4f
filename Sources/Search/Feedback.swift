import Glibc

/// Vector pseudo-relevance feedback (Rocchio 1971): the question moves towards the best documents.  As in relevance
/// models (Lavrenko and Croft 2001, https://doi.org/10.1145/383952.383972) each counts by its score, so that one that
/// stands out leads alone, and among many similar ones their common subject leads.
struct Feedback {
    let settings: RankingSettings.Feedback
    /// The unit vector of a record.
    let vector: (Int) -> [Float]

    /// The question moved, of length one; nil when feedback is off, or there is nothing to move towards.
    ///
    /// - Parameter best: rows and scores, best first.
    func moved(_ question: [Float], towards best: [(row: Int, value: Double)]) -> [Float]? {
        let best = best.prefix(settings.documents)
        guard settings.weight > 0, let first = best.first else { return nil }
        let shares = best.map { exp(($0.value - first.value) / settings.temperature) }
        let total = shares.reduce(0, +)
        var moved = question
        for (document, share) in zip(best, shares) {
            let vector = vector(document.row)
            guard vector.count == moved.count else { return nil }
            let weight = Float(settings.weight * share / total)
            for index in moved.indices { moved[index] += weight * vector[index] }
        }
        let norm = moved.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard norm > 0, norm.isFinite else { return nil }
        return moved.map { $0 / norm }
    }
}
