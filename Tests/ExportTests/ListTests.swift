import Export
import JSON
import Records
import Search
import TestSupport
import Testing

struct ListTests {
    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("\"", "\"\"\"\""),
        ("=1+1", "'=1+1"), ("+49", "+49"), ("-1.5e3", "-1.5e3"), ("-inf", "'-inf"), ("-0x1", "'-0x1"),
        ("@SUM(A1)", "'@SUM(A1)"), ("＝1", "'＝1"), ("\t=1", "'=1"), ("\r=1", "'=1"), ("  -2+3", "'-2+3"),
        ("a\nb", "a b"), ("", ""), ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
    ])
    func `a field is quoted where needed and never a formula`(text: String, field: String) {
        #expect(CommaSeparated.field(text) == field)
    }

    @Test func `a table reads back as it was, whatever it holds`() {
        var generator = SplitMix(seed: 3)
        let pieces = ["a", ",", "\"", "\"\"", "=", "é", "'", " x", "-", "\n"]
        for _ in 0..<200 {
            let rows = (0..<3).map { _ in
                (0..<3).map { _ in
                    (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                        pieces.randomElement(using: &generator) ?? ""
                    }.joined()
                }
            }
            let read = parsed(CommaSeparated.table(rows))
            #expect(read.count == 3 && read.allSatisfy { $0.count == 3 })
            for (row, back) in zip(rows, read) {
                for (field, other) in zip(row, back) {
                    let line = SafeText.line(field)
                    #expect(other == line || other == "'" + line)
                    #expect(!(other.first.map { "=@".contains($0) } ?? false))
                }
            }
        }
    }

    /// A reader of RFC 4180, written apart from the writer.
    private func parsed(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            if isQuoted {
                if byte != UInt8(ascii: "\"") {
                    field.append(byte)
                } else if bytes.first == UInt8(ascii: "\"") {
                    field.append(byte)
                    bytes.removeFirst()
                } else {
                    isQuoted = false
                }
            } else if byte == UInt8(ascii: "\""), field.isEmpty {
                isQuoted = true
            } else if byte == UInt8(ascii: ",") {
                row.append(String(decoding: field, as: UTF8.self))
                field = []
            } else if byte == 13, bytes.first == 10 {
                bytes.removeFirst()
                rows.append(row + [String(decoding: field, as: UTF8.self)])
                (row, field) = ([], [])
            } else {
                field.append(byte)
            }
        }
        return rows
    }

    @Test func `lists of records are one document`() throws {
        let list = RecordList(try [Samples.full, Samples.hostile].map(Samples.entry))
        #expect(try JSONReader.value(#require(list.text(as: .csl)).utf8).array?.count == 2)
        let graph = try JSONReader.value(#require(list.text(as: .jsonld)).utf8)
        #expect(graph["@graph"]?.array?.count == 2)
        #expect(graph["@graph"]?.array?.first?["@context"] == nil)
        #expect(list.text(as: .csv) == nil)
        #expect(RecordList([]).text(as: .datacite) == "[]\n")
    }

    @Test(
        arguments: [
            ("", "json"), ("*/*", "json"), ("text/html", nil), ("application/x-bibtex", "bibtex"),
            ("text/html, application/ld+json;q=0.9, */*;q=0.1", "jsonld"), ("application/*", "json"),
            ("application/json;q=0, application/ld+json;q=0.5", "jsonld"), ("application/json;q=0, */*", "jsonld"),
            ("APPLICATION/LD+JSON", "jsonld"), (";;;,,q=", nil), ("application/ld+json;q=x", "jsonld"),
        ] as [(String, String?)])
    func `the form is what Accept wants most`(accept: String, format: String?) {
        #expect(ExportFormat.negotiated(accept: accept, among: ExportFormat.ofRecords)?.rawValue == format)
    }

    @Test func `more pages than one sitemap holds are divided among several`() {
        let small = Sitemap(site: SiteAddress("https://x.example.org"), records: 49_999, modified: "2026-11-21")
        #expect(!small.isIndexed && small.rows(ofDocument: 1) == 0..<49_999)
        let large = Sitemap(site: SiteAddress("https://x.example.org"), records: 120_001, modified: "2026-11-21")
        #expect(large.isIndexed && large.documents == 3)
        #expect((1...3).flatMap { Array(large.rows(ofDocument: $0) ?? 0..<0) } == Array(0..<120_001))
        #expect(large.rows(ofDocument: 4) == nil && large.rows(ofDocument: 0) == nil)
        #expect(large.index.contains("<loc>https://x.example.org/sitemap.xml?part=3</loc>"))
    }

    @Test func `suggestions are operators that lead to their search`() {
        let value = OpenSearch(site: SiteAddress("https://x.example.org")).suggestions(
            for: "mou", [Suggestion(facet: .species, id: "NCBITaxon:10090", label: "house \"mouse", count: 1)])
        #expect(
            value
                == [
                    "mou", ["species:\"house  mouse\""], ["species, 1 record"],
                    ["https://x.example.org/?q=species%3A%22house%20%20mouse%22"],
                ])
    }

    @Test func `HTML of a snippet becomes text`() {
        #expect(Markup.plain("a &lt;b&gt; <mark>c &amp; d</mark> e") { "[\($0)]" } == "a <b> [c & d] e")
    }
}
