package import Planner
package import Records

/// A facet value chosen beside the words of a question: `--filter species=mouse`, a click on a facet.
package struct FacetChoice: Sendable, Hashable {
    package let facet: Facet
    /// A name, an id or a literal value as facet counts give it.
    package let value: String
    package let isNegated: Bool

    package init(facet: Facet, value: String, isNegated: Bool) {
        self.facet = facet
        self.value = value
        self.isNegated = isNegated
    }

    /// The same as an operator of a query.
    var text: String {
        let value = String(value.map { $0 == "\"" ? " " : $0 })
        return "\(isNegated ? "-" : "")\(facet.rawValue):\"\(value)\""
    }
}

extension Planner {
    /// Plans a question together with chosen values: they are appended as operators, so that the plan's query says
    /// all there is.  `type` wins over what the words ask for.  A record id is no question: it becomes text that the
    /// record is found by.
    package func plan(
        _ query: String, choices: [FacetChoice], type: RecordType? = nil, today: Int? = nil
    ) throws(PlanError) -> Plan {
        let query = query.trimmingSpaces
        if choices.isEmpty, RecordID(query) != nil { return Plan(query: query, target: type, text: query) }
        let pieces = [query] + choices.map(\.text)
        var plan = try plan(pieces.filter { !$0.isEmpty }.joined(separator: " "), today: today)
        if let type { plan.target = type }
        return plan
    }
}
