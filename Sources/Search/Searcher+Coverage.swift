import Planner
package import Records
import Store
import Vocabulary

/// How many records of a question fall into each pair of facet values: the empty cells are what nobody has measured.
package struct Coverage: Codable, Sendable {
    package var rows: Facet
    package var cols: Facet
    package var rowValues: [SearchResult.FacetCount]
    package var colValues: [SearchResult.FacetCount]
    /// One line a row value, one number a column value.
    package var counts: [[Int]]
    package var total: Int
    /// Records of the set that do not record the facet of the rows, of the columns.
    package var rowsNotRecorded: Int
    package var colsNotRecorded: Int

    enum CodingKeys: String, CodingKey {
        case rows, cols, counts, total
        case rowValues = "row_values"
        case colValues = "col_values"
        case rowsNotRecorded = "rows_not_recorded"
        case colsNotRecorded = "cols_not_recorded"
    }
}

extension Searcher {
    /// Counts pairs of values over the matches of a request.
    ///
    /// - Parameters:
    ///   - rowTerms: ids of the values of the rows, in their order; nil for the most frequent ones that records have
    ///     themselves, not only through something narrower.  Named values are counted even where nothing is found.
    ///   - colTerms: the same for the columns.
    ///   - limit: how many frequent values at most.
    package func coverage(
        rows: Facet, cols: Facet, request: SearchRequest, limit: Int = 30, rowTerms: [String]? = nil,
        colTerms: [String]? = nil
    ) throws(SearchError) -> Coverage {
        let ranking = try rank(request)
        let set = ranking.evaluation.matches
        let counts = try countFacets(
            of: set, matcher: ranking.matcher, limit: limit, directOnly: true, deadline: request.deadline)
        func named(_ ids: [String], _ facet: Facet) -> [SearchResult.FacetCount] {
            ids.map { id in
                let label = vocabulary.number(of: id).map { vocabulary.label(of: $0) } ?? id
                let value = Plan.Value(id: id, label: label)
                return .init(id: id, label: label, count: ranking.matcher.count(of: value, facet: facet, in: set))
            }
        }
        let rowValues = rowTerms.map { named($0, rows) } ?? counts.values[rows.rawValue] ?? []
        let colValues = colTerms.map { named($0, cols) } ?? counts.values[cols.rawValue] ?? []
        func sets(_ values: [SearchResult.FacetCount], _ facet: Facet) throws(SearchError) -> [Bitset] {
            try values.map { (value) throws(SearchError) in
                try request.deadline.check()
                return ranking.matcher.records(fulfilling: .init(id: value.id, label: value.label), facet: facet) & set
            }
        }
        let columns = try sets(colValues, cols)
        return Coverage(
            rows: rows, cols: cols, rowValues: rowValues, colValues: colValues,
            counts: try sets(rowValues, rows).map { row in columns.map { row.countOfIntersection(with: $0) } },
            total: set.count, rowsNotRecorded: counts.notRecorded[rows.rawValue] ?? 0,
            colsNotRecorded: counts.notRecorded[cols.rawValue] ?? 0)
    }

    /// Facet counts over the matches of a request, `limit` values each.
    package func facetCounts(_ request: SearchRequest, limit: Int) throws(SearchError) -> FacetCounts {
        let ranking = try rank(request)
        return try countFacets(
            of: ranking.evaluation.matches, matcher: ranking.matcher, limit: limit, deadline: request.deadline)
    }
}
