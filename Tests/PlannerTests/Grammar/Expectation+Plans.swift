import Planner
import Records
import TestSupport

/// Plans made from what is expected: one without a fault, and others with one thing wrong.
extension Expectation {
    /// Holds each term as the expectation says.
    var plan: Plan {
        var plan = Plan(query: "", target: target)
        for item in items {
            switch item.sign {
            case .wanted: plan.filters.append(filter(item))
            case .excluded: plan.filters.append(filter(item, negated: true))
            case .preferred: plan.filters.append(filter(item, weight: .preferred))
            case .dispreferred: plan.filters.append(filter(item, negated: true, weight: .preferred))
            case .unsaid, .unwanted, .uncertain: continue
            }
        }
        for (number, choices) in relations.either.enumerated() {
            for (choice, keys) in choices.enumerated() {
                for index in plan.filters.indices where keys.contains(plan.filters[index].words.text) {
                    (plan.filters[index].either, plan.filters[index].choice) = (number, choice)
                }
            }
        }
        for (one, other) in relations.bound { bind(one, other, in: &plan) }
        for (one, other) in relations.apart {
            let scopes = [one, other].map { key in
                plan.filters.first { $0.words.text == key }?.scope ?? newScope(of: key, in: &plan)
            }
            plan.apart.append(scopes)
        }
        plan.ranges = ranges.map { range in
            Plan.Range(
                field: range.field, min: range.min.map { .number($0) }, max: range.max.map { .number($0) },
                words: Plan.Words(text: "", start: 0, end: 0))
        }
        return plan
    }

    /// The words of a filter are the key of its term.
    private func filter(_ item: Item, negated: Bool = false, weight: Plan.Weight = .required) -> Plan.Filter {
        Plan.Filter(
            facet: item.facet, anyOf: [Plan.Value(id: item.id, label: item.name)], negated: negated, weight: weight,
            words: Plan.Words(text: item.key, start: 0, end: 0), via: .label)
    }

    private func newScope(of key: String, in plan: inout Plan) -> Int {
        let scope = (plan.filters.compactMap(\.scope).max() ?? 0) + 1
        for index in plan.filters.indices where plan.filters[index].words.text == key {
            plan.filters[index].scope = scope
        }
        return scope
    }

    /// Gives two terms one scope, and with them all that share one with either.
    private func bind(_ one: String, _ other: String, in plan: inout Plan) {
        let known = plan.filters.filter { [one, other].contains($0.words.text) }.compactMap(\.scope)
        let scope = known.first ?? newScope(of: one, in: &plan)
        for index in plan.filters.indices {
            let filter = plan.filters[index]
            if [one, other].contains(filter.words.text) || filter.scope.map(known.contains) == true {
                plan.filters[index].scope = scope
            }
        }
    }

    /// Plans with one thing wrong each, by what that is.
    var wrongPlans: [(kind: Fault.Kind, plan: Plan)] {
        let right = plan
        var wrong: [(kind: Fault.Kind, plan: Plan)] = []
        func add(_ kind: Fault.Kind, _ change: (inout Plan) -> Void) {
            var plan = right
            change(&plan)
            wrong.append((kind, plan))
        }
        for (index, filter) in right.filters.enumerated() where filter.weight == .required {
            add(.inverted) { $0.filters[index].negated.toggle() }
            add(.missed) { $0.filters.remove(at: index) }
        }
        for (index, filter) in right.filters.enumerated() where filter.weight == .preferred {
            add(.required) { $0.filters[index].weight = .required }
            add(.inverted) { $0.filters[index].negated.toggle() }
        }
        for item in items where item.sign == .unsaid || item.sign == .unwanted {
            add(.required) { $0.filters.append(filter(item)) }
        }
        if !relations.moreIsAllowed, let item = items.first {
            add(.extra) { plan in
                let strange = Plan.Value(id: "strange", label: "strange")
                plan.filters.append(
                    Plan.Filter(facet: item.facet, anyOf: [strange], words: filter(item).words, via: .label))
            }
        }
        if !relations.either.isEmpty {
            add(.or) { plan in
                for index in plan.filters.indices { plan.filters[index].either = nil }
            }
        }
        for (key, _) in relations.bound {
            add(.bond) { plan in
                for index in plan.filters.indices where plan.filters[index].words.text == key {
                    plan.filters[index].scope = nil
                }
            }
        }
        if !relations.apart.isEmpty { add(.apart) { $0.apart = [] } }
        if !ranges.isEmpty { add(.range) { $0.ranges = [] } }
        if target != nil { add(.target) { $0.target = nil } }
        return wrong
    }
}
