extension Route {
    /// Every route that needs the index alone.
    package static let all: [Route] =
        [
            .search, .searchByPlan, .plan, .whyNot, .record, .similar, .facets, .vocabulary, .suggest, .coverage,
            .sources,
        ]
}
