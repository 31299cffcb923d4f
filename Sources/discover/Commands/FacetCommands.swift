import Export
import Planner
import Records
import Requests
import Search
import Store

extension Command {
    static let facets = Command(
        name: "facets", summary: "Count the values of every facet, of all records or of a question's matches.",
        forms: ["[QUERY…]"], details: [], operands: .query,
        flags: Flag.flags(of: RequestParameter.ofFacets) + [.json],
        examples: [Example("discover facets --facet region --limit 50", "what regions there are")],
        run: { session throws in
            let searcher = try session.searcher()
            let values = session.arguments.request
            let request = try session.request(with: Planner(vocabulary: searcher.vocabulary))
            var counts = try searcher.facetCounts(request, limit: values.integer(.valueLimit) ?? 10)
            if let only = values.text(.facet) {
                counts.values = counts.values.filter { $0.key == only }
                counts.notRecorded = counts.notRecorded.filter { $0.key == only }
            }
            if session.arguments.has(.json) {
                try session.printJSON(counts)
                return .done
            }
            let style = session.terminal.style
            for facet in Facet.allCases.map(\.rawValue) {
                guard let values = counts.values[facet] else { continue }
                let missing = counts.notRecorded[facet] ?? 0
                session.terminal.print(
                    style.bold(facet) + style.faint(missing > 0 ? "  not recorded in \(missing)" : ""))
                for value in values {
                    session.terminal.print(
                        "  \(padded(value.count))  \(printable(value.label))  \(style.faint(printable(value.id)))")
                }
            }
            return .done
        })

    static let coverage = Command(
        name: "coverage", summary: "Count records for every pair of values of two facets, empty cells included.",
        forms: ["--rows FACET --cols FACET [QUERY…]"], details: [], operands: .query,
        flags: Flag.flags(
            of: RequestParameter.ofCoverage.map { $0 == .valueLimit ? .valueLimit.standing(at: "20") : $0 })
            + [.json, .csv],
        examples: [Example("discover coverage --rows region --cols species --csv", "what was recorded in whom")],
        run: { session throws in
            let values = session.arguments.request
            guard let rows: Facet = values.choice(.rows), let columns: Facet = values.choice(.columns)
            else { throw Failure(.usage, "--rows FACET and --cols FACET are needed") }
            let searcher = try session.searcher()
            let request = try session.request(with: Planner(vocabulary: searcher.vocabulary))
            let coverage = try searcher.coverage(
                rows: rows, cols: columns, request: request,
                limit: values.integer(.valueLimit) ?? 20)
            if session.arguments.has(.json) {
                try session.printJSON(coverage)
            } else if session.arguments.has(.csv) {
                let head = ["\(rows.rawValue)/\(columns.rawValue)"] + coverage.colValues.map(\.label)
                session.terminal.print(CommaSeparated.row(head))
                for (value, counts) in zip(coverage.rowValues, coverage.counts) {
                    session.terminal.print(CommaSeparated.row([value.label] + counts.map { "\($0)" }))
                }
            } else {
                printGrid(coverage, session: session)
            }
            return .done
        })

    static let suggest = Command(
        name: "suggest", summary: "Complete a half-typed value.", forms: ["PREFIX"], details: [], operands: .text,
        flags: Flag.flags(of: RequestParameter.ofSuggest) + [.json],
        examples: [Example("discover suggest hippo", "values that begin so, with counts")],
        run: { session throws in
            let searcher = Searcher(
                generation: try session.indexFolder.current(), vocabulary: try session.vocabulary())
            let values = session.arguments.request
            let found = try searcher.suggest(
                session.query, facet: values.choice(.facet), limit: values.integer(.limit) ?? 10)
            if session.arguments.has(.json) {
                try session.printJSON(found)
                return .done
            }
            let style = session.terminal.style
            for value in found {
                session.terminal.print(
                    "\(padded(value.count))  \(value.facet.rawValue):\(style.chip(printable(value.label)))  "
                        + style.faint(printable(value.id)))
            }
            return .done
        })

    private static func padded(_ number: Int) -> String {
        String(repeating: " ", count: max(0, 5 - String(number).count)) + "\(number)"
    }

    /// A table with numbered columns, which are named below it.
    private static func printGrid(_ coverage: Coverage, session: Session) {
        let style = session.terminal.style
        let name = 28
        let head = String(repeating: " ", count: name) + coverage.colValues.indices.map { padded($0 + 1) }.joined()
        session.terminal.print(style.faint(head))
        for (value, counts) in zip(coverage.rowValues, coverage.counts) {
            let label = shortened(printable(value.label), to: name - 1)
            let cells = counts.map { $0 == 0 ? style.unsure(padded(0)) : padded($0) }.joined()
            session.terminal.print(label + String(repeating: " ", count: name - label.count) + cells)
        }
        for (index, value) in coverage.colValues.enumerated() {
            session.terminal.print(style.faint("\(padded(index + 1))  \(printable(value.label))"))
        }
    }
}
