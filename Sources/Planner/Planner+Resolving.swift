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
        var plan = Plan(
            query: sent.query, target: sent.target, records: sent.records, like: sent.like, apart: sent.apart,
            text: sent.text)
        for (index, filter) in sent.filters.enumerated() {
            var values: [Plan.Value] = []
            for (number, value) in filter.anyOf.enumerated() {
                values.append(
                    try resolved(
                        value, of: filter.facet, at: "\(place)/filters/\(index)/any_of/\(number)/id", recordedLabel))
            }
            var resolved = filter
            resolved.anyOf = values
            resolved.confidence = 1
            resolved.words = .init(text: values.map(\.label).joined(separator: " OR "), start: 0, end: 0)
            resolved.via = .operator
            plan.filters.append(resolved)
        }
        plan.ranges = sent.ranges.map(\.withoutWords)
        plan.dropNumbersOfNothing()
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
    /// Takes away numbers that join nothing: scopes of one filter, alternations of one choice, parts that differ from
    /// none.
    fileprivate mutating func dropNumbersOfNothing() {
        (filters, apart) = filters.withScopesRenumbered(apart: apart)
        let alternatives = Dictionary(grouping: filters.indices.filter { filters[$0].either != nil }) {
            filters[$0].either
        }
        for places in alternatives.values where choices(among: places).count < 2 {
            for place in places { filters[place].either = nil }
        }
        for place in filters.indices where filters[place].either == nil { filters[place].choice = nil }
    }

    /// Whether two plans ask the same, whatever their words.
    func asksTheSame(as other: Plan) -> Bool { essence == other.essence }

    /// The plan without its words; scopes, alternations and their choices numbered as they first stand.
    private var essence: Plan {
        var essence = Plan(query: "", target: target, records: records, like: like, text: text)
        var (scopes, alternations) = (Numbering(), Numbering())
        essence.filters = filters.enumerated().map { place, filter in
            var copy = filter
            copy.anyOf = filter.anyOf.map { Value(id: $0.id, label: "") }
            copy.confidence = 1
            copy.words = .none
            copy.via = .operator
            copy.scope = filter.scope.map { scopes.number(of: $0) }
            copy.either = filter.either.map { alternations.number(of: $0) }
            // A choice without a number is its own.
            copy.choice = filter.either.flatMap { either in
                choices(among: filters.indices.filter { filters[$0].either == either })
                    .firstIndex { $0.contains(place) }
            }
            return copy
        }
        essence.apart = apart.map { $0.map { scopes.number(of: $0) } }
        essence.ranges = ranges.map(\.withoutWords)
        return essence
    }

    /// Gives numbers in the order of first appearance.
    private struct Numbering {
        private var given: [Int: Int] = [:]
        mutating func number(of old: Int) -> Int {
            if let known = given[old] { return known }
            given[old] = given.count
            return given.count - 1
        }
    }
}

extension Plan.Range {
    fileprivate var withoutWords: Plan.Range {
        var range = self
        range.words = .none
        return range
    }
}

extension Plan.Words {
    /// No words of any question.
    fileprivate static let none = Plan.Words(text: "", start: 0, end: 0)
}
