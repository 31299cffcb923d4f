import Export
import JSON
import Records
import Requests
import Search

extension Route {
    static let facets = Route(
        .get, "/v1/facets", name: "facets",
        summary: "Count the values of every facet, of all records or of a question's matches.",
        parameters: Parameter.ofFacets,
        answers: [Answer(schema: "Facets", "Values by facet, most frequent first.")],
        handle: { request throws(Problem) in
            let question = try request.question()
            var counts = try searching { () throws(SearchError) in
                try request.searcher.facetCounts(question, limit: request.values.integer(.limit))
            }
            if let only = request.values.request.text(.facet) {
                counts.values = counts.values.filter { $0.key == only }
                counts.notRecorded = counts.notRecorded.filter { $0.key == only }
            }
            return Response(counts, of: request.snapshot)
        })

    static let suggest = Route(
        .get, "/v1/suggest", name: "suggest", summary: "Complete a half-typed value.",
        parameters: Parameter.ofSuggest + [.formatOfSuggestions],
        answers: [
            Answer(schema: "Suggestions", "Values that begin so, frequent ones first."),
            Answer(OpenSearch.suggestionsMediaType, "The same as OpenSearch suggestions, with `format=opensearch`."),
        ],
        handle: { request throws(Problem) in
            let prefix = request.values.request.text(.prefix) ?? ""
            let found = try searching { () throws(SearchError) in
                try request.searcher.suggest(
                    prefix, facet: request.values.request.choice(.facet), limit: request.values.integer(.limit),
                    deadline: request.deadline)
            }
            if request.values.text(.formatOfSuggestions) == "opensearch" {
                let list = OpenSearch(site: SiteAddress(request.site))
                    .suggestions(for: prefix, found)
                return Response(list.scriptSafe, mediaType: OpenSearch.suggestionsMediaType)
            }
            return Response(["suggestions": found], of: request.snapshot)
        })

    static let coverage = Route(
        .get, "/v1/coverage", name: "coverage",
        summary: "Count records for every pair of values of two facets, empty cells included.",
        parameters: Parameter.ofCoverage,
        answers: [Answer(schema: "Coverage", "One line of numbers a row value.")],
        handle: { request throws(Problem) in
            guard let rows: Facet = request.values.request.choice(.rows),
                let columns: Facet = request.values.request.choice(.columns)
            else { throw Problem(.missingParameter, "'rows' and 'cols' are needed") }
            let question = try request.question()
            let coverage = try searching { () throws(SearchError) in
                try request.searcher.coverage(
                    rows: rows, cols: columns, request: question, limit: request.values.integer(.limit))
            }
            return Response(coverage, of: request.snapshot)
        })
}
