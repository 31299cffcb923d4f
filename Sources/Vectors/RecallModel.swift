import LinearAlgebra

/// Estimates how many of the nearest rows are still in lists that were not probed, which decides when a query stops.
///
/// A fixed number of lists finds enough for most queries, too little for hard ones, and next to nothing where a filter
/// leaves only rows far away.  So each list's scores are taken as normally distributed: the mean is the centroid's
/// score times the mean cosine of its rows to it; what is left of query and row after that meet at random in as many
/// directions as the rows of the index differ in.  The tail beyond the score of the last row wanted, summed over lists
/// with and without a visit, estimates recall; the sum over the visited lists, where the truth is known, corrects the
/// model's error.  After the estimator of Quake (Mohoney et al. 2025, arXiv:2506.03437), which measures caps of the
/// sphere instead.
struct RecallModel {
    /// Share of the rows sought that may be missed by the estimate.
    static let tolerance: Float = 0.07

    /// Lists that are summed before the sum is looked at.
    private static let part = 256

    private var means: [Float]
    private var inverses: [Float]
    /// Rows expected in each list that was not visited, 0 for the others.
    private var left: [Float]
    private var seen: (means: [Float], inverses: [Float], weights: [Float]) = ([], [], [])

    /// - Parameters:
    ///   - cosines: of the query to each centroid.
    ///   - weights: rows allowed in each list, as far as known.
    init(_ file: InvertedFile, cosines: [Float], weights: [Float]) {
        // Near a query the rows agree in more directions than anywhere: a third of them are left, as measured on
        // sentence vectors with queries of another kind.
        let inverseFreedom = Float(3 / max(3, file.header.freedom))
        let count = file.lists
        left = weights
        means = [Float](repeating: 0, count: count)
        inverses = [Float](repeating: 0, count: count)
        let cosinesToCentroid = file.means
        let deviations = file.deviations
        for list in 0..<count {
            let cosine = max(-1, min(1, cosines[list]))
            let mean = cosinesToCentroid[list]
            let rest = (1 - cosine * cosine) * max(0.01, 1 - mean * mean) * inverseFreedom
            let shift = cosine * deviations[list]
            means[list] = cosine * mean
            inverses[list] = 1 / max(1e-8, rest + shift * shift).squareRoot()
        }
    }

    /// Counts a list as seen, with the rows that were found allowed in it.
    mutating func visit(_ list: Int, allowed: Int) {
        left[list] = 0
        guard allowed > 0 else { return }
        seen.means.append(means[list])
        seen.inverses.append(inverses[list])
        seen.weights.append(Float(allowed))
    }

    /// Whether at most ``tolerance`` of the rows beyond a score are in lists that were not visited.
    func isEnough(beyond score: Float) -> Bool {
        let found = Tails.sum(
            beyond: score, means: seen.means, inverses: seen.inverses, weights: seen.weights, count: seen.weights.count)
        let tolerated = Self.tolerance * found
        // Most answers are no, and known after few lists.
        var missed: Float = 0
        return means.withUnsafeBufferPointer { means in
            inverses.withUnsafeBufferPointer { inverses in
                left.withUnsafeBufferPointer { left in
                    guard let mean = means.baseAddress, let inverse = inverses.baseAddress,
                        let weight = left.baseAddress
                    else { return true }
                    for first in stride(from: 0, to: left.count, by: Self.part) {
                        missed += Tails.sum(
                            beyond: score, means: mean + first, inverses: inverse + first, weights: weight + first,
                            count: min(Self.part, left.count - first))
                        if missed > tolerated { return false }
                    }
                    return missed <= tolerated
                }
            }
        }
    }
}
