/// A page that says what went wrong and what to do.
package struct ErrorPage: Sendable {
    let context: PageContext
    /// HTTP status.
    let status: Int
    let title: String
    let detail: String
    let suggestions: [String]
    let state: SearchState

    /// - Parameter state: what was asked, so that it can be put right in the search box.
    package init(
        context: PageContext, status: Int, title: String, detail: String, suggestions: [String] = [],
        state: SearchState = SearchState()
    ) {
        self.context = context
        self.status = status
        self.title = title
        self.detail = detail
        self.suggestions = suggestions
        self.state = state
    }

    /// The page.
    package var html: HTML {
        let items = suggestions.map { suggestion -> HTML in "<li><bdi>\(suggestion)</bdi></li>" }
        let list: HTML = suggestions.isEmpty ? "" : "<h2>Did you mean</h2>\n<ul>\(items)</ul>\n"
        return PageFrame(context: context, title: "\(title) – discover", state: state).html(
            """
            <section class="error">
            <p class="status">\(status)</p>
            <h1>\(title)</h1>
            <p><bdi>\(detail)</bdi></p>
            \(list)<p><a href="\(Address("/"))">Start again</a></p>
            </section>

            """)
    }
}
