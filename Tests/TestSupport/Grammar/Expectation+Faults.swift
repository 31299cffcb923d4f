package import Planner
import Records

/// What is wrong with a plan.
package struct Fault: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, CaseIterable {
        /// Asked for but excluded, excluded but asked for, or wished for but excluded.
        case inverted
        /// A filter on what the sentence does not ask for.
        case required
        case missed
        /// A required filter that the sentence does not speak of.
        case extra
        /// Alternatives joined by AND, or things wanted together joined by OR.
        case or
        case bond, apart, range, target
    }
    package let kind: Kind
    package let detail: String

    package init(kind: Kind, detail: String) { (self.kind, self.detail) = (kind, detail) }

    package var description: String { "\(kind.rawValue): \(detail)" }
}

extension Expectation {
    /// All that is wrong with a plan; empty for a right one.
    package func faults(of plan: Plan) -> [Fault] {
        var faults: [Fault] = []
        /// Filters that carry an item with its sign, by the item's key.
        var right: [String: [Plan.Filter]] = [:]
        for item in items {
            let hits = plan.filters.filter { $0.facet == item.facet && $0.anyOf.contains { $0.id == item.id } }
            let (carrying, fault) = item.read(hits)
            right[item.key] = carrying
            if let fault { faults.append(fault) }
        }
        for (family, member) in relations.families {
            for filter in right[member] ?? [] where right[family]?.contains(filter) != true {
                faults.append(Fault(kind: .required, detail: "\(filter.words.text), named only with its family"))
            }
        }
        if !relations.moreIsAllowed { faults += extras(of: plan) }
        if !relations.groupingIsOpen { faults += groupings(right) }
        faults += bonds(right, apart: plan.apart)
        faults += ranges(of: plan)
        if let target, plan.target != target {
            faults.append(Fault(kind: .target, detail: "\(plan.target?.rawValue ?? "none"), not \(target.rawValue)"))
        }
        return faults
    }

    private func extras(of plan: Plan) -> [Fault] {
        let facets = Set(items.map(\.facet))
        let known = Set(items.map(\.id))
        return plan.filters.filter { $0.weight == .required && facets.contains($0.facet) }.flatMap { filter in
            filter.anyOf.filter { !known.contains($0.id) }
                .map {
                    Fault(kind: .extra, detail: "\(filter.negated ? "not " : "")\(filter.facet.rawValue) \($0.label)")
                }
        }
    }

    private func groupings(_ right: [String: [Plan.Filter]]) -> [Fault] {
        let wanted = items.filter { $0.sign == .wanted && right[$0.key]?.isEmpty == false }
        var faults: [Fault] = []
        for (index, one) in wanted.enumerated() {
            for other in wanted[(index + 1)...] {
                let (left, others) = (right[one.key] ?? [], right[other.key] ?? [])
                let asAlternatives = left.flatMap { filter in others.map { filter.isAlternative(to: $0) } }
                if areAlternatives(one.key, other.key) {
                    if !asAlternatives.contains(true) {
                        faults.append(Fault(kind: .or, detail: "\(one.name) AND \(other.name)"))
                    }
                } else if !asAlternatives.contains(false) {
                    faults.append(Fault(kind: .or, detail: "\(one.name) OR \(other.name)"))
                }
            }
        }
        return faults
    }

    private func areAlternatives(_ one: String, _ other: String) -> Bool {
        relations.either.contains { choices in
            let places = [one, other].map { key in choices.firstIndex { $0.contains(key) } }
            return places[0] != nil && places[1] != nil && places[0] != places[1]
        }
    }

