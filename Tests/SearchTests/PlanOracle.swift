import Planner
import Records
import Store
import Vocabulary

/// What a plan says of a record, told slowly and plainly: every combination of alternatives for itself, every part for
/// itself, every assignment of parts tried.
struct PlanOracle {
    let vocabulary: Vocabulary
    let plan: Plan
    /// Ids of the records that the plan names; nil where it names none.
    var named: Set<String>?

    enum Answer: Int, Comparable {
        case fails, possible, holds
        static func < (one: Answer, other: Answer) -> Bool { one.rawValue < other.rawValue }
    }

    /// What the plan says of a record but for the kind of record.
    func answer(on record: StoredRecord) -> Answer {
        if let named, !named.contains(record.record.id.description) { return .fails }
        return combinations.map { answer(on: record, filters: $0) }.max() ?? .fails
    }

    /// Every choice of alternatives with the filters that hold in any case.
    private var combinations: [[Plan.Filter]] {
        let required = plan.filters.filter { $0.weight == .required }
        var combinations = [required.filter { $0.either == nil }]
        for either in Set(required.compactMap(\.either)).sorted() {
            let members = required.filter { $0.either == either }
            let choices =
                members.filter { $0.choice == nil }.map { [$0] }
                + Set(members.compactMap(\.choice)).map { choice in members.filter { $0.choice == choice } }
            combinations = combinations.flatMap { known in choices.map { known + $0 } }
        }
        return combinations
    }

    private func answer(on stored: StoredRecord, filters: [Plan.Filter]) -> Answer {
        // What each condition says: holds, undecided, only others named, or fails.
        var says: [Saying] = []
        var knows = named != nil
        var scopes: [Int: [Plan.Filter]] = [:]
        for filter in filters {
            if !filter.negated {
                knows = knows || parts(of: stored).contains { [.holds, .near].contains(at($0, stored, filter)) }
                if let scope = filter.scope {
                    scopes[scope, default: []].append(filter)
                    continue
                }
            }
            says.append(saying(of: stored, filter))
        }
        let pairs = plan.apart.filter { pair in pair[0] != pair[1] && pair.allSatisfy { scopes[$0] != nil } }
        let paired = Set(pairs.joined())
        for (scope, filters) in scopes where !paired.contains(scope) { says.append(saying(of: stored, scope: filters)) }
        if !paired.isEmpty { says.append(saying(of: stored, apart: scopes.filter { paired.contains($0.key) }, pairs)) }
        for range in plan.ranges where range.weight == .required {
            let known = stored.record.quantities.filter { $0.field == range.field }
            let holds = known.contains {
                $0.max >= range.min?.value ?? -.infinity && $0.min <= range.max?.value ?? .infinity
            }
            knows = knows || holds
            says.append(holds ? .holds : known.isEmpty ? .undecided : .fails)
        }
        if says.contains(.fails) { return .fails }
        if says.allSatisfy({ $0 == .holds }) { return .holds }
        return says.contains(.othersNamed) && !knows ? .fails : .possible
    }

    private enum Saying { case holds, undecided, othersNamed, fails }

    /// What a part says of a filter.
    private enum Near { case holds, near, nothing, otherwise }

    /// The record as a whole, which is nil, and its parts.
    private func parts(of stored: StoredRecord) -> [Int?] { [nil] + stored.record.parts.indices.map { $0 } }

    private func at(_ part: Int?, _ stored: StoredRecord, _ filter: Plan.Filter) -> Near {
        if let role = filter.role, let part, stored.record.parts[part].role != role { return .nothing }
        let values = Set(filter.anyOf.compactMap { vocabulary.number(of: $0.id) })
        let within = Set(values.flatMap { vocabulary.descendants(of: $0) })
        let above = Set(values.flatMap { vocabulary.wider(than: $0) })
        let terms = stored.tags.filter { $0.part == part && $0.facet == filter.facet }
        let numbers = terms.compactMap { vocabulary.number(of: $0.term) }
        if numbers.contains(where: within.contains) { return .holds }
        if numbers.contains(where: above.contains) { return .near }
        return terms.isEmpty ? .nothing : .otherwise
    }

    private func isOpen(_ stored: StoredRecord, _ filters: [Plan.Filter]) -> Bool {
        stored.record.id.type == .dataset
            && filters.allSatisfy { $0.facet.descriptor.traits.contains(.openEnded) }
    }

    private func saying(of stored: StoredRecord, _ filter: Plan.Filter) -> Saying {
        let all = parts(of: stored).map { at($0, stored, filter) }
        let (holds, near) = (all.contains(.holds), all.contains(.near))
        let isRecorded = all.contains { $0 != .nothing }
        if filter.negated { return holds ? .fails : near || !isRecorded ? .undecided : .holds }
        if holds { return .holds }
        return near || !isRecorded ? .undecided : isOpen(stored, [filter]) ? .othersNamed : .fails
    }

    /// Parts where all of a scope hold, and where none fails and one tells something.
    private func fitting(_ stored: StoredRecord, _ scope: [Plan.Filter]) -> (holds: [Int?], telling: [Int?]) {
        let all = parts(of: stored)
        return (
            all.filter { part in scope.allSatisfy { at(part, stored, $0) == .holds } },
            all.filter { part in
                let says = scope.map { at(part, stored, $0) }
                return !says.contains(.otherwise) && says.contains { $0 != .nothing }
            }
        )
    }

    private func saying(of stored: StoredRecord, scope: [Plan.Filter]) -> Saying {
        let (holds, telling) = fitting(stored, scope)
        if !holds.isEmpty { return .holds }
        let isRecorded = parts(of: stored).contains { part in scope.contains { at(part, stored, $0) != .nothing } }
        return !telling.isEmpty || !isRecorded ? .undecided : isOpen(stored, scope) ? .othersNamed : .fails
    }

    private func saying(of stored: StoredRecord, apart scopes: [Int: [Plan.Filter]], _ pairs: [[Int]]) -> Saying {
        let names = scopes.keys.sorted()
        let says = names.map { saying(of: stored, scope: scopes[$0] ?? []) }
        if says.contains(.fails) { return .fails }
        if says.contains(.othersNamed) { return .othersNamed }
        func exists(_ choices: [[Int?]]) -> Bool {
            var given: [Int: Int?] = [:]
            func assign(_ place: Int) -> Bool {
                guard place < names.count else {
                    return pairs.allSatisfy { pair in
                        // The record as a whole may be any part.
                        guard let one = given[pair[0]] ?? nil, let other = given[pair[1]] ?? nil else { return true }
                        return one != other
                    }
                }
                return choices[place].contains { part in
                    given[names[place]] = .some(part)
                    return assign(place + 1)
                }
            }
            return assign(0)
        }
        let fits = names.map { fitting(stored, scopes[$0] ?? []) }
        if says.allSatisfy({ $0 == .holds }), exists(fits.map { $0.holds.filter { $0 != nil } }) { return .holds }
        return exists(fits.map { $0.telling.isEmpty ? [nil] : $0.telling }) ? .undecided : .fails
    }
}
