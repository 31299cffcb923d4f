import Planner
import Records
import Store

/// The records of one generation sorted by what a plan says of them: the one matched set, and the possible tier.
struct Evaluation {
    /// Every condition holds.
    let matches: Bitset
    /// No condition fails, at least one is undecided; or all hold and only the kind of record is another.
    let possible: Bitset
    /// Of the possible, those that fulfil every condition but the kind of record.
    let otherType: Bitset
    /// Of the possible, those that state another value of what is asked.
    let differs: Bitset
    /// No record of the requested type matched, so other types are listed.
    let isTargetReplaced: Bool

    /// All that may be listed.
    var listed: Bitset { matches | possible }
}

/// A plan split into conditions, computed once, joined as often as needed: with all of them for the search, without one
/// for the help when nothing is found.
struct Conditions {
    let matcher: Matcher
    let plan: Plan
    let logic: PlanLogic
    private(set) var outcomes: [Matcher.Outcome]
    /// Each filter on its own, scope ignored; counts what a possible record satisfies.
    private(set) var single: [Matcher.Condition]
    let ranges: [Matcher.Condition]
    /// The records that the plan names.
    let named: NamedRecords
    private let target: Bitset?

    /// A condition that can be left out of a plan.
    enum Piece: Hashable {
        case filter(Int)
        /// By its place in ``PlanLogic/alternations``.
        case alternation(Int)
        case range(Int)
        /// That parts must differ.
        case apart
        /// The names of records.
        case records
        /// The record that others shall be like.
        case like
    }

    init(plan: Plan, named: NamedRecords, matcher: Matcher, deadline: Deadline = .none) throws(SearchError) {
        self.plan = plan
        self.named = named
        self.matcher = matcher
        logic = PlanLogic(plan)
        outcomes = try plan.filters.map { (filter) throws(SearchError) in
            try deadline.check()
            return matcher.outcome(of: filter)
        }
        single = zip(plan.filters, outcomes).map { matcher.condition(for: $1, facet: $0.facet, negated: $0.negated) }
        ranges = plan.ranges.map { matcher.condition(for: $0) }
        target = plan.target.map { matcher.sets.records(of: $0) }
    }

    /// The same plan with another value in one filter; only that filter is computed again.
    func replacing(_ index: Int, with value: Plan.Value) -> Conditions {
        var result = self
        var filter = plan.filters[index]
        filter.anyOf = [value]
        result.outcomes[index] = matcher.outcome(of: filter)
        result.single[index] = matcher.condition(
            for: result.outcomes[index], facet: filter.facet, negated: filter.negated)
        return result
    }

    /// The pieces of the plan that decide what matches, filters first.
    var pieces: [Piece] {
        logic.required.map { .filter($0) } + logic.alternations.indices.map { .alternation($0) }
            + logic.ranges.map { .range($0) } + (plan.apart.isEmpty ? [] : [.apart])
            + (plan.records.isEmpty ? [] : [.records]) + (plan.like == nil ? [] : [.like])
    }

    /// Sorts the records by all conditions but one; `within` bounds both tiers.
    func evaluate(without left: Piece? = nil, within bound: Bitset? = nil) -> Evaluation {
        let count = matcher.facets.recordCount
        var joint = Joint(within: bound ?? Bitset(all: count))
        if let rows = named.rows, left != .records { joint.join(only: rows) }
        if let others = named.others, left != .like { joint.join(within: others) }
        let logic = logic.without(left)
        for component in logic.components {
            if component.count == 1 {
                join(component[0], apart: logic.apart, to: &joint)
            } else {
                joint.join(alternatives: component.map { conjunction(of: $0, apart: logic.apart) })
            }
        }
        for range in logic.ranges { joint.join(ranges[range], tells: ranges[range].holds) }

        // A dataset that names other values only is possible when it knows of something else that is asked for.
        let holds = joint.holds
        var undecided = joint.notFailing - holds
        // Of what no record mentions, nothing speaks for a record that knows nothing else of the question.
        if !unmentioned(logic).isEmpty { undecided &= joint.knowing }
        let differs = undecided - joint.open
        guard let target else {
            return Evaluation(
                matches: holds, possible: undecided, otherType: Bitset(capacity: count), differs: differs,
                isTargetReplaced: false)
        }
        let matches = holds & target
        let ofTarget = undecided & target
        let none = Bitset(capacity: count)
        if matches.isEmpty, !holds.isEmpty || ofTarget.isEmpty {
            // Nothing of the requested type: other types are listed; their undecided ones only when it has none itself.
            return Evaluation(
                matches: holds, possible: ofTarget.isEmpty ? undecided : ofTarget, otherType: none,
                differs: ofTarget.isEmpty ? differs : differs & target,
                isTargetReplaced: !(holds | undecided | ofTarget).isEmpty)
        }
        let others = holds - target
        return Evaluation(
            matches: matches, possible: ofTarget | others, otherType: others, differs: differs & target,
            isTargetReplaced: false)
    }

