import Export
import JSON
import Records
import Store
import TestSupport
import Testing

struct RecordFormTests {
    @Test func `linked data tells what the record tells, and nothing else`() throws {
        let value = try Samples.entry(Samples.full).schemaOrg(at: SiteAddress("https://d.example.org"))
        #expect(value["@type"] == "Dataset")
        #expect(value["@id"] == "https://d.example.org/records/dandi:dataset:000911")
        #expect(value["license"] == ["https://creativecommons.org/licenses/by/4.0"])
        #expect(value["creator"]?.array?.first?["@id"] == "https://orcid.org/0000-0002-1825-0097")
        #expect(value["creator"]?.array?.last?["@type"] == nil)
        #expect(value["temporalCoverage"] == "2022-01-08/2022-02-07")
        #expect(value["datePublished"] == "2024-03-01")
        #expect(value["citation"] == ["https://doi.org/10.1000/paper.1"])
        #expect(value["isAccessibleForFree"] == true)

        let bare = try Samples.entry(Samples.bare).schemaOrg()
        let keys = Set(bare.object?.keys.map(\.self) ?? [])
        #expect(keys == ["@context", "@type", "name", "identifier", "conditionsOfAccess"])
    }

    @Test func `what is missing is missing in every form`() throws {
        let entry = try Samples.entry(Samples.bare)
        #expect(Set(entry.csl.object?.keys.map(\.self) ?? []) == ["id", "type", "title", "note"])
        #expect(!entry.bibtex.contains("year") && !entry.bibtex.contains("author"))
        #expect(!entry.ris.contains("PY  - ") && !entry.ris.contains("AU  - "))
        #expect(entry.datacite["publicationYear"] == nil && entry.datacite["creators"] == nil)
    }

    @Test func `a key of a bibliography is the record's id, and never two records share one`() throws {
        #expect(try Samples.entry(Samples.full).citationKey == "dandi:dataset:000911")
        let keys = ["a b", "a_b", "a,b", "a{b", "ä"].map { native in
            let record = Record(id: RecordID(.nwb, .session, native), title: "x")
            return (try? Samples.shared.get()).map {
                CatalogEntry(.init(row: 0, record: record, tags: [], alsoAt: []), vocabulary: $0.vocabulary).citationKey
            }
        }
        #expect(Set(keys).count == 5)
        #expect(keys.allSatisfy { $0?.allSatisfy { $0.isASCII && !" ,{}\"#%~\\'=()".contains($0) } ?? false })
    }

    @Test(arguments: [
        ("javascript:alert(1)", nil), ("data:text/html,x", nil), ("", nil), ("https://", nil),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/\"><x>", "https://example.org/%22%3E%3Cx%3E"),
        ("https://example.org/a\r\nSet-Cookie: x", "https://example.org/a%0D%0ASet-Cookie:%20x"),
        ("HTTP://example.org/ü", "HTTP://example.org/%C3%BC"),
    ])
    func `only addresses of the web are linked to, and nothing can leave them`(text: String, safe: String?) {
        #expect(WebLink.safe(text) == safe)
    }

    @Test func `hostile text stays inside every form`() throws {
        try check(try Samples.entry(Samples.hostile))
    }

    @Test func `random nasty text stays inside every form`() throws {
        var generator = SplitMix(seed: 11)
        let pieces = [
            "{", "}", "\\", "\"", "'", "<", ">", "&", "%", "#", "_", "~", "^", "$", "@", ",", "=", "\n", "\r\n", "\t",
            "\u{0}", "\u{1B}", "\u{2028}", "\u{202E}", "\u{FEFF}", "\u{E0041}", "ER  - ", " and ", "</script>", "]]>",
            "é", "e\u{301}", "שלום", "👩‍🔬", "word", " ",
        ]
        for _ in 0..<300 {
            func text() -> String {
                (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                    pieces.randomElement(using: &generator) ?? ""
                }.joined()
            }
            try check(
                try Samples.entry(titled: text(), description: text(), contributors: [text(), "Family, \(text())"]))
        }
    }

    private func check(_ entry: CatalogEntry) throws {
        for format in [ExportFormat.jsonld, .csl, .datacite] {
            let text = try #require(entry.text(as: format))
            #expect(!text.contains { "<>&\u{2028}\u{2029}".contains($0) }, "\(text)")
            _ = try JSONReader.value(text.utf8)
        }
        let bibtex = entry.bibtex
        var depth = 0
        var entries = 0
        for byte in bibtex.utf8 {
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            #expect(depth >= 0, "\(bibtex)")
            if depth == 0, byte == UInt8(ascii: "@") { entries += 1 }
        }
        #expect(depth == 0 && entries == 1, "\(bibtex)")
        #expect(bibtex.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 && $0 != "\u{202E}" })

        let lines = entry.ris.utf8.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        #expect(lines.first == "TY  - DATA\r" && lines.last == "ER  - \r")
        for line in lines {
            #expect(line.hasSuffix("\r") && line.dropFirst(2).hasPrefix("  - "), "\(line)")
            #expect(line.utf8.dropLast().allSatisfy { $0 >= 32 })
        }
        #expect(lines.count { $0.hasPrefix("ER  - ") } == 1)

        for link in entry.signposts(at: SiteAddress("http://127.0.0.1:8080")) {
            #expect(link.value.utf8.allSatisfy { $0 >= 32 && $0 < 127 }, "\(link.value)")
            #expect(link.value.utf8.count { $0 == UInt8(ascii: "<") } == 1)
        }
    }
}
