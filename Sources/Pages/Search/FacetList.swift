import Records
import Search

/// The values of each facet among the matches.  A click adds the value as a filter; the count beside it is exactly the
/// total after the click.
struct FacetList {
    let result: SearchResult
    let state: SearchState
    /// Values of the unfolded facet, all of them.
    let unfolded: [SearchResult.FacetCount]

    /// Facets that are open at first: those most people use.
    private static let open = Facet.listed(by: \.unfolded)
    private static let folded = Facet.listed(by: \.folded)
    private static let openValues = 5
    private static let foldedValues = 3

    var html: HTML {
        guard result.total > 0 else { return HTML() }
        let groups =
            Self.open.map { group($0, values: Self.openValues, isOpen: true) }
            + Self.folded.map { group($0, values: Self.foldedValues, isOpen: false) }
        return """
            <aside id="facets" class="facets" aria-labelledby="facets-title">
            <h2 id="facets-title">Narrow these \(counted(result.total, "match", "matches"))</h2>
            \(groups)</aside>

            """
    }

    private func group(_ facet: Facet, values limit: Int, isOpen: Bool) -> HTML {
        let isUnfolded = state.unfolded == facet
        let values = isUnfolded ? unfolded : result.facets[facet.rawValue] ?? []
        guard !values.isEmpty else { return HTML() }
        let shown = isUnfolded ? values[...] : values.prefix(limit)
        var rows = shown.map { row($0, facet) }
        let missing = result.notRecorded[facet.rawValue] ?? 0
        if missing > 0 {
            rows.append(
                "<li class=\"missing\"><span>not recorded</span> <span class=\"count\">\(grouped(missing))</span></li>\n"
            )
        }
        if values.count > shown.count {
            let all = Address("/", with(facet).parameters, fragment: "facets")
            rows.append("<li class=\"all\"><a href=\"\(all)\">All \(facet.noun) values</a></li>\n")
        }
        let open: HTML = isOpen || isUnfolded ? " open" : ""
        return """
            <details\(open)><summary><h3>\(facet.title)</h3></summary>
            <ul>
            \(rows)</ul></details>

            """
    }

    private func with(_ facet: Facet) -> SearchState {
        var state = state
        state.unfolded = facet
        return state
    }

    private func row(_ value: SearchResult.FacetCount, _ facet: Facet) -> HTML {
        let label: HTML = "<bdi>\(value.label)</bdi> <span class=\"count\">\(grouped(value.count))</span>"
        if value.count == result.total { return "<li class=\"every\"><span>\(label)</span></li>\n" }
        return "<li><a href=\"\(state.choosing(facet, value.id))\">\(label)</a></li>\n"
    }
}
