import Planner
import Records
import Store
import Vocabulary

/// What one filter of a plan may be changed to, and the total that gives.
package struct Refinement: Codable, Sendable, Hashable {
    /// Index of the filter in the plan.
    package var filter: Int
    /// Terms below the filter's value that still find something, most first.
    package var narrower: [SearchResult.FacetCount]
    /// The terms directly above it.
    package var broader: [SearchResult.FacetCount]

    package init(filter: Int, narrower: [SearchResult.FacetCount], broader: [SearchResult.FacetCount]) {
        self.filter = filter
        self.narrower = narrower
        self.broader = broader
    }
}

extension Searcher {
    /// What each filter of a request with a single term can be narrowed and broadened to.  The count beside a term is
    /// the total of the same request with that term in the filter.
    package func refinements(of request: SearchRequest, limit: Int = 6) throws(SearchError) -> [Refinement] {
        let conditions: Conditions
        var bound: Bitset?
        let question = request.questionPlan
        if !question.narrows, !request.plan.filters.isEmpty {
            // Only here do words decide what matches, and only here must they be read.
            let ranking = try rank(request)
            (conditions, bound) = (ranking.conditions, ranking.bound)
        } else {
            let matcher = try self.matcher(statedOnly: request.statedOnly)
            conditions = try Conditions(
                plan: request.plan, named: try names(of: request.plan), matcher: matcher, deadline: request.deadline)
        }
        var result: [Refinement] = []
        for (index, filter) in request.plan.filters.enumerated() where filter.anyOf.count == 1 {
            guard let number = vocabulary.number(of: filter.anyOf[0].id), vocabulary.facet(of: number) == filter.facet
            else { continue }
            func counted(_ terms: [Int]) throws(SearchError) -> [SearchResult.FacetCount] {
                try terms.map { (term) throws(SearchError) in
                    try request.deadline.check()
                    let value = Plan.Value(id: vocabulary.id(of: term), label: vocabulary.label(of: term))
                    let total = conditions.replacing(index, with: value).evaluate(within: bound).matches.count
                    return SearchResult.FacetCount(id: value.id, label: value.label, count: total)
                }
            }
            let narrower = try counted(Array(recorded(below: number).prefix(4 * limit))).filter { $0.count > 0 }
                .sorted { ($1.count, $0.label, $0.id) < ($0.count, $1.label, $1.id) }
            let broader = vocabulary.parents(of: number).filter {
                vocabulary.facet(of: $0) == filter.facet && !vocabulary[$0].flags.contains(.silent)
            }
            result.append(
                Refinement(
                    filter: index, narrower: Array(narrower.prefix(limit)),
                    broader: try counted(Array(broader.prefix(3)))))
        }
        return result
    }

    /// The nearest terms below one that some record has, the same concept of other atlases passed through; one term a
    /// label.
    private func recorded(below number: Int) -> [Int] {
        let terms = generation.facets.terms
        var found: [Int] = []
        var seen: Set<Int> = [number]
        var labels: Set<String> = [vocabulary.label(of: number).lowercased()]
        var level = [number]
        while !level.isEmpty, found.isEmpty || seen.count < 200 {
            var next: [Int] = []
            for child in level.flatMap({ vocabulary.children(of: $0) }) where seen.insert(child).inserted {
                let label = vocabulary.label(of: child).lowercased()
                let isSame = labels.contains(label)
                if !isSame, terms.number(of: vocabulary.id(of: child)) != nil {
                    labels.insert(label)
                    found.append(child)
                } else {
                    next.append(child)
                }
            }
            level = next
        }
        return found
    }
}
