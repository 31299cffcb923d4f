import Planner
import Records
import Store

/// What the filters of one scope say of every part.
struct ScopeOutcome {
    /// All of them hold.
    let holds: Bitset
    /// None fails, and at least one holds or comes near.
    let telling: Bitset
    /// What they say of the records.
    let condition: Matcher.Condition
}

extension Matcher {
    /// Filters that must hold of one part.
    func outcome(ofScope outcomes: [Outcome], facets scoped: [Facet]) -> ScopeOutcome {
        var all = Bitset(all: facets.partCount)
        var undecided = all
        var telling = Bitset(capacity: facets.partCount)
        var recordedAnywhere = Bitset(capacity: facets.recordCount)
        for outcome in outcomes {
            all &= outcome.holds
            undecided &= outcome.holds | outcome.near | !outcome.recorded
            telling |= outcome.holds | outcome.near
            recordedAnywhere |= outcome.recordedRecords
        }
        telling &= undecided
        let holds = records(of: all)
        let near = records(of: telling) - holds
        let unknown = (near | !recordedAnywhere) - holds
        let isOpen = scoped.allSatisfy { $0.descriptor.traits.contains(.openEnded) }
        return ScopeOutcome(
            holds: all, telling: telling,
            condition: Condition(
                holds: holds, unknown: unknown, near: near,
                open: isOpen ? datasets - holds - unknown : Bitset(capacity: facets.recordCount)))
    }

    /// Scopes of which some must hold of different parts.
    ///
    /// What is said of a record as a whole is said of no part that could be told from another: it leaves undecided
    /// whether parts differ.
    ///
    /// - Parameter pairs: which of the scopes differ, by their places in the list.
    func condition(apart scopes: [ScopeOutcome], pairs: [(Int, Int)]) -> Condition {
        var holds = Bitset(all: facets.recordCount)
        var open = holds
        var wide = holds
        var near = Bitset(capacity: facets.recordCount)
        for scope in scopes {
            holds &= scope.condition.holds
            open &= scope.condition.holds | scope.condition.unknown
            wide &= scope.condition.holds | scope.condition.unknown | scope.condition.open
            near |= scope.condition.holds | scope.condition.near
        }
        let claimed = holds
        var undecided = Bitset(capacity: facets.recordCount)
        open.forEach { record in
            let parts = facets.partRange(ofRecord: record)
            let own = parts.dropFirst()
            let certain = scopes.map { scope in own.filter { scope.holds.contains($0) } }
            if claimed.contains(record), PartAssignment(certain, pairs: pairs).exists == true { return }
            holds.remove(record)
            let possible = scopes.map { scope -> [Int]? in
                // Nothing is known of the parts, or only of the whole: it may be any of them.
                if scope.telling.contains(parts.lowerBound) { return nil }
                let found = own.filter { scope.telling.contains($0) }
                return found.isEmpty ? nil : found
            }
            if PartAssignment(possible, pairs: pairs).exists ?? true { undecided.insert(record) }
        }
        return Condition(holds: holds, unknown: undecided, near: undecided & near, open: wide - open)
    }
}

/// Parts for scopes, so that those of a pair differ: a colouring of a small graph, each node with colours of its own.
struct PartAssignment {
    /// The parts a scope may be of; nil where it may be of any, so that it meets none.
    private var choices: [[Int]?]
    private var neighbors: [Set<Int>]
    /// Steps after which the search gives up: plans ask for a handful of parts, and a record has few.
    private static let mostSteps = 10_000

    init(_ choices: [[Int]?], pairs: [(Int, Int)]) {
        self.choices = choices
        neighbors = [Set<Int>](repeating: [], count: choices.count)
        for (one, other) in pairs where one != other {
            neighbors[one].insert(other)
            neighbors[other].insert(one)
        }
    }

    /// Whether there is such an assignment; nil where the search gives up.
    var exists: Bool? {
        if choices.contains(where: { $0?.isEmpty == true }) { return false }
        // A scope with more parts than neighbours can always be given one at the end.
        var left = Set(choices.indices.filter { choices[$0] != nil })
        while let free = left.first(where: { neighbors[$0].intersection(left).count < choices[$0]?.count ?? 0 }) {
            left.remove(free)
        }
        var steps = 0
        var given: [Int: Int] = [:]
        return assign(
            left.sorted { (choices[$0]?.count ?? 0, $0) < (choices[$1]?.count ?? 0, $1) }[...], &given, &steps)
    }

    private func assign(_ scopes: ArraySlice<Int>, _ given: inout [Int: Int], _ steps: inout Int) -> Bool? {
        guard let scope = scopes.first else { return true }
        for part in choices[scope] ?? [] where !neighbors[scope].contains(where: { given[$0] == part }) {
            steps += 1
            if steps > Self.mostSteps { return nil }
            given[scope] = part
            let found = assign(scopes.dropFirst(), &given, &steps)
            if found != false { return found }
            given[scope] = nil
        }
        return false
    }
}
