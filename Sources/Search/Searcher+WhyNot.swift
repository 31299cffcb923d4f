import Planner
package import Records
package import Store

/// Why one record is, or is not, an answer to a question.
package struct WhyNot: Codable, Sendable {
    package enum State: String, Codable, Sendable, Hashable {
        case holds, fails
        /// The record does not tell.
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
        let matcher = try self.matcher(statedOnly: request.statedOnly)
        let conditions = try Conditions(plan: request.plan, matcher: matcher, deadline: request.deadline)
        var clock = StageClock(planMs: 0)
        var warnings: [Plan.Warning] = []
        let evaluation = try rank(request, clock: &clock, warnings: &warnings).evaluation
        let explainer = Explainer(plan: request.plan, matcher: matcher, vocabulary: vocabulary)
        let row = stored.row
        var verdicts: [WhyNot.Verdict] = []
        if let target = request.plan.target {
            let type = stored.record.id.type
            verdicts.append(
                .init(
                    condition: "type: \(target.rawValue)", state: type == target ? .holds : .fails, recorded: [],
                    remedy: type == target ? nil : "it is a \(type.rawValue); ask with --type \(type.rawValue)"))
        }
        for (index, (filter, condition)) in zip(request.plan.filters, conditions.single).enumerated() {
            let state = WhyNot.state(of: row, condition)
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
            verdicts.append(.init(condition: filter.name, state: state, recorded: recorded, remedy: remedy))
        }
        for (range, condition) in zip(request.plan.ranges, conditions.ranges) {
            let values = stored.record.quantities.filter { $0.field == range.field }
            let state = WhyNot.state(of: row, condition)
            verdicts.append(
                .init(
                    condition: range.name, state: state, recorded: [],
                    remedy: state == .holds
                        ? nil
                        : values.first.map {
                            "it is "
                                + Plan.Range(
                                    field: range.field, min: .init($0.min, of: range.field),
                                    max: .init($0.max, of: range.field), words: range.words
                                ).name
                        } ?? "not recorded"))
        }
        let tier: Hit.Tier? =
            evaluation.matches.contains(row) ? .match : evaluation.possible.contains(row) ? .possible : nil
        if tier == nil, verdicts.allSatisfy({ $0.state != .fails }) {
            let isScoped = request.plan.filters.contains { $0.scope != nil }
            verdicts.append(
                .init(
                    condition: isScoped ? "filters of one act hold together" : "words or meaning of the question",
                    state: .fails, recorded: [],
                    remedy: isScoped
                        ? "each holds, but of different procedures"
                        : "no word of the question occurs, and it is not close"))
        }
        return WhyNot(id: stored.record.id, title: stored.record.title, tier: tier, verdicts: verdicts)
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
