import Export
import Planner
import Records
import Search

// Every parameter of a request for records, terms or counts.  What one way of asking has for itself stands there: a
// folder, a colour, the address of a picture.

extension RequestParameter {
    /// Longest question in bytes of UTF-8; the query limit of the contract.
    package static let longestQuestion = 1024

    private static let facetNames = Facet.allCases.map(\.rawValue)

    // MARK: The question and what narrows it

    package static let question = RequestParameter(
        "query", .text(longest: longestQuestion),
        help: "Ask this question: plain words, operators (species:mouse, -state:anesthetized, subjects:>=50), or both.",
        example: "thalamic Neuropixels recordings in sleep")
    package static let type = RequestParameter(
        "type", .choice(RecordType.allCases.map(\.rawValue)),
        help: "Ask for this kind of record, whatever the words ask for.", example: "session")
    package static let filter = RequestParameter(
        "filter", .facetValue, repeats: true,
        help:
            "Keep records with this value of a facet (a name or an id) or one below it. All that are given must hold.",
        example: "species=mouse")
    package static let not = RequestParameter(
        "not", .facetValue, repeats: true, help: "Leave out records with this value of a facet, or one below it.",
        example: "state=anesthetized")
    package static let statedOnly = RequestParameter(
        "stated_only", .flag, standard: "false",
        help: "Let only what the sources state decide, not what was read from free text.")

    // MARK: Page, order and ranking

    package static let limit = RequestParameter(
        "limit", .integer(1...100), standard: "10", help: "Give so many results a page.", example: "10")
    package static let cursor = RequestParameter(
        "cursor", .text(longest: 1024),
        help:
            "Continue where the page before ended: the value of its 'next'. Opaque, bound to the question and the generation."
    )
    package static let mode = RequestParameter(
        "mode", .choice(SearchMode.allCases.map(\.rawValue)), standard: SearchMode.hybrid.rawValue,
        help: "Rank by words and meaning (hybrid), words (text) or meaning (vector).")
    package static let sort = RequestParameter(
        "sort", .choice(SearchSort.allCases.map(\.rawValue)), standard: SearchSort.relevance.rawValue,
        help: "Order each tier by score (relevance), or by the day of the last change (newest, oldest).")
    package static let strict = RequestParameter(
        "strict", .flag, standard: "false", help: "Leave out the possible tier: records that do not tell enough.")
    package static let facets = RequestParameter(
        "facets", .flag, standard: "true", help: "Count facet values; leaving them out is faster.",
        helpOff: "Count no facet values, which is faster.")

    // MARK: Facets and terms

    package static let facet = RequestParameter(
        "facet", .choice(facetNames), help: "Look only at this facet.", example: "region")
    package static let rows = RequestParameter(
        "rows", .choice(facetNames), isRequired: true, help: "Put the values of this facet in the rows.",
        example: "region")
    package static let columns = RequestParameter(
        "cols", .choice(facetNames), isRequired: true, help: "Put the values of this facet in the columns.",
        example: "species")
    package static let valueLimit = RequestParameter(
        "limit", .integer(1...100), standard: "10", help: "Give so many values of each facet, the most frequent ones.",
        example: "10")
    package static let prefix = RequestParameter(
        "prefix", .text(longest: 200), isRequired: true, help: "Complete this half-typed value.", example: "hippo")
    package static let term = RequestParameter(
        "term", .text(longest: 200), isRequired: true,
        help: "Look up the terms that bear this name, or the one with this id.", example: "CA1")

    // MARK: Records and forms

    package static let id = RequestParameter(
        "id", .text(longest: 512), isRequired: true,
        help: "Name a record by its id, or by a native id that only one record has.", example: "dandi:dataset:000003")
    package static let native = RequestParameter(
        "native", .choice(NativeSystem.allCases.map(\.rawValue)),
        help: "Write the question in the query language of this system too, and say what that cannot hold.",
        example: "dandi")
    package static let formatOfList = RequestParameter(
        "format", .choice(ExportFormat.allCases.map(\.rawValue)), help: "Give the page in this form.", example: "csv")
    package static let formatOfRecord = RequestParameter(
        "format", .choice(ExportFormat.ofRecords.map(\.rawValue)), help: "Give the record in this form.",
        example: "bibtex")

    // MARK: What each request takes, whichever way it comes in

    /// What narrows a question beside its words.
    package static let narrowing = [type, filter, not, statedOnly]
    /// What a search takes.  ``SearchRequest`` reads it.
    package static let ofSearch = [question] + narrowing + [limit, cursor, mode, sort, strict, facets]
    package static let ofPlan = [question.required, type, filter, not, native]
    package static let ofWhyNot = [id, question.required] + narrowing
    package static let ofFacets = [question] + narrowing + [facet, valueLimit]
    package static let ofCoverage = [rows, columns, question] + narrowing + [valueLimit]
    package static let ofSimilar = [id, limit]
    package static let ofSuggest = [prefix, facet, limit]
}
