import Export
import Planner
import Records
import Search

// Every parameter there is.  A route lists those it takes.

extension Parameter {
    /// Longest question over HTTP in UTF-8 bytes.
    package static let longestQuestion = 1024
    /// Most values of `filter` and `not` together, and most filters of a plan.
    package static let mostFilters = Planner.mostFilters

    private static var facetNames: [String] { Facet.allCases.map(\.rawValue) }

    package static let question = Parameter(
        "q", .text(longest: longestQuestion),
        help:
            "Ask this question: plain words, operators (`species:mouse`, `-state:anesthetized`, `subjects:>=50`), or both.",
        example: "thalamic Neuropixels recordings in sleep")
    package static let requiredQuestion = Parameter(
        "q", .text(longest: longestQuestion), isRequired: true, help: question.help, example: question.example)
    package static let type = Parameter(
        "type", .choice(RecordType.allCases.map(\.rawValue)),
        help: "Ask for this kind of record, whatever the words ask for.", example: "session")
    package static let filter = Parameter(
        "filter", .facetValue, repeats: true,
        help:
            "Keep records with this value (`facet=value`, a name or an id) or one below it. May be repeated; all must hold.",
        example: "species=mouse")
    package static let not = Parameter(
        "not", .facetValue, repeats: true,
        help: "Leave out records with this value (`facet=value`). May be repeated.", example: "state=anesthetized")
    package static let limit = Parameter(
        "limit", .integer(1...100), standard: "10", help: "Give so many results a page.", example: "10")
    package static let cursor = Parameter(
        "cursor", .text(longest: 1024),
        help:
            "Continue where the page before ended: its `next` value. Opaque, bound to the question and the generation.")
    package static let mode = Parameter(
        "mode", .choice(SearchMode.allCases.map(\.rawValue)), standard: "hybrid",
        help: "Rank by words and meaning (`hybrid`), words (`text`) or meaning (`vector`).")
    package static let sort = Parameter(
        "sort", .choice(SearchSort.allCases.map(\.rawValue)), standard: "relevance",
        help: "Order each tier by score (`relevance`), or by the day of the last change (`newest`, `oldest`).")
    package static let strict = Parameter(
        "strict", .flag, standard: "false", help: "Leave out the possible tier: records that do not tell enough.")
    package static let statedOnly = Parameter(
        "stated_only", .flag, standard: "false",
        help: "Let only what the sources state decide, not what was read from free text.")
    package static let withFacets = Parameter(
        "facets", .flag, standard: "true", help: "Count facet values; leaving them out is faster.")
    package static let id = Parameter(
        "id", in: .path, .text(longest: 512),
        help: "Name a record by its id, or by a native id that only one record has. A slash inside is written `%2F`.",
        example: "dandi:dataset:000003")
    package static let facetInPath = Parameter(
        "facet", in: .path, .choice(facetNames), help: "Name a facet.", example: "region")
    package static let facet = Parameter(
        "facet", .choice(facetNames), help: "Look only at this facet.", example: "region")
    package static let native = Parameter(
        "native", .choice(NativeSystem.allCases.map(\.rawValue)),
        help: "Write the question in the query language of this system too, and say what that cannot hold.",
        example: "dandi")
    package static let prefix = Parameter(
        "q", .text(longest: 200), isRequired: true, help: "Complete this half-typed value.", example: "hippo")
    package static let name = Parameter(
        "q", .text(longest: 200), help: "Keep terms that bear this name.", example: "primary visual cortex")
    package static let term = Parameter(
        "id", .text(longest: 200), help: "Show the one term with this id.", example: "UBERON:0001897")
    package static let rows = Parameter(
        "rows", .choice(facetNames), isRequired: true, help: "Put the values of this facet in the rows.",
        example: "region")
    package static let columns = Parameter(
        "cols", .choice(facetNames), isRequired: true, help: "Put the values of this facet in the columns.",
        example: "species")
    package static let verbose = Parameter("verbose", .flag, standard: "false", help: "Tell what was checked.")

    package static let formatOfList = Parameter(
        "format", .choice(ExportFormat.allCases.map(\.rawValue)),
        help: "Give the page in this form; without it, the form that `Accept` wants most.", example: "csv")
    package static let formatOfRecord = Parameter(
        "format", .choice(ExportFormat.ofRecords.map(\.rawValue)),
        help: "Give the record in this form; without it, the form that `Accept` wants most.", example: "bibtex")
    package static let formatOfSuggestions = Parameter(
        "format", .choice(["json", "opensearch"]), standard: "json",
        help: "Give suggestions as our JSON, or as the list that OpenSearch describes.")
    package static let limitOfFeed = Parameter(
        "limit", .integer(1...100), standard: "50", help: "Give so many entries.", example: "50")
    package static let part = Parameter(
        "part", .integer(1...20_000), help: "Give this document of a sitemap that has several.")

    /// What narrows a question beside its words.
    package static let narrowing: [Parameter] = [.type, .filter, .not, .statedOnly]
    /// What `GET /v1/search` takes; exports and feeds of a search take the same.
    package static let searching: [Parameter] =
        [.question] + narrowing + [.limit, .cursor, .mode, .sort, .strict, .withFacets]
}
