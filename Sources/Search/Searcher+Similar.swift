import Planner
package import Records
import Store

/// A record like another one.
package struct SimilarRecord: Codable, Sendable {
    package var id: RecordID
    package var title: String
    package var score: Double
    /// Labels of the facet values both have, rarest first.
    package var shared: [String]
}

extension Searcher {
    /// Rows that meaning proposes where there are too many to compare all.
    private static let proposed = 1000
    /// Shares of meaning and of facet values in how alike two records are.
    private static let shares = (meaning: 0.7, facets: 0.3)

    /// Records like one record: close in meaning, and sharing rare facet values.  Without vectors the facet values
    /// decide alone; where the vectors have lists, they do among the thousand records that are nearest in meaning.
    package func similar(to name: String, limit: Int, deadline: Deadline = .none) throws(SearchError) -> [SimilarRecord]
    {
        let stored = try record(named: name)
        let weights = weightsOfTerms(ofRecord: stored.row)
        let scores = try likeness(to: stored.row, among: nil, deadline: deadline).scores
        var best = BestRows(limit)
        scores.forEach { row, score in
            if row != stored.row { best.add(row, key: (score, 0)) }
        }
        let rows = best.sorted
        let records = try reading { () throws(StoreError) in try generation.records(rows: rows) }
        return zip(rows, records).map { row, similar in
            SimilarRecord(
                id: similar.record.id, title: similar.record.title,
                score: ((scores[row] ?? 0) * 10_000).rounded() / 10_000,
                shared: sharedLabels(ofRecord: row, weights: weights))
        }
    }

    /// How alike records are to one, and the cosines in it: of those of a set, or of all.  Where the vectors have
    /// lists, of the thousand that are nearest in meaning; cosines are absent where the record has no vector.
    func likeness(
        to row: Int, among set: Bitset?, deadline: Deadline
    ) throws(SearchError) -> (scores: RowScores, cosines: RowScores) {
        let facets = generation.facets
        let weights = weightsOfTerms(ofRecord: row)
        let norm = max(weights.reduce(0, +), 1e-9)
        let vector = meaning?.vector(ofRow: row) ?? []
        // A record without a vector is near to none.
        let near = vector.allSatisfy { $0 == 0 } ? nil : meaning?.nearest(to: vector, limit: Self.proposed, among: set)
        let compared = near.map { Bitset(members: $0, capacity: facets.recordCount) } ?? set
        let bitmap = compared ?? Bitset(all: facets.recordCount)
        let rows = bitmap.members
        let cosines = meaning?.cosines(to: vector, rows: compared == nil ? nil : rows) ?? []
        let hasCosines = cosines.count == rows.count && !cosines.isEmpty
        try deadline.check()
        var scores: [Double] = []
        scores.reserveCapacity(rows.count)
        for (index, row) in rows.enumerated() {
            if index & 1023 == 0 { try deadline.check() }
            let shared = facets.sum(of: weights, inClosureOf: row) / norm
            scores.append(
                hasCosines ? Self.shares.meaning * Double(cosines[index]) + Self.shares.facets * shared : shared)
        }
        let none = RowScores(capacity: facets.recordCount)
        return (
            RowScores(capacity: facets.recordCount, bitmap: bitmap.words, values: scores),
            hasCosines
                ? RowScores(capacity: facets.recordCount, bitmap: bitmap.words, values: cosines.map(Double.init)) : none
        )
    }

    /// How rare each facet value is that a record has, 0...1; 0 for all others.
    func weightsOfTerms(ofRecord row: Int) -> [Double] {
        let facets = generation.facets
        let count = Double(max(1, facets.recordCount))
        let frequencies = sets.totalsOfTerms()
        var weights = [Double](repeating: 0, count: facets.terms.count)
        for term in facets.closure(ofRecord: row)
        where facets.terms.facet(term).descriptor.subject != .bookkeeping {
            weights[term] = max(0, 1 - Double(frequencies[term]) / count)
        }
        return weights
    }

    /// The rarest of the weighted values that a record has, at most five.
    func sharedLabels(ofRecord row: Int, weights: [Double]) -> [String] {
        let facets = generation.facets
        return facets.closure(ofRecord: row).filter { weights[$0] > 0.3 }
            .sorted { (weights[$0], $1) > (weights[$1], $0) }
            .prefix(5).map { facets.terms.label($0) }
    }
}
