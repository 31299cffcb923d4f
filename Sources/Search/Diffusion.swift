import LinearAlgebra
import Store

/// Score diffusion: the best candidates take over part of the scores of their nearest neighbours, so that a record
/// beside many good ones rises and one that is alone in its words or its meaning falls.  Closely related documents tend
/// to answer the same questions (Diaz 2005, Regularizing ad hoc retrieval scores, https://doi.org/10.1145/1099554.1099722).
struct Diffusion {
    let settings: RankingSettings.Diffusion
    /// The unit vector of a record.
    let vector: (Int) -> [Float]

    /// The scores after one step: `(1 - weight) · s + weight · Σ cos · s / Σ cos` over the nearest neighbours among the
    /// best rows.  The others keep their order behind them.
    func smoothed(_ scores: RowScores) -> RowScores {
        guard settings.weight > 0, settings.neighbors > 0, settings.documents > 2 else { return scores }
        let best = scores.best(settings.documents)
        guard best.count > 2, let matrix = Matrix(best.map { vector($0.row) }), matrix.columns > 0 else {
            return scores
        }
        let cosines = Product.dots(among: matrix)
        var neighbors = [(cosine: Float, place: Int)](repeating: (0, 0), count: min(settings.neighbors, best.count))
        var changed: [(row: Int, value: Double)] = []
        changed.reserveCapacity(best.count)
        for index in best.indices {
            let near = average(around: index, cosines: cosines.row(index), best, near: &neighbors)
            let own = best[index].value
            changed.append((best[index].row, near.map { (1 - settings.weight) * own + settings.weight * $0 } ?? own))
        }
        let edge = best[best.count - 1].value
        let floor = changed.reduce(.infinity) { min($0, $1.value) }
        let shrink = edge > floor && edge > 0 ? max(0, floor) / edge : 1
        return scores.replacing(changed) { $0 * shrink }
    }

    /// The mean score of the nearest neighbours, weighted by their cosines, the first of equal ones before the others; nil
    /// when none lies on the same side.
    ///
    /// - Parameter near: room for as many as there are neighbours.
    private func average(
        around index: Int, cosines: [Float], _ best: [(row: Int, value: Double)],
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
            sum += Double(cosine) * best[other].value
            total += Double(cosine)
        }
        return total > 0 ? sum / total : nil
    }
}
