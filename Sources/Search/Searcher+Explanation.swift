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
        let explainer = Explainer(plan: request.plan, matcher: ranking.matcher, vocabulary: vocabulary)
        let stored = try records(rows: page.map(\.row))
        let snippets = try snippets(of: stored.map(\.record), words: ranking.text.words)
        return page.indices.map { index in
            hit(page[index], stored[index], snippet: snippets[index], ranking: ranking, explainer: explainer)
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
            gaps = explainer.gaps(of: row.row, conditions: ranking.conditions)
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
            matched: explainer.reasons(for: stored), unknown: gaps, snippet: snippet, alsoAt: stored.alsoAt,
            accessNote: record.accessNote)
    }

    private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}

/// Finds the tags that fulfil the filters of one plan.
struct Explainer {
    private struct Target {
        let filter: Plan.Filter
        /// Local numbers of the terms that fulfil the filter, and of those above them.
        let holds: Set<Int>
        let above: Set<Int>
    }
    private let terms: TermTable
    private let targets: [Target]
    private let plan: Plan
    private let facets: Set<Facet>
    private let statedOnly: Bool

    init(plan: Plan, matcher: Matcher, vocabulary: Vocabulary) {
        self.plan = plan
        statedOnly = matcher.statedOnly
        terms = matcher.facets.terms
        facets = Set(plan.filters.map(\.facet))
        targets = plan.filters.map { filter in
            let expansion = matcher.expansion(of: filter)
            return Target(
                filter: filter, holds: expansion, above: matcher.ancestors(of: filter).subtracting(expansion))
        }
    }

    /// One entry a filter: the tag with the best evidence; for filters of one scope the tags of one part.
    func reasons(for stored: StoredRecord) -> [Hit.Reason] {
        let tagged = tagged(stored)
        return targets.indices.compactMap { reason(for: $0, in: stored, tagged) }
    }

    /// The tag that fulfils one filter of the plan, or comes closest; nil when there is none.
    func reason(for index: Int, in stored: StoredRecord) -> Hit.Reason? {
        reason(for: index, in: stored, tagged(stored))
    }

    /// A tag and the local number of its term.
    private typealias Tagged = (tag: Tag, term: Int)

    /// The tags of the facets that the plan asks for: terms below or above a term are of its facet.
    private func tagged(_ stored: StoredRecord) -> [Tagged] {
        stored.tags.compactMap { tag in
            guard facets.contains(tag.facet) else { return nil }
            return terms.number(of: tag.term).map { (tag, $0) }
        }
    }

    private func reason(for index: Int, in stored: StoredRecord, _ tagged: [Tagged]) -> Hit.Reason? {
        let target = targets[index]
        let filter = target.filter
        if filter.negated {
            return tagged.first { $0.tag.facet == filter.facet && !target.holds.contains($0.term) }
                .map { reason($0.tag, in: stored, negated: true) }
        }
        let part = filter.scope.flatMap { parts(of: tagged)[$0] }
        func best(_ terms: Set<Int>) -> Tag? {
            tagged.filter { terms.contains($0.term) && plays(filter.role, $0.tag, in: stored) }.map(\.tag)
                .min { ($0.part == part ? 0 : 1, $0.evidence.kind) < ($1.part == part ? 0 : 1, $1.evidence.kind) }
        }
        if let tag = best(target.holds) { return reason(tag, in: stored) }
        return best(target.above).map { reason($0, in: stored, broader: true) }
    }

    /// Whether a tag is said of a part that plays a role; what is said of the whole is said of every part.
    private func plays(_ role: Part.Role?, _ tag: Tag, in stored: StoredRecord) -> Bool {
        guard let role, let part = tag.part else { return true }
        return stored.record.parts.indices.contains(part) && stored.record.parts[part].role == role
    }

    /// Why a possible record is no match.
    func gaps(of row: Int, conditions: Conditions) -> [Hit.Gap] {
        var gaps: [Hit.Gap] = []
        for (filter, condition) in zip(plan.filters, conditions.single) where !condition.holds.contains(row) {
            gaps.append(
                .init(
                    field: filter.facet.rawValue,
                    reason: condition.near.contains(row)
                        ? "known only broader or from its text"
                        : condition.open.contains(row)
                            ? "only others are named, and the list need not be whole" : "not recorded"))
        }
        for (range, condition) in zip(plan.ranges, conditions.ranges) where !condition.holds.contains(row) {
            gaps.append(.init(field: range.field.rawValue, reason: "not recorded"))
        }
        if gaps.isEmpty, plan.filters.contains(where: { $0.scope != nil }) {
            gaps.append(.init(field: "same part", reason: "recorded, but not of one and the same procedure"))
        }
        return gaps
    }

    /// For each scope, the part whose tags fulfil most of its filters; nil inside for the record as a whole.
    private func parts(of tagged: [Tagged]) -> [Int: Int?] {
        var result: [Int: Int?] = [:]
        let scopes = Dictionary(grouping: targets.filter { $0.filter.scope != nil && !$0.filter.negated }) {
            $0.filter.scope ?? 0
        }
        for (scope, targets) in scopes {
            var found: [Int: Set<Int>] = [:]
            for (index, target) in targets.enumerated() {
                for (tag, term) in tagged where target.holds.contains(term) {
                    found[tag.part ?? -1, default: []].insert(index)
                }
            }
            let best = found.max { ($0.value.count, -$0.key) < ($1.value.count, -$1.key) }
            if let best { result[scope] = .some(best.key == -1 ? nil : best.key) }
        }
        return result
    }

    func reason(
        _ tag: Tag, in stored: StoredRecord, broader: Bool = false, negated: Bool = false
    ) -> Hit.Reason {
        let parts = stored.record.parts
        return Hit.Reason(
            facet: tag.facet, term: .init(id: tag.term, label: tag.label), evidence: tag.evidence,
            part: tag.part.flatMap { parts.indices.contains($0) ? parts[$0].label : nil }, broader: broader,
            negated: negated)
    }
}
