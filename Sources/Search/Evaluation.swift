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
    /// No record of the requested type matched, so other types are listed.
    let isTargetReplaced: Bool

    /// All that may be listed.
    var listed: Bitset { matches | possible }
}

/// A plan split into conditions, computed once, joined as often as needed: with all of them for the search, without one
/// for the help when nothing is found.
struct Conditions {
    private let matcher: Matcher
    private let plan: Plan
    private var outcomes: [Matcher.Outcome]
    /// Each filter on its own, scope ignored; counts what a possible record satisfies.
    private(set) var single: [Matcher.Condition]
    let ranges: [Matcher.Condition]
    private let target: Bitset?
    /// Records that state the value, for each positive filter.
    private let stated: [Bitset]

    /// A condition that can be left out of a plan.
    enum Piece: Hashable {
        case filter(Int)
        case range(Int)
    }

    init(plan: Plan, matcher: Matcher, deadline: Deadline = .none) throws(SearchError) {
        self.plan = plan
        self.matcher = matcher
        outcomes = try plan.filters.map { (filter) throws(SearchError) in
            try deadline.check()
            return matcher.outcome(of: filter)
        }
        single = zip(plan.filters, outcomes).map { matcher.condition(for: $1, facet: $0.facet, negated: $0.negated) }
        stated = zip(plan.filters, outcomes).filter { !$0.0.negated }.map { matcher.records(of: $1.stated) }
        ranges = plan.ranges.map { matcher.condition(for: $0) }
        target = plan.target.map { matcher.sets.records(of: $0) }
    }

    /// Share of the positive filters that each record of a set fulfils by what its source states; 1 when there is none.
    func statedShares(of records: Bitset) -> [Double] {
        guard !stated.isEmpty else { return [Double](repeating: 1, count: records.count) }
        var shares: [Double] = []
        shares.reserveCapacity(records.count)
        for (index, word) in records.words.enumerated() {
            var rest = word
            while rest != 0 {
                let lowest = rest & (~rest &+ 1)
                rest ^= lowest
                var count = 0
                for set in stated where set.words[index] & lowest != 0 { count += 1 }
                shares.append(Double(count) / Double(stated.count))
            }
        }
        return shares
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

    /// The pieces of the plan, filters first.
    var pieces: [Piece] { plan.filters.indices.map { .filter($0) } + plan.ranges.indices.map { .range($0) } }

    /// Sorts the records by all conditions but one; `within` bounds both tiers.
    func evaluate(without left: Piece? = nil, within bound: Bitset? = nil) -> Evaluation {
        let count = matcher.facets.recordCount
        var holds = bound ?? Bitset(all: count)
        var open = holds
        var wide = holds
        for condition in joined(without: left) {
            holds &= condition.holds
            open &= condition.holds | condition.unknown
            wide &= condition.holds | condition.unknown | condition.open
        }
        // A dataset that names other values only is possible when it knows of something else that is asked for.
        let undecided = (open | (wide & knowing(without: left))) - holds
        guard let target else {
            return Evaluation(
                matches: holds, possible: undecided, otherType: Bitset(capacity: count), isTargetReplaced: false)
        }
        let matches = holds & target
        let ofTarget = undecided & target
        let none = Bitset(capacity: count)
        if matches.isEmpty, !holds.isEmpty || ofTarget.isEmpty {
            // Nothing of the requested type: other types are listed; their undecided ones only when it has none itself.
            return Evaluation(
                matches: holds, possible: ofTarget.isEmpty ? undecided : ofTarget, otherType: none,
                isTargetReplaced: !open.isEmpty)
        }
        let others = holds - target
        return Evaluation(
            matches: matches, possible: ofTarget | others, otherType: others, isTargetReplaced: false)
    }

    /// Records that fulfil some filter or range, or come near it.
    private func knowing(without left: Piece?) -> Bitset {
        var result = Bitset(capacity: matcher.facets.recordCount)
        for (index, filter) in plan.filters.enumerated() where left != .filter(index) && !filter.negated {
            result |= single[index].holds | single[index].near
        }
        for (index, range) in ranges.enumerated() where left != .range(index) { result |= range.holds }
        return result
    }

    /// How much of the plan a record satisfies: 1 for each filter or range that holds, a half for one that is near.
    func satisfied(by record: Int) -> Double {
        func sum(_ conditions: [Matcher.Condition]) -> Double {
            var sum = 0.0
            for condition in conditions {
                sum += condition.holds.contains(record) ? 1 : condition.near.contains(record) ? 0.5 : 0
            }
            return sum
        }
        return sum(single) + sum(ranges)
    }

    /// Conditions of the plan, those of one scope as one.
    private func joined(without left: Piece?) -> [Matcher.Condition] {
        var scopes: [Int: [Int]] = [:]
        var result: [Matcher.Condition] = []
        for (index, filter) in plan.filters.enumerated() where left != .filter(index) {
            if let scope = filter.scope, !filter.negated {
                scopes[scope, default: []].append(index)
            } else {
                result.append(single[index])
            }
        }
        for indices in scopes.values {
            result.append(
                indices.count == 1
                    ? single[indices[0]]
                    : matcher.condition(
                        forScope: indices.map { outcomes[$0] }, facets: indices.map { plan.filters[$0].facet }))
        }
        for (index, condition) in ranges.enumerated() where left != .range(index) { result.append(condition) }
        return result
    }
}
