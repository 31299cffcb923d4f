import JSON
import Records
import Search

extension Tool {
    static let coverage = Tool(
        name: "coverage", title: "What is measured, and what is not",
        description:
            "Counts records for every pair of values of two facets, of all records or of a question's matches; "
            + "zeros are what nobody has measured.",
        input: Schema.object(
            [
                "rows": Schema.choice(Facet.allCases.map(\.rawValue), "Facet of the rows."),
                "cols": Schema.choice(Facet.allCases.map(\.rawValue), "Facet of the columns."),
                "query": queryInput, "type": typeInput, "filters": filtersInput,
                "limit": Schema.integer(1...30, "Most frequent values of each facet (default 12)."),
            ], required: ["rows", "cols"], closed: true),
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
            guard let rows = try call.choice("rows", of: Facet.self),
                let cols = try call.choice("cols", of: Facet.self)
            else { throw ToolError("missing_argument", "rows and cols are missing", Facet.allCases.map(\.rawValue)) }
            let found = try call.searcher.coverage(
                rows: rows, cols: cols, request: try call.request(),
                limit: try call.number("limit", in: 1...30, else: 12))
            return [
                "rows": .string(rows.rawValue), "cols": .string(cols.rawValue),
                "row_values": .array(found.rowValues.map { counted($0, isKnown: call.isKnown) }),
                "col_values": .array(found.colValues.map { counted($0, isKnown: call.isKnown) }),
                "counts": .array(found.counts.map { .array($0.map { .int($0) }) }), "total": .int(found.total),
                "rows_not_recorded": .int(found.rowsNotRecorded), "cols_not_recorded": .int(found.colsNotRecorded),
            ]
        })
}
