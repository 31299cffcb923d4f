import Export
import Foundation
import JSON
import Records
import Search
import TestSupport
import Testing

/// Every form of every sample, byte for byte.  After a wanted change: `DISCOVER_RENEW_FIXTURES=1 swift test --filter
/// GoldenTests`, and read the difference.
struct GoldenTests {
    private static let site = SiteAddress("https://discover.example.org/")

    private func compare(_ text: String, with name: String) throws {
        let path = "\(Places.root)/Tests/Fixtures/exports/\(name)"
        if ProcessInfo.processInfo.environment["DISCOVER_RENEW_FIXTURES"] != nil {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
        // Compared as bytes: Swift takes CR LF for one character and composed for decomposed ones.
        let golden = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(Data(text.utf8) == golden, "\(name) differs:\n\(text)")
    }

    @Test(arguments: [("full", Samples.full), ("bare", Samples.bare), ("hostile", Samples.hostile)])
    func `a record in every form`(name: String, record: Record) throws {
        let entry = try Samples.entry(record)
        for format in ExportFormat.ofRecords where format != .json {
            let text = try #require(entry.text(as: format, at: Self.site))
            try compare(text, with: "\(name).\(format.rawValue).\(format.fileExtension)")
        }
        try compare(
            entry.signposts(at: Self.site).map { "Link: \($0.value)\n" }.joined(), with: "\(name).signposts.txt")
    }

    @Test func `a feed, a sitemap and the description of the search`() throws {
        let entries = try [Samples.full, Samples.bare, Samples.hostile].map(Samples.entry)
        let feed = AtomFeed(
            title: "species:mouse & <sleep>", address: "https://discover.example.org/v1/feed.atom?q=species%3Amouse",
            page: "https://discover.example.org/?q=species%3Amouse", updated: "2026-11-21T09:30:00Z", site: Self.site,
            entries: [
                .init(entries[0], harvested: "2026-11-20T00:00:00Z", change: .changed),
                .init(entries[1], harvested: "2026-11-20T01:00:00Z", change: .new),
                .init(entries[2], harvested: "2026-11-20T02:00:00Z"),
            ])
        try compare(feed.xml, with: "feed.atom")
        let sitemap = Sitemap(site: Self.site, records: 3, modified: "2026-11-21T09:30:00Z")
        try compare(sitemap.document(of: entries.map(\.id)), with: "sitemap.xml")
        try compare(sitemap.robots, with: "robots.txt")
        try compare(OpenSearch(site: Self.site).description, with: "opensearch.xml")
        let catalog = DataCatalog(
            site: Self.site, sources: [.init(source: .dandi, records: 2, harvested: "2026-11-20", stale: false)],
            modified: "2026-11-21T09:30:00Z")
        try compare(catalog.schemaOrg.scriptSafe + "\n", with: "catalog.jsonld")
    }
}
