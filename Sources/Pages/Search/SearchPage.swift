package import Planner
import Records
package import Search

/// The search page of one answered question.
package struct SearchPage: Sendable {
    let context: PageContext
    let state: SearchState
    let result: SearchResult
    let editor: PlanEditor
    let refinements: [Refinement]
    let unfolded: [SearchResult.FacetCount]
    let first: Int

    /// - Parameters:
    ///   - state: what the address asks.
    ///   - request: the same as it was put to the searcher.
    ///   - refinements: what each filter may be changed to; none is fine.
    ///   - unfolded: all values of the facet that the state unfolds.
    ///   - first: number of the first hit of the page, 1 on the first page.
    package init(
        context: PageContext, state: SearchState, request: SearchRequest, result: SearchResult, planner: Planner,
        refinements: [Refinement] = [], unfolded: [SearchResult.FacetCount] = [], first: Int = 1
    ) {
        self.context = context
        self.state = state
        self.result = result
        editor = PlanEditor(state: state, request: request, planner: planner)
        self.refinements = refinements
        self.unfolded = unfolded
        self.first = first
    }

    /// The page.
    package var html: HTML {
        let query = state.query
        let frame = PageFrame(
            context: context, title: query.isEmpty ? "Search – discover" : "\(query) – discover", state: state,
            head: feed)
        return frame.html(
            """
            <h1 class="unseen">Search results</h1>
            <section id="plan" class="plan" aria-labelledby="plan-title" tabindex="-1">
            <h2 id="plan-title">Understood as</h2>
            \(chips)\(warnings)</section>
            <div class="columns">
            <section class="results" aria-labelledby="results-title">
            <h2 id="results-title" class="totals">\(totals)</h2>
            <p id="totals" role="status" class="unseen"></p>
            \(options)\
            \(ZeroHelp(result: result, editor: editor).html)\
            \(HitList(result: result, state: state, first: first).html)\(paging)</section>
            \(FacetList(result: result, state: state, unfolded: unfolded).html)\
            <div class="elsewhere">
            \(Reuse(context: context, state: state, plan: result.plan, planner: editor.planner).html)\(sources)</div>
            </div>
            """)
    }

    private var chips: HTML {
        let chips = PlanChips(plan: result.plan, editor: editor, refinements: refinements).html
        return chips.isEmpty ? "<p class=\"hint\">Nothing to filter or rank by: all records.</p>\n" : chips
    }

    private var warnings: HTML {
        HTML(
            result.warnings.map { warning -> HTML in
                let did: HTML =
                    // The message of an unknown word names what is close to it.
                    warning.suggestions.isEmpty || warning.code == "unknown_word"
                    ? "" : " Did you mean \(warning.suggestions.joined(separator: ", "))?"
                return "<p class=\"warning\">\(warning.message)\(did)</p>\n"
            })
    }

    private var totals: HTML {
        let matches = counted(result.total, "match", "matches")
        let possible: HTML =
            result.possible == 0
            ? ""
            : state.isStrict
                ? """
                , <a href="\(state.address { $0.isStrict = false })">\(grouped(result.possible)) possible left out</a>
                """
                : ", <span class=\"possible\">\(grouped(result.possible)) possible</span>"
        return "<span class=\"number\">\(matches)</span>\(possible)"
    }

    /// Order, and what counts as evidence; nothing where there is nothing to order.
    private var options: HTML {
        guard !result.hits.isEmpty else { return HTML() }
        let orders = SearchSort.allCases.map { sort -> HTML in
            let name: HTML =
                switch sort {
                case .relevance: "best first"
                case .newest: "newest first"
                case .oldest: "oldest first"
                }
            if sort == state.sort { return "<li><strong>\(name)</strong></li>" }
            return "<li><a href=\"\(state.address { $0.sort = sort })\">\(name)</a></li>"
        }
        let evidence: HTML = state.statedOnly ? "count what was read from free text too" : "only what sources state"
        return """
            <ul class="options" aria-label="Order and evidence">\(orders)\
            <li><a href="\(state.address { $0.statedOnly.toggle() })">\(evidence)</a></li></ul>

            """
    }

    private var paging: HTML {
        var links: [HTML] = []
        if state.cursor != nil {
            links.append("<a href=\"\(state.address { $0.cursor = nil })\" rel=\"first\">First page</a>")
        }
        if let next = result.next {
            var state = state
            state.cursor = next
            links.append("<a class=\"next\" href=\"\(state.address)\" rel=\"next\">Next page</a>")
        }
        return links.isEmpty ? HTML() : "<nav class=\"paging\" aria-label=\"Pages of results\">\(links)</nav>\n"
    }

    private var feed: HTML {
        let feed = Address("/v1/feed.atom", [("q", state.query)] + state.shared)
        return """
            <link rel="alternate" type="application/atom+xml" title="New and changed records" href="\(feed)">

            """
    }

    private var sources: HTML { SourceTable(sources: result.sources).html }
}

/// How many records of each source the answer looked at, and how fresh they are.
struct SourceTable {
    let sources: [SearchResult.SourceLine]

    var html: HTML {
        let rows = sources.map { source -> HTML in
            let stale: HTML = source.stale ? " <strong class=\"stale\">stale</strong>" : ""
            return """
                <tr><th scope="row">\(source.source.descriptor.title)</th><td class="number">\(grouped(source.records))</td>\
                <td>\(String(source.harvested.prefix(10)))\(stale)</td></tr>

                """
        }
        return """
            <section class="sources" aria-labelledby="sources-title">
            <h2 id="sources-title">Where the records come from</h2>
            <table><thead><tr><th scope="col">Source</th><th scope="col" class="number">Records</th>\
            <th scope="col">Harvested</th></tr></thead>
            <tbody>
            \(rows)</tbody></table>
            </section>

            """
    }
}