    /// The required filters of which no record mentions any value, nor anything above one.
    func unmentioned(_ logic: PlanLogic) -> [Int] {
        logic.required.filter { place in
            !plan.filters[place].negated && outcomes[place].holds.isEmpty && outcomes[place].near.isEmpty
        }
    }

    /// How much of the plan a record satisfies: 1 for each filter, alternation or range that holds, a half for one that
    /// is near.
    func satisfied(by record: Int) -> Double {
        func share(of condition: Matcher.Condition) -> Double {
            condition.holds.contains(record) ? 1 : condition.near.contains(record) ? 0.5 : 0
        }
        var sum = 0.0
        for place in logic.required { sum += share(of: single[place]) }
        for alternation in logic.alternations {
            sum +=
                alternation.choices.map { choice in
                    choice.reduce(0) { $0 + share(of: single[$1]) } / Double(max(choice.count, 1))
                }.max() ?? 0
        }
        for place in logic.ranges { sum += share(of: ranges[place]) }
        return sum
    }

    /// Filters that hold together, those of one scope of one part.
    func conjunction(of places: [Int], apart pairs: [(Int, Int)]) -> Joint {
        var joint = Joint(within: Bitset(all: matcher.facets.recordCount))
        join(places, apart: pairs, to: &joint)
        return joint
    }

    /// Adds filters that hold together to what else must hold.
    private func join(_ places: [Int], apart pairs: [(Int, Int)], to joint: inout Joint) {
        var scopes: [(number: Int, places: [Int])] = []
        for place in places {
            let filter = plan.filters[place]
            guard let scope = filter.scope, !filter.negated else {
                joint.join(single[place], tells: filter.negated ? nil : single[place].known)
                continue
            }
            joint.tell(single[place].known)
            if let known = scopes.firstIndex(where: { $0.number == scope }) {
                scopes[known].places.append(place)
            } else {
                scopes.append((scope, [place]))
            }
        }
        let pairs = pairs.compactMap { one, other -> (Int, Int)? in
            guard let first = scopes.firstIndex(where: { $0.number == one }),
                let second = scopes.firstIndex(where: { $0.number == other })
            else { return nil }
            return (first, second)
        }
        let paired = Set(pairs.flatMap { [$0.0, $0.1] }).sorted()
        for (index, scope) in scopes.enumerated() where !paired.contains(index) {
            joint.join(
                scope.places.count == 1 ? single[scope.places[0]] : outcome(ofScope: scope.places).condition,
                tells: nil)
        }
        if !paired.isEmpty {
            let places = Dictionary(uniqueKeysWithValues: zip(paired, paired.indices))
            joint.join(
                matcher.condition(
                    apart: paired.map { outcome(ofScope: scopes[$0].places) },
                    pairs: pairs.map { (places[$0.0] ?? 0, places[$0.1] ?? 0) }), tells: nil)
        }
    }

    private func outcome(ofScope places: [Int]) -> ScopeOutcome {
        matcher.outcome(ofScope: places.map { outcomes[$0] }, facets: places.map { plan.filters[$0].facet })
    }
}

/// Conditions joined: what all of them say of the records together.
struct Joint {
    /// Every one holds.
    private(set) var holds: Bitset
    /// None fails.
    private(set) var open: Bitset
    /// None fails but where a dataset names other values only.
    private var wide: Bitset
    /// Some condition holds or comes near.
    private(set) var knowing: Bitset

    init(within bound: Bitset) {
        (holds, open, wide) = (bound, bound, bound)
        knowing = Bitset(capacity: bound.capacity)
    }

    /// What no condition keeps out.
    var notFailing: Bitset { open | (wide & knowing) }

    /// Records that tell something of what is asked.
    mutating func tell(_ records: Bitset) { knowing |= records }

    /// One more condition; `tells` are the records that come near it, where that counts.
    mutating func join(_ condition: Matcher.Condition, tells: Bitset?) {
        holds &= condition.holds
        open &= condition.holds | condition.unknown
        wide &= condition.holds | condition.unknown | condition.open
        if let tells { knowing |= tells }
    }

    /// Only some records, which are all that is asked for.
    mutating func join(only records: Bitset) {
        join(within: records)
        knowing |= records
    }

    /// No others than these.
    mutating func join(within records: Bitset) {
        holds &= records
        open &= records
        wide &= records
    }

    /// One of several alternatives.
    mutating func join(alternatives: [Joint]) {
        let none = Bitset(capacity: holds.capacity)
        holds &= alternatives.reduce(none) { $0 | $1.holds }
        open &= alternatives.reduce(none) { $0 | $1.open }
        wide &= alternatives.reduce(none) { $0 | $1.wide }
        // Something that another alternative asks for tells nothing of this one.
        knowing |= alternatives.reduce(none) { $0 | ($1.wide & $1.knowing) }
    }
}

extension Matcher.Condition {
    /// Where the condition holds or comes near.
    var known: Bitset { holds | near }
}
