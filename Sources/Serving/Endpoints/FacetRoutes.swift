import Export
import JSON
import Records
import Search

extension Route {
    static let facets = Route(
        .get, "/v1/facets", name: "facets",
        summary: "Count the values of every facet, of all records or of a question's matches.",
        parameters: [.question] + Parameter.narrowing + [.facet, .limit],
        answers: [Answer(schema: "Facets", "Values by facet, most frequent first.")],
        handle: { request throws(Problem) in
            let question = try request.question()
            var counts = try searching { () throws(SearchError) in
                try request.searcher.facetCounts(question, limit: request.values.integer(.limit))
            }
            if let only = request.values.text(.facet) {
                counts.values = counts.values.filter { $0.key == only }
                counts.notRecorded = counts.notRecorded.filter { $0.key == only }
            }
            return Response(counts, of: request.snapshot)
        })

    static let suggest = Route(
        .get, "/v1/suggest", name: "suggest", summary: "Complete a half-typed value.",
        parameters: [.prefix, .facet, .limit, .formatOfSuggestions],
        answers: [
            Answer(schema: "Suggestions", "Values that begin so, frequent ones first."),
            Answer(OpenSearch.suggestionsMediaType, "The same as OpenSearch suggestions, with `format=opensearch`."),
        ],
        handle: { request throws(Problem) in
            let facet = request.values.text(.facet).flatMap { Facet(rawValue: $0) }
            let found = try searching { () throws(SearchError) in
                try request.searcher.suggest(
                    request.values.text(.prefix) ?? "", facet: facet, limit: request.values.integer(.limit),
                    deadline: request.deadline)
            }
            if request.values.text(.formatOfSuggestions) == "opensearch" {
                let list = OpenSearch(site: SiteAddress(request.site))
                    .suggestions(for: request.values.text(.prefix) ?? "", found)
                return Response(list.scriptSafe, mediaType: OpenSearch.suggestionsMediaType)
            }
            return Response(["suggestions": found], of: request.snapshot)
        })

    static let coverage = Route(
        .get, "/v1/coverage", name: "coverage",
        summary: "Count records for every pair of values of two facets, empty cells included.",
        parameters: [.rows, .columns, .question] + Parameter.narrowing + [.limit],
        answers: [Answer(schema: "Coverage", "One line of numbers a row value.")],
        handle: { request throws(Problem) in
            guard let rows = request.values.text(.rows).flatMap({ Facet(rawValue: $0) }),
                let columns = request.values.text(.columns).flatMap({ Facet(rawValue: $0) })
            else { throw Problem(.missingParameter, "'rows' and 'cols' are needed") }
            let question = try request.question()
            let coverage = try searching { () throws(SearchError) in
                try request.searcher.coverage(
                    rows: rows, cols: columns, request: question, limit: request.values.integer(.limit))
            }
            return Response(coverage, of: request.snapshot)
        })
}
