import LinearAlgebra
import Store

/// Score diffusion: the best candidates take over part of what the words of the question give their nearest neighbours, so
/// that a record beside others that hold these words rises although it says them otherwise, and one that holds them among
/// strangers falls.  Closely related documents tend to answer the same questions (Diaz 2005, Regularizing ad hoc retrieval
/// scores, https://doi.org/10.1145/1099554.1099722); as a model of documents, Liu and Croft 2004,
/// https://doi.org/10.1145/1008992.1009026.  Meaning is not diffused: neighbours are near in meaning already, so this would
/// only blur which of them the question is nearest to.
struct Diffusion {
    let settings: RankingSettings.Diffusion
    /// The unit vector of a record.
    let vector: (Int) -> [Float]

    /// The scores after one step among the best rows, a part of which, p, becomes
    /// `(1 - weight) · p + weight · Σ cos · p / Σ cos` over their nearest neighbours.  The others keep their order behind them.
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
        let cosines = Product.dots(among: matrix)
        let own = best.map { part[$0.row] ?? 0 }
        var neighbors = [(cosine: Float, place: Int)](repeating: (0, 0), count: min(settings.neighbors, best.count))
        var changed: [(row: Int, value: Double)] = []
        changed.reserveCapacity(best.count)
        for index in best.indices {
            let near = average(around: index, cosines: cosines.row(index), own, near: &neighbors) ?? own[index]
            changed.append((best[index].row, best[index].value + share * settings.weight * (near - own[index])))
        }
        let edge = best[best.count - 1].value
        let floor = changed.reduce(.infinity) { min($0, $1.value) }
        let shrink = edge > floor && edge > 0 ? max(0, floor) / edge : 1
        return scores.replacing(changed) { $0 * shrink }
    }

    /// The mean number of the nearest neighbours, weighted by their cosines, the first of equal ones before the others; nil
    /// when none lies on the same side.
    ///
    /// - Parameter near: room for as many as there are neighbours.
    private func average(
        around index: Int, cosines: [Float], _ values: [Double],
        near: inout [(cosine: Float, place: Int)]
    ) -> Double? {
        var count = 0
        for (other, cosine) in cosines.enumerated() where cosine > 0 && other != index {
            if count == near.count {
                if cosine <= near[count - 1].cosine { continue }
            } else {
                count += 1
            }
            var place = count - 1
            while place > 0, near[place - 1].cosine < cosine {
                near[place] = near[place - 1]
                place -= 1
            }
            near[place] = (cosine, other)
        }
        var (sum, total) = (0.0, 0.0)
        for (cosine, other) in near[..<count] {
            sum += Double(cosine) * values[other]
            total += Double(cosine)
        }
        return total > 0 ? sum / total : nil
    }
}
