package import Planner
package import Records

/// What is asked of a ``Searcher``.
package struct SearchRequest: Sendable {
    package var plan: Plan
    package var mode: SearchMode
    /// Leave the possible tier out.
    package var isStrict: Bool
    /// What was read from free text counts as a hint only.
    package var statedOnly: Bool
    /// Hits on a page.
    package var limit: Int
    /// Where the page before ended; nil for the first.
    package var cursor: String?
    /// Count facet values; a list of hits alone is cheaper.
    package var countsFacets: Bool
    /// How long planning took, for the timings.
    package var planMs: Double
    /// Where in the plan's query the values begin that were chosen beside the words; nil when none were.  Chosen values
    /// narrow what the question matches: they never make its words stop deciding, so that the count beside a facet
    /// value is the total after choosing it.
    package var chosenFrom: Int?
    /// What decides the order within a tier.
    package var sort: SearchSort
    /// When to give up.
    package var deadline: Deadline

    package init(
        plan: Plan, mode: SearchMode = .hybrid, isStrict: Bool = false, statedOnly: Bool = false, limit: Int = 10,
        cursor: String? = nil, countsFacets: Bool = true, planMs: Double = 0, chosenFrom: Int? = nil,
        sort: SearchSort = .relevance, deadline: Deadline = .none
    ) {
        self.plan = plan
        self.mode = mode
        self.isStrict = isStrict
        self.statedOnly = statedOnly
        self.limit = limit
        self.cursor = cursor
        self.countsFacets = countsFacets
        self.planMs = planMs
        self.chosenFrom = chosenFrom
        self.sort = sort
        self.deadline = deadline
    }

    /// The plan without the chosen values: what the question itself asks.
    package var questionPlan: Plan {
        guard let chosenFrom else { return plan }
        var result = plan
        result.filters.removeAll { $0.words.start >= chosenFrom }
        result.query = String(decoding: plan.query.utf8.prefix(chosenFrom), as: UTF8.self)
        return result
    }
}
