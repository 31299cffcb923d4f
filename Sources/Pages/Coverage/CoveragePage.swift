import Records
package import Search
package import Vocabulary

/// The coverage map: how many records there are for each pair of values of two facets, and where there are none.
package struct CoveragePage: Sendable {
    let context: PageContext
    let state: CoverageState
    let coverage: Coverage
    let vocabulary: Vocabulary

    package init(context: PageContext, state: CoverageState, coverage: Coverage, vocabulary: Vocabulary) {
        self.context = context
        self.state = state
        self.coverage = coverage
        self.vocabulary = vocabulary
    }

    /// Facets that may be laid out, the usual ones first.
    private static let facets = Facet.listed(by: \.coverage)

    /// The page.
    package var html: HTML {
        let grid = CoverageGrid(state: state, coverage: coverage, vocabulary: vocabulary)
        let title = "\(state.rows.title) × \(state.cols.noun)"
        return PageFrame(context: context, title: "Coverage: \(title) – discover", state: state.search, isListed: true)
            .html(
                """
                <section class="coverage" aria-labelledby="coverage-title">
                <h1 id="coverage-title">What has been recorded, and what has not</h1>
                \(form)<h2>\(title)</h2>
                \(trail)\(summary(grid))\(body(grid))</section>

                """)
    }

    private func body(_ grid: CoverageGrid) -> HTML {
        guard !grid.rows.isEmpty, !grid.columns.isEmpty else {
            return "<p>No record of these \(coverage.total) tells both.</p>\n"
        }
        return """
            <figure class="heat"><div class="scroll" tabindex="0" role="region" aria-label="Map, the same as the table below">
            \(HeatMap(grid: grid).html)</div>
            <figcaption>\(legend)</figcaption></figure>
            \(table(grid))
            """
    }

    // MARK: Choosing

    private var form: HTML {
        let hidden = state.search.shared.map { name, value -> HTML in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        }
        return """
            <form class="choose" action="\(Address("/coverage"))" method="get">
            <p><label for="rows">Rows</label> <select id="rows" name="rows">\(options(state.rows))</select></p>
            <p><label for="cols">Columns</label> <select id="cols" name="cols">\(options(state.cols))</select></p>
            <p class="wide"><label for="within">Only records that fulfil</label> <input id="within" name="q" type="search" \
            value="\(state.search.query)" maxlength="1024" autocomplete="off" spellcheck="false"></p>
            <p><button type="submit">Show</button></p>\(hidden)
            </form>

            """
    }

    private func options(_ chosen: Facet) -> HTML {
        let facets = Self.facets.contains(chosen) ? Self.facets : Self.facets + [chosen]
        return HTML(
            facets.map { facet -> HTML in
                let mark: HTML = facet == chosen ? " selected" : ""
                return "<option value=\"\(facet.rawValue)\"\(mark)>\(facet.title)</option>"
            })
    }

    /// The way from the outline to the root.
    private var trail: HTML {
        guard let root = state.root, let number = vocabulary.number(of: root) else { return HTML() }
        var steps: [HTML] = []
        var seen: Set<Int> = [number]
        var above = vocabulary.parents(of: number).first
        while let next = above, seen.insert(next).inserted, steps.count < 12 {
            var state = state
            state.root = vocabulary.id(of: next)
            steps.insert("<li><a href=\"\(state.address)\">\(vocabulary.label(of: next))</a></li>", at: 0)
            above = vocabulary.parents(of: next).first
        }
        var all = state
        all.root = nil
        return """
            <nav aria-label="Place in the tree"><ol class="trail"><li><a href="\(all.address)">Outline</a></li>\(steps)\
            <li aria-current="page">\(vocabulary.label(of: number))</li></ol></nav>

            """
    }

    // MARK: Words beside the picture

    private func summary(_ grid: CoverageGrid) -> HTML {
        let cells = grid.rows.count * grid.columns.count
        let empty = grid.rows.reduce(0) { $0 + $1.counts.count { $0 == 0 } }
        let omitted: HTML =
            grid.omitted == 0 ? "" : " \(counted(grid.omitted, "more part has", "more parts have")) no record at all."
        return """
            <p>\(counted(coverage.total, "record", "records")); \(grouped(coverage.rowsNotRecorded)) do not record the \
            \(state.rows.noun), \(grouped(coverage.colsNotRecorded)) not the \(state.cols.noun). \
            \(counted(empty, "of \(cells) cells is", "of \(cells) cells are")) empty.\(omitted) Each cell leads to its search; \
            a name leads to the parts of the structure.</p>

            """
    }

    private var legend: HTML {
        let entries = HeatMap.legend.map { level, label -> HTML in
            """
            <li><svg width="20" height="20" aria-hidden="true" focusable="false"><rect x="1" y="1" width="18" height="18" \
            rx="3" class="c\(level)"/></svg> \(label)</li>
            """
        }
        return "<span class=\"unseen\">Records in a cell:</span><ul class=\"legend\">\(entries)</ul>"
    }

    private func table(_ grid: CoverageGrid) -> HTML {
        let heads = grid.columns.map { column -> HTML in "<th scope=\"col\">\(column.label)</th>" }
        let rows = grid.rows.indices.map { index -> HTML in
            let row = grid.rows[index]
            let cells = grid.columns.indices.map { column -> HTML in
                let count = row.counts[column]
                let mark: HTML = count == 0 ? " class=\"none\"" : ""
                return "<td\(mark)><a href=\"\(grid.address(row: index, column: column))\">\(grouped(count))</a></td>"
            }
            let parts: HTML = row.parts.map { " <a href=\"\($0)\">parts</a>" } ?? ""
            return """
                <tr><th scope="row" class="d\(min(row.depth, 4))"><a href="\(grid.address(row: index))">\(row.value.label)</a>\
                \(parts)</th><td class="sum">\(grouped(row.value.count))</td>\(cells)</tr>

                """
        }
        return """
            <details class="equal"><summary>The same as a table</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Table of the map">
            <table class="numbers"><caption>Records by \(state.rows.noun) and \(state.cols.noun)</caption>
            <thead><tr><th scope="col">\(state.rows.title)</th><th scope="col">All</th>\(heads)</tr></thead>
            <tbody>
            \(rows)</tbody></table></div></details>

            """
    }
}
