package import Planner

/// How the conditions of a plan are joined: what must hold, of which alternatives one must hold, what is only wished
/// for.
struct PlanLogic {
    /// Alternatives of which one must hold: each the places of filters that hold together.
    struct Alternation: Hashable {
        let number: Int
        var choices: [[Int]]
    }

    /// Something preferred.
    enum Wish: Hashable {
        /// Filters, as alternatives; of most wishes one filter.
        case filters([[Int]])
        case range(Int)
    }

    /// Filters that must hold, whatever else.
    private(set) var required: [Int] = []
    private(set) var alternations: [Alternation] = []
    /// Ranges that must hold.
    private(set) var ranges: [Int] = []
    private(set) var wishes: [Wish] = []
    /// Scopes that must hold of different parts.
    private(set) var apart: [(Int, Int)] = []
    private let scopes: [Int?]

    /// Most conjunctions that alternations which share a part become; beyond that, each is held against the rest of the
    /// plan alone.
    static let mostConjunctions = 64

    init(_ plan: Plan) {
        scopes = plan.filters.map { $0.negated ? nil : $0.scope }
        var wished: [Alternation] = []
        for (place, filter) in plan.filters.enumerated() {
            switch (filter.either, filter.weight) {
            case (nil, .required): required.append(place)
            case (nil, .preferred): wishes.append(.filters([[place]]))
            case (let either?, .required): Self.add(place, of: filter, to: &alternations, either)
            case (let either?, .preferred): Self.add(place, of: filter, to: &wished, either)
            }
        }
        func split(_ alternation: Alternation) -> Alternation {
            Alternation(number: alternation.number, choices: plan.choices(among: alternation.choices.flatMap(\.self)))
        }
        alternations = alternations.map(split)
        wishes += wished.map { .filters(split($0).choices) }
        for (place, range) in plan.ranges.enumerated() {
            if range.weight == .required { ranges.append(place) } else { wishes.append(.range(place)) }
        }
        for pair in plan.apart where pair.count == 2 && pair[0] != pair[1] { apart.append((pair[0], pair[1])) }
    }

    private static func add(_ place: Int, of filter: Plan.Filter, to list: inout [Alternation], _ number: Int) {
        if let known = list.firstIndex(where: { $0.number == number }) {
            list[known].choices.append([place])
        } else {
            list.append(Alternation(number: number, choices: [[place]]))
        }
    }

    /// The same without one condition.
    func without(_ piece: Conditions.Piece?) -> PlanLogic {
        var result = self
        switch piece {
        case .filter(let place)?: result.required.removeAll { $0 == place }
        case .alternation(let place)?: result.alternations.remove(at: place)
        case .range(let place)?: result.ranges.removeAll { $0 == place }
        case .apart?: result.apart = []
        case .records?, .like?, nil: break
        }
        return result
    }

    /// Conjunctions of filters, as alternatives; all components hold.
    typealias Component = [[Int]]

    /// The plan as a conjunction of disjunctions of conjunctions.  Alternatives that share a part with other filters
    /// are written out, each with these; the others stay apart, so that the number grows with their sum and not with
    /// their product.
    var components: [Component] {
        var common = required
        var result: [Component] = []
        var rest = alternations
        while let first = rest.first {
            rest.removeFirst()
            var linked = [first]
            var reach = reachable(from: first.choices.flatMap(\.self))
            while let next = rest.firstIndex(where: { meets($0.choices, reach) }) {
                let other = rest.remove(at: next)
                linked.append(other)
                reach = reachable(from: linked.flatMap { $0.choices.flatMap(\.self) })
            }
            let shared = common.filter { scopes[$0].map(reach.contains) ?? false }
            let count = linked.reduce(1) { min($0 * $1.choices.count, Self.mostConjunctions + 1) }
            if count > Self.mostConjunctions {
                result += linked.map { $0.choices.map { $0 + shared } }
                continue
            }
            common.removeAll { shared.contains($0) }
            result.append(
                linked.reduce([shared]) { all, next in all.flatMap { one in next.choices.map { one + $0 } } })
        }
        return [[common]] + result
    }

    /// The scopes of filters, and those that must differ from these, and from those in turn.
    private func reachable(from places: [Int]) -> Set<Int> {
        var reach = Set(places.compactMap { scopes[$0] })
        var grows = true
        while grows {
            grows = false
            for (one, other) in apart where reach.contains(one) != reach.contains(other) {
                reach.formUnion([one, other])
                grows = true
            }
        }
        return reach
    }

    /// Required filters that hold of the same parts as others.
    func bound(to places: [Int]) -> [Int] {
        let own = Set(places.compactMap { scopes[$0] })
        return required.filter { place in scopes[place].map(own.contains) ?? false && !places.contains(place) }
    }

    private func meets(_ choices: [[Int]], _ reach: Set<Int>) -> Bool {
        choices.joined().contains { scopes[$0].map(reach.contains) ?? false }
    }
}

extension Plan {
    /// Whether something of the plan decides what matches, so that its words only rank: a required filter or range, or
    /// the name of a record.
    package var narrows: Bool {
        !records.isEmpty || like != nil || filters.contains { $0.weight == .required }
            || ranges.contains { $0.weight == .required }
    }

    /// Whether something is only preferred.
    package var prefers: Bool {
        filters.contains { $0.weight == .preferred } || ranges.contains { $0.weight == .preferred }
    }
}

/// Where a filter stands among the alternatives of its alternation.
package enum PlaceAmongAlternatives: Sendable, Hashable {
    /// In the first alternative, or a later one, as its first filter.
    case either
    case or
    /// As a further filter of an alternative.
    case and
}

extension Plan {
    /// The filters in the order in which a plan is shown, those of an alternation together, each with its place there;
    /// nil for a filter outside of any.
    package var orderShown: [(filter: Int, place: PlaceAmongAlternatives?)] {
        var shown: [(filter: Int, place: PlaceAmongAlternatives?)] = []
        var alternations: Set<Int> = []
        for (index, filter) in filters.enumerated() {
            guard let either = filter.either else {
                shown.append((index, nil))
                continue
            }
            guard alternations.insert(either).inserted else { continue }
            let choices = choices(among: filters.indices.filter { filters[$0].either == either })
            for (number, choice) in choices.enumerated() {
                for (position, filter) in choice.enumerated() {
                    shown.append((filter, choices.count < 2 ? nil : position > 0 ? .and : number == 0 ? .either : .or))
                }
            }
        }
        return shown
    }

    /// Of what a hit fulfils of what is preferred, the ranges: filters are told among the reasons.
    package func rangesPreferred(among names: [String]?) -> [String] {
        ranges.filter { $0.weight == .preferred }.map(\.name).filter { names?.contains($0) ?? false }
    }

    /// Filters of the part that must differ from that of a filter.
    package func filtersApart(from index: Int) -> [Filter] {
        guard let scope = filters[index].scope else { return [] }
        let others = Set(apart.filter { $0.contains(scope) }.joined()).subtracting([scope])
        return filters.filter { $0.scope.map(others.contains) ?? false }
    }
}
