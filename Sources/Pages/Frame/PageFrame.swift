/// The frame of every page: head, skip link, search box, footer.
struct PageFrame {
    let context: PageContext
    let title: String
    /// What the search box and its hidden fields start with.
    var state = SearchState()
    /// Further elements of the head.
    var head: HTML = ""
    /// Whether search engines may list the page.
    var isListed = false
    /// The first page greets; others keep the box small.
    var isLanding = false

    func html(_ main: HTML) -> HTML {
        let robots: HTML = isListed ? "" : "<meta name=\"robots\" content=\"noindex\">\n"
        let landing: HTML = isLanding ? " class=\"landing\"" : ""
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            \(robots)<title>\(title)</title>
            <link rel="stylesheet" href="\(Address(.styleSheet))">
            <link rel="icon" type="image/svg+xml" href="\(Address(.icon))">
            <link rel="search" type="application/opensearchdescription+xml" title="discover" \
            href="\(Address("/opensearch.xml"))">
            <script src="\(Address(.script))" defer></script>
            \(head)</head>
            <body\(landing)>
            <a class="skip" href="#main">Skip to the content</a>
            \(banner)<main id="main" tabindex="-1">
            \(main)</main>
            \(foot)</body>
            </html>

            """
    }

    private var banner: HTML {
        let hidden = state.shared.map { name, value -> HTML in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">\n"
        }
        return """
            <header class="banner">
            <p class="brand"><a href="\(Address("/"))">discover</a></p>
            <form class="search" role="search" action="\(Address("/"))" method="get" data-suggest="/v1/suggest">
            <label for="q" class="unseen">Ask for neuroscience data</label>
            <div class="box"><input id="q" name="q" type="search" value="\(state.query)" maxlength="1024" \
            autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="thalamic Neuropixels recordings in sleep">
            <button type="submit">Search</button></div>
            \(hidden)</form>
            <nav aria-label="Pages"><a href="\(Address("/coverage"))">Coverage</a></nav>
            </header>

            """
    }

    private var foot: HTML {
        """
        <footer class="foot"><p>discover · generation <code>\(context.generation)</code> · \
        <a href="\(Address("/openapi.json"))">HTTP interface</a></p></footer>

        """
    }
}
