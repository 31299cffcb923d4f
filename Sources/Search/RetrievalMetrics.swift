import Glibc

/// How good a ranking is, by relevance judgments.  The values equal those of `trec_eval` (and its Python binding
/// `pytrec_eval`): nDCG with linear gain (Järvelin & Kekäläinen 2002), recall, reciprocal rank.
package struct RetrievalMetrics: Codable, Sendable, Hashable {
    /// nDCG of the first ten: the gain is the grade, the discount log2(rank + 1), the ideal over all judged documents.
    package var ndcg10: Double
    package var recall20: Double
    package var recall100: Double
    /// 1 over the rank of the first relevant document; 0 when none was found.
    package var mrr: Double

    enum CodingKeys: String, CodingKey {
        case mrr
        case ndcg10 = "ndcg_10"
        case recall20 = "recall_20"
        case recall100 = "recall_100"
    }

    package init(ndcg10: Double, recall20: Double, recall100: Double, mrr: Double) {
        self.ndcg10 = ndcg10
        self.recall20 = recall20
        self.recall100 = recall100
        self.mrr = mrr
    }

    /// Judges one ranking, best first.  `grades` holds the judged documents; a grade above 0 is relevant.  Nil when no
    /// judged document is relevant: such a question says nothing and is left out of the means.
    package init?(ranking: [String], grades: [String: Int]) {
        let relevant = grades.values.filter { $0 > 0 }
        guard !relevant.isEmpty else { return nil }
        func gain(_ grades: [Int]) -> Double {
            var sum = 0.0
            for (index, grade) in grades.prefix(10).enumerated() {
                sum += Double(max(0, grade)) / log2(Double(index + 2))
            }
            return sum
        }
        let found = ranking.map { grades[$0] ?? 0 }
        func recall(_ depth: Int) -> Double {
            Double(found.prefix(depth).count { $0 > 0 }) / Double(relevant.count)
        }
        ndcg10 = gain(found) / gain(relevant.sorted(by: >))
        recall20 = recall(20)
        recall100 = recall(100)
        mrr = found.firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0
    }

    /// The means over questions; zeros for none.
    package static func mean(_ all: [RetrievalMetrics]) -> RetrievalMetrics {
        func mean(_ value: (RetrievalMetrics) -> Double) -> Double {
            all.isEmpty ? 0 : all.reduce(0) { $0 + value($1) } / Double(all.count)
        }
        return RetrievalMetrics(
            ndcg10: mean(\.ndcg10), recall20: mean(\.recall20), recall100: mean(\.recall100), mrr: mean(\.mrr))
    }
}
