import Planner
import Records
import Store
import Vocabulary

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
    let conditions: Conditions
    private let facets: Set<Facet>
    /// What each choice of each alternation says of the records.
    private let alternatives: [Int: [Joint]]
    /// Names of the wishes and the records that fulfil them; nil where nothing is preferred.
    private let fulfilled: [(name: String, records: Bitset)]?
    /// Filters of which it is explained that they are preferred, with the records where that is so.
    private let preferred: [Int: Bitset]

    var plan: Plan { conditions.plan }

    init(conditions: Conditions, vocabulary: Vocabulary) {
        let (plan, matcher) = (conditions.plan, conditions.matcher)
        self.conditions = conditions
        terms = matcher.facets.terms
        // Persons and laboratories fulfil each other's filters.
        let asked = Set(plan.filters.map(\.facet))
        let people = Facet.allCases.filter(\.descriptor.namesPeople)
        facets = asked.union(asked.isDisjoint(with: people) ? [] : people)
        targets = plan.filters.map { filter in
            let expansion = matcher.expansion(of: filter)
            return Target(
                filter: filter, holds: expansion, above: matcher.ancestors(of: filter).subtracting(expansion))
        }
        alternatives = Dictionary(
            conditions.logic.alternations.map { ($0.number, $0.choices.map { conditions.joint(ofChoice: $0) }) },
            uniquingKeysWith: { first, _ in first })
        var preferred: [Int: Bitset] = [:]
        var fulfilled: [(name: String, records: Bitset)] = []
        for wish in conditions.logic.wishes {
            let (full, half) = conditions.fulfilment(of: wish)
            switch wish {
            case .range(let place): fulfilled.append((plan.ranges[place].name, full))
            case .filters(let choices):
                fulfilled.append((plan.name(of: choices), full))
                for place in choices.joined() { preferred[place] = full | half }
            }
        }
        self.preferred = preferred
        self.fulfilled = conditions.logic.wishes.isEmpty ? nil : fulfilled
    }

    /// The wishes that a record fulfils; nil where nothing is preferred.
    func wishes(of row: Int) -> [String]? {
        fulfilled.map { $0.filter { $0.records.contains(row) }.map(\.name) }
    }

    /// The filters of the choices of an alternation that hold of a record; where none does, of the first that does not
    /// fail.
    func choices(of alternation: PlanLogic.Alternation, for row: Int) -> [Int] {
        let joints = alternatives[alternation.number] ?? []
        let holding = zip(alternation.choices, joints).filter { $0.1.holds.contains(row) }
        if !holding.isEmpty { return holding.flatMap(\.0) }
        return zip(alternation.choices, joints).first { $0.1.notFailing.contains(row) }?.0 ?? []
    }

    /// The filters that say something of a record: the required ones, those of the alternatives that hold, and what is
    /// preferred where it holds or comes near.
    private func telling(of row: Int) -> [Int] {
        let chosen = Set(conditions.logic.alternations.flatMap { choices(of: $0, for: row) })
        let required = Set(conditions.logic.required)
        return targets.indices.filter { place in
            required.contains(place) || chosen.contains(place) || preferred[place]?.contains(row) ?? false
        }
    }

    /// One entry a filter: the tag with the best evidence; for filters of one scope the tags of one part.
    func reasons(for stored: StoredRecord) -> [Hit.Reason] {
        let tagged = tagged(stored)
        return telling(of: stored.row).compactMap { reason(for: $0, in: stored, tagged) }
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
        var found = unweighted(for: index, in: stored, tagged)
        found?.weight = targets[index].filter.weight.ifPreferred
        return found
    }

    private func unweighted(for index: Int, in stored: StoredRecord, _ tagged: [Tagged]) -> Hit.Reason? {
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
        if let tag = best(target.holds) {
            var found = reason(tag, in: stored)
            // What does not decide the filter is a hint: a name in the text beside a stated value.
            if tag.evidence.kind.isFromText, !conditions.single[index].holds.contains(stored.row) {
                found.evidence.kind = .hinted
            }
            return found
        }
        return best(target.above).map { reason($0, in: stored, broader: true) }
    }

    /// Whether a tag is said of a part that plays a role; what is said of the whole is said of every part.
    private func plays(_ role: Part.Role?, _ tag: Tag, in stored: StoredRecord) -> Bool {
        guard let role, let part = tag.part else { return true }
        return stored.record.parts.indices.contains(part) && stored.record.parts[part].role == role
    }

    /// Why a possible record is no match.
    func gaps(of row: Int) -> [Hit.Gap] {
        let logic = conditions.logic
        var gaps: [Hit.Gap] = []
        let chosen = logic.alternations.flatMap { choices(of: $0, for: row) }
        for place in (logic.required + chosen).sorted() where !conditions.single[place].holds.contains(row) {
            let condition = conditions.single[place]
            gaps.append(
                .init(
                    field: plan.filters[place].facet.rawValue,
                    reason: condition.near.contains(row)
                        ? "known only broader or from its text"
                        : condition.open.contains(row)
                            ? "only others are named, and the list need not be whole" : "not recorded"))
        }
        for place in logic.ranges where !conditions.ranges[place].holds.contains(row) {
            gaps.append(.init(field: plan.ranges[place].field.rawValue, reason: "not recorded"))
        }
        if gaps.isEmpty, plan.filters.contains(where: { $0.scope != nil && $0.weight == .required }) {
            let isOfOnePart = conditions.conjunction(of: logic.required, apart: []).holds.contains(row)
            gaps.append(
                isOfOnePart && !logic.apart.isEmpty
                    ? .init(field: "different parts", reason: "recorded, but not of parts that are known to differ")
                    : .init(field: "same part", reason: "recorded, but not of one and the same procedure"))
        }
        return gaps
    }

    /// For each scope, the part whose tags fulfil most of its filters; nil inside for the record as a whole.  Scopes
    /// that must differ get different parts where there are.
    private func parts(of tagged: [Tagged]) -> [Int: Int?] {
        var result: [Int: Int?] = [:]
        let scopes = Dictionary(grouping: targets.filter { $0.filter.scope != nil && !$0.filter.negated }) {
            $0.filter.scope ?? 0
        }
        for (scope, targets) in scopes.sorted(by: { $0.key < $1.key }) {
            var found: [Int: Set<Int>] = [:]
            for (index, target) in targets.enumerated() {
                for (tag, term) in tagged where target.holds.contains(term) {
                    found[tag.part ?? -1, default: []].insert(index)
                }
            }
            let taken = Set(
                conditions.logic.apart.compactMap { one, other -> Int? in
                    let partner = one == scope ? other : other == scope ? one : nil
                    return partner.flatMap { result[$0] }.flatMap(\.self)
                })
            let best = found.max {
                ($0.value.count, taken.contains($0.key) ? 0 : 1, -$0.key)
                    < ($1.value.count, taken.contains($1.key) ? 0 : 1, -$1.key)
            }
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
