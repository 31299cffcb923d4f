import JSON
import Records
import Requests
import Search

extension Tool {
    static let coverage = Tool(
        name: "coverage", title: "What is measured, and what is not",
        description:
            "Counts records for every pair of values of two facets, of all records or of a question's matches; "
            + "zeros are what nobody has measured.",
        parameters: RequestParameter.ofCoverage.map {
            $0 == .valueLimit ? .valueLimit.within(1...30).standing(at: "12") : $0
        },
        output: Schema.answer(
            [
                "rows": Schema.string(), "cols": Schema.string(),
                "row_values": Schema.array(of: Schema.anything), "col_values": Schema.array(of: Schema.anything),
                "counts": Schema.array(of: Schema.array(of: Schema.count), "One list a row value, one count a column."),
                "total": Schema.count, "rows_not_recorded": Schema.count, "cols_not_recorded": Schema.count,
            ],
            required: [
                "rows", "cols", "row_values", "col_values", "counts", "total", "rows_not_recorded",
                "cols_not_recorded",
            ]),
        run: { call in
            guard let rows: Facet = call.values.choice(.rows), let cols: Facet = call.values.choice(.columns),
                let limit = call.values.integer(.valueLimit)
            else { throw ToolError("missing_argument", "rows and cols are missing", Facet.allCases.map(\.rawValue)) }
            let found = try call.searcher.coverage(rows: rows, cols: cols, request: try call.request(), limit: limit)
            return [
                "rows": .string(rows.rawValue), "cols": .string(cols.rawValue),
                "row_values": .array(found.rowValues.map { counted($0, isKnown: call.isKnown) }),
                "col_values": .array(found.colValues.map { counted($0, isKnown: call.isKnown) }),
                "counts": .array(found.counts.map { .array($0.map { .int($0) }) }), "total": .int(found.total),
                "rows_not_recorded": .int(found.rowsNotRecorded), "cols_not_recorded": .int(found.colsNotRecorded),
            ]
        })
}
