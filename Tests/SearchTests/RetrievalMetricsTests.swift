import Search
import Testing

/// The expected numbers come from `pytrec_eval` (trec_eval 9.0), run on the same rankings and judgments.
struct RetrievalMetricsTests {
    struct Case: Sendable {
        let grades: [String: Int]
        let ranking: [String]
        let ndcg10: Double
        let recall20: Double
        let recall100: Double
        let mrr: Double
    }

    static let cases = [
        Case(
            grades: ["a": 2, "b": 1, "c": 1, "d": 0], ranking: ["x", "a", "b", "y", "c"], ndcg10: 0.6862856989769305,
            recall20: 1, recall100: 1, mrr: 0.5),
        Case(
            grades: ["a": 1], ranking: ["x", "y", "z", "a"], ndcg10: 0.43067655807339306, recall20: 1, recall100: 1,
            mrr: 0.25),
        Case(
            grades: ["a": 2, "b": 2, "c": 1], ranking: ["c", "b", "a"], ndcg10: 0.8670870086853021, recall20: 1,
            recall100: 1, mrr: 1),
        Case(grades: ["a": 1, "b": 1], ranking: ["x", "y"], ndcg10: 0, recall20: 0, recall100: 0, mrr: 0),
        Case(
            grades: Dictionary(uniqueKeysWithValues: (0..<40).map { ("\($0)", $0 % 3) }),
            ranking: (0..<50).map { "\($0 * 7 % 50)" }, ndcg10: 0.33225732698477906, recall20: 0.38461538461538464,
            recall100: 1, mrr: 0.5),
    ]

    @Test(arguments: cases)
    func `metrics equal those of pytrec_eval`(example: Case) throws {
        let metrics = try #require(RetrievalMetrics(ranking: example.ranking, grades: example.grades))
        #expect(abs(metrics.ndcg10 - example.ndcg10) < 1e-9)
        #expect(abs(metrics.recall20 - example.recall20) < 1e-9)
        #expect(abs(metrics.recall100 - example.recall100) < 1e-9)
        #expect(abs(metrics.mrr - example.mrr) < 1e-9)
    }

    @Test func `a question without a relevant document is not judged`() {
        #expect(RetrievalMetrics(ranking: ["a"], grades: ["a": 0]) == nil)
    }

    @Test func `means are over questions`() throws {
        let all = try Self.cases.prefix(2).map {
            try #require(RetrievalMetrics(ranking: $0.ranking, grades: $0.grades))
        }
        #expect(RetrievalMetrics.mean(all).mrr == 0.375)
        #expect(RetrievalMetrics.mean([]).ndcg10 == 0)
    }
}
