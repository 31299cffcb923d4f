package import Search

/// The first page: what can be asked, and of which sources.
package struct LandingPage: Sendable {
    let context: PageContext
    let sources: [SearchResult.SourceLine]
    /// The catalogue as schema.org data, JSON-LD; nil when there is none.
    let linkedData: String?

    package init(context: PageContext, sources: [SearchResult.SourceLine], linkedData: String? = nil) {
        self.context = context
        self.sources = sources
        self.linkedData = linkedData
    }

    /// Questions that show what the words of a question may become.
    private static let examples = [
        "Find thalamic recordings from a sleeping animal with a Neuropixels probe.",
        "Show subjects with an inhibitory-acting virus injections in the Visual cortex",
        "tetrode recordings in CA1, but not in mice", "species:rat subjects:>=10",
    ]

    /// The page.
    package var html: HTML {
        let examples = Self.examples.map { question -> HTML in
            "<li><a href=\"\(SearchState(query: question).address)\">\(question)</a></li>\n"
        }
        let records = sources.reduce(0) { $0 + $1.records }
        let frame = PageFrame(
            context: context, title: "discover – neuroscience data in one sentence",
            head: linkedData.map { HTML(dataBlock: $0, type: "application/ld+json") } ?? "", isListed: true,
            isLanding: true)
        return frame.html(
            """
            <section class="welcome">
            <h1>Neuroscience data in one sentence</h1>
            <p class="lead">Ask in your own words. The question becomes filters over shared vocabularies that you can \
            see and change; every result says why it is there.</p>
            <h2>For example</h2>
            <ul class="examples">
            \(examples)</ul>
            <p><a class="more" href="\(Address("/coverage"))">See what has been recorded where, and what has not</a> \
            in \(counted(records, "record", "records")).</p>
            </section>
            \(SourceTable(sources: sources).html)
            """)
    }
}
