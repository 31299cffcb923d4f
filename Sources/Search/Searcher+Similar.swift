import Planner
package import Records
import Store

/// A record like another one.
package struct SimilarRecord: Codable, Sendable {
    package var id: RecordID
    package var title: String
    package var score: Double
    /// Labels of the facet values both have, most telling first.
    package var shared: [String]
}

extension Searcher {
    /// Records like one record: close in meaning, and sharing rare facet values.  Without vectors the facet values
    /// decide alone.
    package func similar(to name: String, limit: Int, deadline: Deadline = .none) throws(SearchError) -> [SimilarRecord]
    {
        let stored = try record(named: name)
        let facets = generation.facets
        let count = Double(max(1, facets.recordCount))
        var frequencies = [Int](repeating: 0, count: facets.terms.count)
        for record in 0..<facets.recordCount {
            if record & 1023 == 0 { try deadline.check() }
            for term in facets.closure(ofRecord: record) { frequencies[term] += 1 }
        }
        func weight(_ term: Int) -> Double {
            facets.terms.facet(term).isBookkeeping ? 0 : max(0, 1 - Double(frequencies[term]) / count)
        }
        let own = Set(facets.closure(ofRecord: stored.row))
        let norm = max(own.reduce(0) { $0 + weight($1) }, 1e-9)
        var cosines: [Float] = []
        if let meaning { cosines = meaning.cosines(to: meaning.vector(ofRow: stored.row), rows: nil) }
        var scored: [(score: Double, row: Int)] = []
        for row in 0..<facets.recordCount where row != stored.row {
            if row & 255 == 0 { try deadline.check() }
            var shared = 0.0
            for term in facets.closure(ofRecord: row) where own.contains(term) { shared += weight(term) }
            let close = cosines.indices.contains(row) ? Double(cosines[row]) : 0
            scored.append((cosines.isEmpty ? shared / norm : 0.7 * close + 0.3 * shared / norm, row))
        }
        let best = scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.row < $1.row }.prefix(limit)
        let records = try reading { () throws(StoreError) in try generation.records(rows: best.map(\.row)) }
        return zip(best, records).map { entry, similar in
            let terms = facets.closure(ofRecord: entry.row).filter {
                own.contains($0) && weight($0) > 0.3
            }
            .sorted { (weight($0), $1) > (weight($1), $0) }
            return SimilarRecord(
                id: similar.record.id, title: similar.record.title, score: (entry.score * 10_000).rounded() / 10_000,
                shared: terms.prefix(5).map { facets.terms.label($0) })
        }
    }
}
