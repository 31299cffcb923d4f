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

extension SearchRequest {
    /// Plans a question and adds the chosen values, whose operators follow it in the plan's query, so that it says all
    /// there is.  They are read apart from the question: a quote, a brace or an OR that it leaves open takes in no
    /// chosen value.  `type` wins over what the words ask for.  A record id is no question: it names
    /// the record.
    package init(
        asking question: String, choices: [FacetChoice] = [], type: RecordType? = nil, today: Int? = nil,
        planner: Planner
    ) throws(PlanError) {
        let started = ContinuousClock.now
        let question = question.trimmingSpaces
        var plan =
            RecordID(question) != nil
            ? Plan(query: question, records: [question]) : try planner.plan(question, today: today)
        if !choices.isEmpty {
            let text = choices.map(\.text).joined(separator: " ")
            let chosen = try planner.plan(text)
            let offset = question.isEmpty ? 0 : question.utf8.count + 1
            plan.query = question.isEmpty ? text : question + " " + text
            for var filter in chosen.filters {
                filter.words.start += offset
                filter.words.end += offset
                plan.filters.append(filter)
            }
            let count = plan.filters.count + plan.ranges.count + plan.records.count
            guard count <= Planner.mostFilters else { throw .tooMany(count) }
        }
        if let type { plan.target = type }
        self.init(
            plan: plan, planMs: (ContinuousClock.now - started) / .milliseconds(1),
            chosenFrom: choices.isEmpty ? nil : question.utf8.count)
    }
}
