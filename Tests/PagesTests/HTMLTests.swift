import Pages
import Records
import Testing
import Text

/// Text stays text, whatever it holds.
struct HTMLTests {
    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</title><h1>",
        "&lt;script&gt;", "<!--", "]]>", "a & b < c > d \" e ' f", "\u{202e}gnp.exe", "\u{0}\u{7}\u{1b}[31m",
        "\u{fffe}",
        "&#x3c;", "</script><script>", "{{7*7}}", "${1}",
    ]

    @Test(arguments: hostile)
    func `interpolated text is escaped in content and in attributes`(text: String) throws {
        let html: HTML = "<p title=\"\(text)\">\(text)</p>"
        let markup = try Markup(html.markup)
        #expect(markup.elements.map(\.name) == ["p"])
        #expect(Array(markup.elements[0].attributes.keys) == ["title"])
        let shown = text.unicodeScalars.map { scalar -> Character in
            scalar.value < 32 || scalar.value == 0xfffe ? " " : Character(scalar)
        }
        #expect(Array(markup.text.unicodeScalars) == shown.flatMap(\.unicodeScalars))
        #expect(markup.elements[0].attributes["title"] == markup.text)
    }

    @Test(arguments: hostile)
    func `what was escaped can be read back`(text: String) {
        let clean = text.filter { !$0.unicodeScalars.contains { $0.value < 32 || $0.value == 0xfffe } }
        #expect(MarkupEscaping.unescaped(MarkupEscaping.escaped(clean)) == clean)
    }

    @Test func `of a snippet nothing but its marks is markup`() throws {
        let html = HTML(marked: "a &lt;b&gt; <mark>word</mark> <i>not ours</i> <mark>open <mark>twice</mark> &amp;lt;")
        let markup = try Markup(html.markup)
        #expect(Set(markup.elements.map(\.name)) == ["mark"])
        #expect(markup.text == "a <b> word <i>not ours</i> open twice &lt;")
    }

    @Test func `a data block cannot be ended from within`() throws {
        let html = HTML(
            dataBlock: #"{"a":"</script><script>alert(1)</script>&\#u{2028}"}"#, type: "application/ld+json")
        let markup = try Markup(html.markup)
        #expect(markup.elements.map(\.name) == ["script"])
        #expect(
            markup.blocks == [#"{"a":"\u003c/script\u003e\u003cscript\u003ealert(1)\u003c/script\u003e\u0026\u2028"}"#])
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,<script>", "vbscript:x", "//evil.example.org", "/\\evil.example.org", "http:evil", "https://",
        "http://\u{0}x", "http://a b", "https://a\"onclick=x", "https://a<b", "ftp://a.example.org",
        "file:///etc/passwd",
        "https://\u{202e}a", "https:///a", "http://?", "mailto:a", "", "about:blank", "blob:https://a", "https://a\\b",
    ])
    func `what is no web address never becomes a link`(text: String) {
        #expect(Address(web: text) == nil)
    }

    @Test(arguments: [
        "https://dandiarchive.org/dandiset/000003", "http://a.example.org/?q=1&r=2#x", "HTTPS://A.example.org/",
        "https://[::1]/a", "https://example.org/caf\u{e9}",
    ])
    func `a web address is linked as it stands`(text: String) throws {
        let address = try #require(Address(web: text))
        let html: HTML = "<a href=\"\(address)\">x</a>"
        #expect(try Markup(html.markup).elements[0].attributes["href"] == text)
    }

    @Test func `names and values of a query are encoded`() {
        let address = Address("/", [("q", "a&b=c d+e#f\"é%"), ("filter", "region=UBERON:0001897")], fragment: "plan")
        #expect(address.text == "/?q=a%26b%3Dc+d%2Be%23f%22%C3%A9%25&filter=region%3DUBERON:0001897#plan")
        let record = Address(record: RecordID(.nwb, .session, "a/b ../c?d#é"))
        #expect(record.text == "/records/nwb:session:a%2Fb%20..%2Fc%3Fd%23%C3%A9")
    }

    @Test(arguments: ["0", "10.", "10.1000/<x>", "https://doi.org/10.1/2"])
    func `a DOI is linked by its resolver only`(text: String) {
        let address = Address(doi: text)
        #expect(address == nil || address?.text == "https://doi.org/10.1000/%3Cx%3E")
    }
}
