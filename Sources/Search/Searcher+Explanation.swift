import Planner
import Records
import Store
import Text
import Vocabulary

extension Searcher {
    /// The hits of a page with the reasons why they are there.
    func explain(
        _ page: [Ranking.PageRow], ranking: Ranking, request: SearchRequest
    ) throws(SearchError) -> [Hit] {
        let explainer = Explainer(conditions: ranking.conditions, vocabulary: vocabulary)
        let stored = try records(rows: page.map(\.row))
        let snippets = try snippets(of: stored.map(\.record), words: ranking.text.words)
        let weights = ranking.conditions.named.model.map { weightsOfTerms(ofRecord: $0) }
        return page.indices.map { index in
            var hit = hit(page[index], stored[index], snippet: snippets[index], ranking: ranking, explainer: explainer)
            hit.shared = weights.map { sharedLabels(ofRecord: page[index].row, weights: $0) }
            return hit
        }
    }

    /// Where each record holds the words, or how it begins.
    private func snippets(of records: [Record], words: [String]) throws(SearchError) -> [String] {
        guard let expression = MatchExpression(anyOf: words) else {
            return records.map { MarkupEscaping.escaped($0.description.prefix(200)) }
        }
        return try reading { () throws(StoreError) in try generation.snippets(of: records, expression) }
    }

    private func hit(
        _ row: Ranking.PageRow, _ stored: StoredRecord, snippet: String, ranking: Ranking, explainer: Explainer
    ) -> Hit {
        let record = stored.record
        var gaps: [Hit.Gap] = []
        if row.tier == .possible {
            gaps = explainer.gaps(of: row.row)
            if ranking.evaluation.otherType.contains(row.row) {
                gaps.append(.init(field: "type", reason: "a \(record.id.type.rawValue), not what was asked for"))
            }
        }
        return Hit(
            id: record.id, type: record.id.type, source: record.id.source, title: record.title, url: record.url,
            access: record.access, license: stored.tags.filter { $0.facet == .license }.map(\.label), tier: row.tier,
            score: rounded(ranking.score(row.row)),
            scores: .init(
                text: ranking.lexical[row.row].map(rounded), vector: ranking.semantic[row.row].map(rounded)),
            matched: explainer.reasons(for: stored), ranges: explainer.rangeReasons(for: stored),
            preferred: explainer.wishes(of: row.row), unknown: gaps,
            differs: ranking.evaluation.differs.contains(row.row) ? true : nil,
            snippet: snippet, alsoAt: stored.alsoAt,
            accessNote: record.accessNote)
    }

    private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
