import Planner
import Records
import Requests

// The parameters of requests as addresses write them, and those that only addresses have.  A route lists what it takes.

extension Parameter {
    /// Longest question in bytes of UTF-8.
    package static let longestQuestion = RequestParameter.longestQuestion
    /// Most values of `filter` and `not` together, and most filters of a plan.
    package static let mostFilters = Planner.mostFilters

    package static let question = Parameter(.question, named: "q")
    package static let filter = Parameter(.filter)
    package static let not = Parameter(.not)
    package static let limit = Parameter(.limit)
    package static let cursor = Parameter(.cursor)
    package static let id = Parameter(.id, in: .path, note: "A slash inside is written %2F.")
    package static let formatOfList = Parameter(.formatOfList, note: wanted)
    package static let formatOfRecord = Parameter(.formatOfRecord, note: wanted)

    private static let wanted = "Without it, the form that Accept wants most."

    /// A parameter of requests under the name that addresses have for it.
    private static func written(_ request: RequestParameter) -> Parameter {
        switch request.name {
        case RequestParameter.question.name, RequestParameter.prefix.name: Parameter(request, named: "q")
        case RequestParameter.id.name: id
        default: Parameter(request)
        }
    }

    /// What `GET /v1/search` takes; exports and feeds of a search take the same.
    package static let ofSearch = RequestParameter.ofSearch.map(written)
    /// What stands beside the plan that is posted, which holds the question and its filters.
    package static let besidePlan = RequestParameter.ofSearch
        .filter { ![.question, .type, .filter, .not].contains($0) }.map(written)
    package static let ofPlan = RequestParameter.ofPlan.map(written)
    package static let ofWhyNot = RequestParameter.ofWhyNot.map(written)
    package static let ofFacets = RequestParameter.ofFacets.map(written)
    package static let ofCoverage = RequestParameter.ofCoverage.map(written)
    package static let ofSimilar = RequestParameter.ofSimilar.map(written)
    package static let ofSuggest = RequestParameter.ofSuggest.map(written)
    /// What narrows a question on a page or in a feed, the question included.
    package static let narrowing = ([.question] + RequestParameter.narrowing).map(written)

    // MARK: Only in addresses

    package static let facetInPath = Parameter(
        "facet", in: .path, .choice(Facet.allCases.map(\.rawValue)), help: "Name a facet.", example: "region")
    package static let name = Parameter(
        "q", .text(longest: 200), help: "Keep terms that bear this name.", example: "primary visual cortex")
    package static let term = Parameter(
        "id", .text(longest: 200), help: "Show the one term with this id.", example: "UBERON:0001897")
    package static let verbose = Parameter("verbose", .flag, standard: "false", help: "Tell what was checked.")
    package static let formatOfSuggestions = Parameter(
        "format", .choice(["json", "opensearch"]), standard: "json",
        help: "Give suggestions as our JSON, or as the list that OpenSearch describes.")
    package static let limitOfFeed = Parameter(.limit.standing(at: "50"))
    package static let part = Parameter(
        "part", .integer(1...20_000), help: "Give this document of a sitemap that has several.")
}
