package import JSON
package import Records
import Vocabulary

extension Planner {
    /// A plan that somebody sent, in our own words.
    ///
    /// Only what decides is taken from it: target, facets, ids, negation, scope, role, exactness, bounds, and the words
    /// that rank.  Labels, synonyms and offsets are looked up and computed again, so that nothing a client wrote comes
    /// back as if it were ours.  Where the question and the plan agree, the plan is that of the question; else that of
    /// the operator query which says the same, whose words then produce the filters.
    ///
    /// - Parameters:
    ///   - place: JSON pointer to the plan, for what is said of it.
    ///   - recordedLabel: the label of a value of the facet that some record has and no vocabulary; nil for any other.
    package func resolved(
        _ sent: Plan, today: Int? = nil, at place: String, recordedLabel: (_ id: String, _ facet: Facet) -> String?
    ) throws(JSONFault) -> Plan {
        var plan = Plan(query: sent.query, target: sent.target, text: sent.text)
        for (index, filter) in sent.filters.enumerated() {
            var values: [Plan.Value] = []
            for (number, value) in filter.anyOf.enumerated() {
                values.append(
                    try resolved(
                        value, of: filter.facet, at: "\(place)/filters/\(index)/any_of/\(number)/id", recordedLabel))
            }
            var resolved = Plan.Filter(
                facet: filter.facet, anyOf: values, negated: filter.negated, scope: filter.scope, role: filter.role,
                words: .init(text: values.map(\.label).joined(separator: " OR "), start: 0, end: 0), via: .operator)
            resolved.exact = filter.exact
            plan.filters.append(resolved)
        }
        plan.ranges = sent.ranges.map { range in
            Plan.Range(field: range.field, min: range.min, max: range.max, words: .init(text: "", start: 0, end: 0))
        }
        if let planned = try? self.plan(plan.query, today: today), planned.asksTheSame(as: plan) { return planned }
        plan.query = operatorQuery(for: plan)
        if let planned = try? self.plan(plan.query, today: today), planned.asksTheSame(as: plan) { return planned }
        return plan
    }

    private func resolved(
        _ value: Plan.Value, of facet: Facet, at place: String, _ recordedLabel: (String, Facet) -> String?
    ) throws(JSONFault) -> Plan.Value {
        if let number = vocabulary.number(of: value.id) {
            let own = vocabulary.facet(of: number)
            guard own == facet else {
                throw JSONFault(
                    .unknownValue, at: place, "'\(value.id)' is of the facet \(own.rawValue), not \(facet.rawValue)")
            }
            return vocabulary.value(of: number)
        }
        if let label = recordedLabel(value.id, facet) { return Plan.Value(id: value.id, label: label) }
        let label = value.label.isEmpty ? value.id : value.label
        // Names of people need not be in the index to be asked for; they are known by their words: `text:person:ada
        // example`.
        if facet.descriptor.namesPeople, value.id.hasPrefix("text:\(facet.rawValue):") {
            return Plan.Value(id: value.id, label: label)
        }
        throw JSONFault(
            .unknownValue, at: place, "there is no \(facet.rawValue) '\(value.id)'",
            suggestions: vocabulary.suggestions(for: label, facet: facet))
    }
}

extension Plan {
    /// Whether two plans ask the same, whatever their words.
    func asksTheSame(as other: Plan) -> Bool { essence == other.essence }

    /// The plan without its words, scopes numbered as they first stand.
    private var essence: Plan {
        var essence = Plan(query: "", target: target, text: text)
        var scopes: [Int: Int] = [:]
        for filter in filters {
            var copy = Filter(
                facet: filter.facet, anyOf: filter.anyOf.map { Value(id: $0.id, label: "") }, negated: filter.negated,
                role: filter.role, words: Words(text: "", start: 0, end: 0), via: .operator)
            copy.exact = filter.exact
            if let scope = filter.scope {
                if scopes[scope] == nil { scopes[scope] = scopes.count }
                copy.scope = scopes[scope]
            }
            essence.filters.append(copy)
        }
        essence.ranges = ranges.map {
            Range(field: $0.field, min: $0.min, max: $0.max, words: Words(text: "", start: 0, end: 0))
        }
        return essence
    }
}
