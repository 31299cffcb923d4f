package import Records

/// The pages of a site for crawlers (sitemaps.org, protocol 0.9).
package struct Sitemap: Sendable {
    /// Most addresses of one document; above it an index names several documents.
    package static let mostAddresses = 50_000
    package static let mediaType = "application/xml; charset=utf-8"

    package let site: SiteAddress
    /// How many records there are.
    package let records: Int
    /// When the index was built, ISO 8601.
    package let modified: String

    package init(site: SiteAddress, records: Int, modified: String) {
        self.site = site
        self.records = records
        self.modified = modified
    }

    /// Whether `/sitemap.xml` is an index of ``documents`` documents `/sitemap.xml?part=1` and so on: a document is
    /// valid only for URLs below its own path.
    package var isIndexed: Bool { records + 1 > Self.mostAddresses }

    /// How many documents the index names; 0 without one.
    package var documents: Int {
        isIndexed ? (records + Self.mostAddresses - 1) / Self.mostAddresses : 0
    }

    /// The rows of the records in document `number`, counted from 1; nil when there is no such document.
    package func rows(ofDocument number: Int) -> Range<Int>? {
        guard (1...max(1, documents)).contains(number) else { return nil }
        let start = (number - 1) * Self.mostAddresses
        return start..<min(records, start + Self.mostAddresses)
    }

    /// The index.
    package var index: String {
        let entries = (1...max(1, documents)).map { number in
            "<sitemap>" + XML.element("loc", "\(site.base)/sitemap.xml?part=\(number)")
                + XML.element("lastmod", modified)
                + "</sitemap>"
        }
        return document("sitemapindex", entries)
    }

    /// A document of records' pages; one without an index begins with the search page.
    package func document(of ids: [RecordID]) -> String {
        let home =
            isIndexed ? [] : ["<url>" + XML.element("loc", site.home) + XML.element("lastmod", modified) + "</url>"]
        return document("urlset", home + ids.map { "<url>" + XML.element("loc", site.page($0)) + "</url>" })
    }

    private func document(_ name: String, _ entries: [String]) -> String {
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<\(name) xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            + entries.joined(separator: "\n") + "\n</\(name)>\n"
    }

    /// `robots.txt` (RFC 9309): pages may be crawled, answers to programs need not be.
    package var robots: String {
        "User-agent: *\nDisallow: /v1/\nDisallow: /mcp\nAllow: /\n\nSitemap: \(site.base)/sitemap.xml\n"
    }
}
