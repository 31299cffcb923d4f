import LinearAlgebra
import Store

/// Score diffusion: the best candidates take part of their nearest neighbours' lexical scores, so that a record beside
/// others that hold these words rises although it says them otherwise, and one that holds them among strangers falls.
/// Closely related documents tend to answer the same questions (Diaz 2005, Regularizing ad hoc retrieval scores,
/// https://doi.org/10.1145/1099554.1099722); as a model of documents, Liu and Croft 2004,
/// https://doi.org/10.1145/1008992.1009026.  What a sentence model says is not diffused: neighbours are near in meaning
/// already, so this would only blur which of them the question is nearest to.
struct Diffusion {
    let settings: RankingSettings.Diffusion
    /// The unit vector of a record.
    let vector: (Int) -> [Float]

    /// The scores after one step among the best rows, a part of which, p, becomes
    /// `(1 - weight) · p + weight · Σ cos · p / Σ cos` over their nearest neighbours.  The others keep their order
    /// behind them.
    ///
    /// - Parameters:
    ///   - scores: of words and meaning joined.
    ///   - part: what is diffused: the scores of the words alone, or those joined; rows without one have 0.
    ///   - share: the share of the part in the joined scores, 0...1.
    func smoothed(_ scores: RowScores, of part: RowScores, share: Double) -> RowScores {
        guard settings.weight > 0, settings.neighbors > 0, settings.documents > 2, share > 0, !part.isEmpty else {
            return scores
        }
        let best = scores.best(settings.documents)
        guard best.count > 2, let matrix = Matrix(best.map { vector($0.row) }), matrix.columns > 0 else {
            return scores
        }
        let own = best.map { part[$0.row] ?? 0 }
        let neighbors = NearestRows(settings.neighbors, among: matrix)
        let changed = best.indices.map { index in
            let near = Diffusion.average(of: own, neighbors.of(index)) ?? own[index]
            return (row: best[index].row, value: best[index].value + share * settings.weight * (near - own[index]))
        }
        let edge = best[best.count - 1].value
        let floor = changed.reduce(.infinity) { min($0, $1.value) }
        let shrink = edge > floor && edge > 0 ? max(0, floor) / edge : 1
        return scores.replacing(changed) { $0 * shrink }
    }

    /// The mean number of the neighbours, weighted by their cosines; nil if no cosine is positive.
    private static func average(of numbers: [Double], _ near: some Sequence<(row: Int, product: Float)>) -> Double? {
        var (sum, total) = (0.0, 0.0)
        for (row, cosine) in near {
            sum += Double(cosine) * numbers[row]
            total += Double(cosine)
        }
        return total > 0 ? sum / total : nil
    }
}