    private func bonds(_ right: [String: [Plan.Filter]], apart: [[Int]]) -> [Fault] {
        func scopes(_ pair: (String, String)) -> [(Int?, Int?)] {
            (right[pair.0] ?? []).flatMap { one in (right[pair.1] ?? []).map { (one.scope, $0.scope) } }
        }
        func names(_ pair: (String, String)) -> String {
            [pair.0, pair.1].map { key in items.first { $0.key == key }?.name ?? key }.joined(separator: " / ")
        }
        var faults: [Fault] = []
        for pair in relations.bound {
            let found = scopes(pair)
            if !found.isEmpty, !found.contains(where: { $0.0 != nil && $0.0 == $0.1 }) {
                faults.append(Fault(kind: .bond, detail: "not bound: \(names(pair))"))
            }
        }
        for pair in relations.unbound where scopes(pair).contains(where: { $0.0 != nil && $0.0 == $0.1 }) {
            faults.append(Fault(kind: .bond, detail: "bound: \(names(pair))"))
        }
        let parts = apart.map(Set.init)
        for pair in relations.apart {
            let found = scopes(pair)
            let areApart = found.contains { one, other in
                guard let one, let other else { return false }
                return parts.contains([one, other])
            }
            if !found.isEmpty, !areApart {
                faults.append(Fault(kind: .apart, detail: "not apart: \(names(pair))"))
            }
        }
        return faults
    }

    private func ranges(of plan: Plan) -> [Fault] {
        var left = plan.ranges.filter { $0.weight == .required }
        var faults: [Fault] = []
        for range in ranges {
            let found = left.firstIndex {
                $0.field == range.field && near($0.min?.value, range.min, isLower: true)
                    && near($0.max?.value, range.max, isLower: false)
            }
            if let found {
                left.remove(at: found)
            } else {
                faults.append(Fault(kind: .range, detail: "missed \(range.field.rawValue)"))
            }
        }
        let judged = Set(ranges.map(\.field) + relations.unranged)
        for range in left where judged.contains(range.field) {
            let bounds = "\(range.min?.value.description ?? "")..\(range.max?.value.description ?? "")"
            faults.append(Fault(kind: .range, detail: "wrong \(range.field.rawValue) \(bounds)"))
        }
        return faults
    }

    /// Within a twentieth; no lower bound and zero are the same.
    private func near(_ one: Double?, _ other: Double?, isLower: Bool) -> Bool {
        guard let one, let other else { return (one ?? (isLower ? 0 : -1)) == (other ?? (isLower ? 0 : -1)) }
        return abs(one - other) <= 0.05 * abs(other)
    }
}

extension Expectation.Item {
    /// The filters that carry the item as it should be, and what is wrong with those that hold it.
    fileprivate func read(_ hits: [Plan.Filter]) -> (carrying: [Plan.Filter], fault: Fault?) {
        let positive = hits.filter { !$0.negated && $0.weight == .required }
        let negative = hits.filter { $0.negated && $0.weight == .required }
        let soft = hits.filter { $0.weight == .preferred }
        func fault(_ kind: Fault.Kind, _ detail: String) -> Fault { Fault(kind: kind, detail: detail) }
        switch sign {
        case .wanted:
            if !negative.isEmpty { return (positive, fault(.inverted, "not \(name)")) }
            return (positive, positive.isEmpty ? fault(.missed, name) : nil)
        case .excluded:
            if !positive.isEmpty { return (negative, fault(.inverted, name)) }
            return (negative, negative.isEmpty ? fault(.missed, "not \(name)") : nil)
        case .preferred:
            if !negative.isEmpty || soft.contains(where: \.negated) {
                return (soft, fault(.inverted, "not \(name), wished for"))
            }
            return (soft, positive.isEmpty ? nil : fault(.required, "\(name), only wished for"))
        case .dispreferred:
            if !positive.isEmpty || soft.contains(where: { !$0.negated }) {
                return (soft, fault(.inverted, "\(name), wished to be absent"))
            }
            return (soft, negative.isEmpty ? nil : fault(.required, "not \(name), only wished for"))
        case .unwanted:
            return (negative, hits.contains { !$0.negated } ? fault(.required, "\(name), not wanted") : nil)
        case .unsaid:
            return ([], hits.isEmpty ? nil : fault(.required, "\(name), asked neither way"))
        case .uncertain:
            return (positive, hits.contains(where: \.negated) ? fault(.inverted, "not \(name)") : nil)
        }
    }
}

extension Plan.Filter {
    /// Whether the two are joined by OR: one filter, or two choices of one alternation.
    fileprivate func isAlternative(to other: Plan.Filter) -> Bool {
        self == other || (either != nil && either == other.either && choice != other.choice)
    }
}
