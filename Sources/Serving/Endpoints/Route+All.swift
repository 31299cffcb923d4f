extension Route {
    /// Every route, in the order of the OpenAPI document.
    package static let all: [Route] =
        [
            .search, .searchByPlan, .plan, .whyNot, .record, .similar, .facets, .vocabulary, .suggest, .coverage,
            .sources,
            .feed, .mcp, .mcpPreflight, .openSearch, .sitemap, .robots, .openAPI, .livez, .readyz, .metrics,
        ] + pages
}
