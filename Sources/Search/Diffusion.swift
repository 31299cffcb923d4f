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
        let cosines = Product.dots(matrix, matrix)
        var changed: [(row: Int, value: Double)] = []
        changed.reserveCapacity(best.count)
        for index in best.indices {
            let near = average(around: index, cosines: cosines.row(index), best)
            let own = best[index].value
            changed.append((best[index].row, near.map { (1 - settings.weight) * own + settings.weight * $0 } ?? own))
        }
        let edge = best[best.count - 1].value
        let floor = changed.reduce(.infinity) { min($0, $1.value) }
        let shrink = edge > floor && edge > 0 ? max(0, floor) / edge : 1
        let moved = RowScores(capacity: scores.capacity, changed)
        var values: [Double] = []
        values.reserveCapacity(scores.count)
        scores.forEach { row, value in values.append(moved[row] ?? value * shrink) }
        return RowScores(capacity: scores.capacity, bitmap: scores.bitmap, values: values)
    }

    /// The mean score of the nearest neighbours, weighted by their cosines; nil when none lies on the same side.
    private func average(around index: Int, cosines: [Float], _ best: [(row: Int, value: Double)]) -> Double? {
        var near: [Int] = []
        near.reserveCapacity(settings.neighbors + 1)
        for other in cosines.indices where other != index && cosines[other] > 0 {
            if near.count == settings.neighbors, let last = near.last, cosines[other] <= cosines[last] { continue }
            let place = near.firstIndex { cosines[$0] < cosines[other] } ?? near.count
            near.insert(other, at: place)
            if near.count > settings.neighbors { near.removeLast() }
        }
        var (sum, total) = (0.0, 0.0)
        for other in near {
            sum += Double(cosines[other]) * best[other].value
            total += Double(cosines[other])
        }
        return total > 0 ? sum / total : nil
    }
}
