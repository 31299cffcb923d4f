package import Planner
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
        /// Preferred where the condition keeps no record out; else nil.
        package var weight: Plan.Weight?
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
        verdicts += nameVerdicts(on: stored, plan: request.plan, ranking.conditions)
        verdicts += filterVerdicts(on: stored, plan: request.plan, ranking)
        verdicts += rangeVerdicts(on: stored, plan: request.plan, ranking.conditions)
        if tier == nil, verdicts.allSatisfy({ $0.state != .fails || $0.weight == .preferred }) {
            verdicts.append(jointVerdict(on: stored.row, plan: request.plan, ranking.conditions))
        }
        return WhyNot(id: stored.record.id, title: stored.record.title, tier: tier, verdicts: verdicts)
    }

    /// Whether the record is one that the plan names, and is not the one that others shall be like.
    private func nameVerdicts(on stored: StoredRecord, plan: Plan, _ conditions: Conditions) -> [WhyNot.Verdict] {
        var verdicts: [WhyNot.Verdict] = []
        if let rows = conditions.named.rows {
            let isNamed = rows.contains(stored.row)
            verdicts.append(
                WhyNot.Verdict(
                    condition: plan.recordsName, state: isNamed ? .holds : .fails, recorded: [],
                    remedy: isNamed ? nil : "the question names other records: leave their names out"))
        }
        if let others = conditions.named.others {
            let isOther = others.contains(stored.row)
            let isItself = conditions.named.model == stored.row
            verdicts.append(
                WhyNot.Verdict(
                    condition: plan.likeName, state: isOther ? .holds : .fails, recorded: [],
                    remedy: isOther
                        ? nil
                        : isItself ? "it is the record that others shall be like" : "the index holds no such record"))
        }
        return verdicts
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
        let conditions = ranking.conditions
        let explainer = Explainer(conditions: conditions, vocabulary: vocabulary)
        var verdicts: [(place: Int, verdict: WhyNot.Verdict)] = []
        for place in conditions.logic.required {
            verdicts.append((place, verdict(on: stored, filter: place, conditions, explainer)))
        }
        for alternation in conditions.logic.alternations {
            verdicts.append((alternation.choices[0][0], verdict(on: stored, alternation, conditions, explainer)))
        }
        for wish in conditions.logic.wishes {
            guard case .filters(let choices) = wish else { continue }
            for place in choices.joined() {
                verdicts.append((place, verdict(on: stored, filter: place, conditions, explainer)))
            }
        }
        return verdicts.sorted { $0.place < $1.place }.map(\.verdict)
    }

    private func verdict(
        on stored: StoredRecord, filter place: Int, _ conditions: Conditions, _ explainer: Explainer
    ) -> WhyNot.Verdict {
        let filter = conditions.plan.filters[place]
        let state = WhyNot.state(of: stored.row, conditions.single[place])
        let holding = state == .holds ? explainer.reason(for: place, in: stored) : nil
        let recorded = holding.map { [$0] } ?? Array(explainer.recorded(filter.facet, in: stored).prefix(5))
        let remedy: String? =
            switch state {
            case .holds: nil
            case _ where filter.weight == .preferred: "it is only preferred, and keeps no record out"
            case .undecided: "not enough is recorded; leave --strict out to see it among the possible records"
            case .fails where filter.negated: "the record has what the filter excludes"
            case .fails:
                recorded.first.map { "ask for \(filter.facet.rawValue): \($0.term.label)" } ?? "drop the filter"
            }
        return WhyNot.Verdict(
            condition: filter.name, state: state, recorded: recorded, remedy: remedy, weight: filter.weight.ifPreferred)
    }

    /// Of alternatives: whether one of them holds.
    private func verdict(
        on stored: StoredRecord, _ alternation: PlanLogic.Alternation, _ conditions: Conditions, _ explainer: Explainer
    ) -> WhyNot.Verdict {
        let joints = alternation.choices.map { conditions.joint(ofChoice: $0) }
        let state: WhyNot.State =
            joints.contains { $0.holds.contains(stored.row) }
            ? .holds : joints.contains { $0.notFailing.contains(stored.row) } ? .undecided : .fails
        let best = explainer.choices(of: alternation, for: stored.row)
        let facets = alternation.choices.joined().map { conditions.plan.filters[$0].facet }
        let recorded =
            state == .fails
            ? Set(facets).sorted { $0.rawValue < $1.rawValue }.flatMap {
                explainer.recorded($0, in: stored).prefix(2)
            } : best.compactMap { explainer.reason(for: $0, in: stored) }
        let remedy: String? =
            switch state {
            case .holds: nil
            case .undecided: "not enough is recorded; leave --strict out to see it among the possible records"
            case .fails: "none of the alternatives holds as a whole"
            }
        return WhyNot.Verdict(
            condition: conditions.plan.name(of: alternation.choices), state: state, recorded: recorded, remedy: remedy)
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
                remedy: state == .holds ? nil : known.map { "it is \($0.name)" } ?? "not recorded",
                weight: range.weight.ifPreferred)
        }
    }

    /// Of a record on which nothing fails and that is no answer all the same.
    private func jointVerdict(on row: Int, plan: Plan, _ conditions: Conditions) -> WhyNot.Verdict {
        if !plan.apart.isEmpty, conditions.evaluate(without: .apart).listed.contains(row) {
            return WhyNot.Verdict(
                condition: plan.apartName, state: .fails, recorded: [],
                remedy: "each holds, but only of one and the same part")
        }
        let isScoped = plan.filters.contains { $0.scope != nil && $0.weight == .required }
        return WhyNot.Verdict(
            condition: isScoped ? "filters of one act hold together" : "words or meaning of the question",
            state: .fails, recorded: [],
            remedy: isScoped
                ? "each holds, but of different procedures" : "no word of the question occurs, and it is not close")
    }

    /// One record by its id, by a native id that only one record has, or by any other name that a plan may hold.
    package func record(named name: String) throws(SearchError) -> StoredRecord {
        var rows = try rows(named: name)
        if rows.isEmpty, RecordID(name) == nil { rows = try self.rows(meantBy: name) }
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

extension Plan.Weight {
    /// Preferred, which is told; nil for what is usual.
    var ifPreferred: Plan.Weight? { self == .preferred ? self : nil }
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
