import Planner
package import Records
package import Store

/// Why one record is, or is not, an answer to a question.
package struct WhyNot: Codable, Sendable {
    package enum State: String, Codable, Sendable, Hashable {
        case holds, fails
        /// The record does not say.
        case undecided
    }

    /// One condition of the plan and what the record says of it.
    package struct Verdict: Codable, Sendable {
        /// `state: sleep`.
        package var condition: String
        package var state: State
        /// What the record has instead, with its evidence; empty when it records nothing.
        package var recorded: [Hit.Reason]
        /// What would let the record in.
        package var remedy: String?
    }

    package var id: RecordID
    package var title: String
    /// `match`, `possible` or nil.
    package var tier: Hit.Tier?
    package var verdicts: [Verdict]
}

extension Searcher {
    /// Holds a record against every condition of a plan.
    package func whyNot(_ name: String, request: SearchRequest) throws(SearchError) -> WhyNot {
        let stored = try record(named: name)
        let ranking = try rank(request)
        let tier: Hit.Tier? =
            ranking.matches.contains(stored.row)
            ? .match : ranking.possible.contains(stored.row) ? .possible : nil
        var verdicts = typeVerdicts(on: stored, plan: request.plan)
        verdicts += filterVerdicts(on: stored, plan: request.plan, ranking)
        verdicts += rangeVerdicts(on: stored, plan: request.plan, ranking.conditions)
        if tier == nil, verdicts.allSatisfy({ $0.state != .fails }) { verdicts.append(jointVerdict(of: request.plan)) }
        return WhyNot(id: stored.record.id, title: stored.record.title, tier: tier, verdicts: verdicts)
    }

    private func typeVerdicts(on stored: StoredRecord, plan: Plan) -> [WhyNot.Verdict] {
        guard let target = plan.target else { return [] }
        let type = stored.record.id.type
        return [
            WhyNot.Verdict(
                condition: "type: \(target.rawValue)", state: type == target ? .holds : .fails, recorded: [],
                remedy: type == target ? nil : "it is a \(type.rawValue); ask with --type \(type.rawValue)")
        ]
    }

    private func filterVerdicts(on stored: StoredRecord, plan: Plan, _ ranking: Ranking) -> [WhyNot.Verdict] {
        let explainer = Explainer(plan: plan, matcher: ranking.matcher, vocabulary: vocabulary)
        return zip(plan.filters, ranking.conditions.single).enumerated().map { index, pair in
            let (filter, condition) = pair
            let state = WhyNot.state(of: stored.row, condition)
            let holding = state == .holds ? explainer.reason(for: index, in: stored) : nil
            let recorded = holding.map { [$0] } ?? Array(explainer.recorded(filter.facet, in: stored).prefix(5))
            let remedy: String? =
                switch state {
                case .holds: nil
                case .undecided: "not enough is recorded; leave --strict out to see it among the possible records"
                case .fails where filter.negated: "the record has what the filter excludes"
                case .fails:
                    recorded.first.map { "ask for \(filter.facet.rawValue): \($0.term.label)" } ?? "drop the filter"
                }
            return WhyNot.Verdict(condition: filter.name, state: state, recorded: recorded, remedy: remedy)
        }
    }

    private func rangeVerdicts(
        on stored: StoredRecord, plan: Plan, _ conditions: Conditions
    ) -> [WhyNot.Verdict] {
        zip(plan.ranges, conditions.ranges).map { range, condition in
            let state = WhyNot.state(of: stored.row, condition)
            let known = stored.record.quantities.first { $0.field == range.field }.map {
                Plan.Range(
                    field: range.field, min: .init($0.min, of: range.field), max: .init($0.max, of: range.field),
                    words: range.words)
            }
            return WhyNot.Verdict(
                condition: range.name, state: state, recorded: [],
                remedy: state == .holds ? nil : known.map { "it is \($0.name)" } ?? "not recorded")
        }
    }

    /// Of a record on which nothing fails and that is no answer all the same.
    private func jointVerdict(of plan: Plan) -> WhyNot.Verdict {
        let isScoped = plan.filters.contains { $0.scope != nil }
        return WhyNot.Verdict(
            condition: isScoped ? "filters of one act hold together" : "words or meaning of the question",
            state: .fails, recorded: [],
            remedy: isScoped
                ? "each holds, but of different procedures" : "no word of the question occurs, and it is not close")
    }

    /// One record by its id, or by a native id that only one record has.
    package func record(named name: String) throws(SearchError) -> StoredRecord {
        let rows = try rows(named: name)
        let stored = try records(rows: Array(rows.prefix(10)))
        guard stored.count <= 1 else {
            throw SearchError(
                .noRecord, "several records are called '\(name)'",
                suggestions: stored.map { $0.record.id.description })
        }
        guard let first = stored.first else {
            throw SearchError(.noRecord, "there is no record '\(name)' in the index")
        }
        return first
    }
}

extension WhyNot {
    fileprivate static func state(of row: Int, _ condition: Matcher.Condition) -> State {
        condition.holds.contains(row) ? .holds : condition.unknown.contains(row) ? .undecided : .fails
    }
}

extension Plan.Bound {
    init(_ value: Double, of field: RangeField) {
        self = field.isDate ? .day(Int(value)) : .number(value)
    }
}

extension Explainer {
    /// What a record says of a facet, best evidence first.
    func recorded(_ facet: Facet, in stored: StoredRecord) -> [Hit.Reason] {
        stored.tags.filter { $0.facet == facet }.sorted { $0.evidence.kind < $1.evidence.kind }
            .map { reason($0, in: stored) }
    }
}
