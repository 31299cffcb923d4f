import Export
import Planner
import Records
import Search
import Store

extension Route {
    static let feed = Route(
        .get, "/v1/feed.atom", name: "feed", summary: "Follow a search: its newest records as an Atom feed.",
        parameters: Parameter.narrowing + [.limitOfFeed],
        answers: [
            Answer("application/atom+xml", "Records that answer the question, new and changed ones first (RFC 4287).")
        ],
        handle: { request throws(Problem) in
            var search = try request.question()
            search.limit = request.values.integer(.limitOfFeed)
            search.sort = .newest
            search.isStrict = true
            search.countsFacets = false
            let result = try searching { () throws(SearchError) in try request.searcher.search(search) }
            let facts = request.snapshot.facts
            let changed = try request.changes(of: search, limit: search.limit)
            let known = Set(changed.map(\.record.id))
            let rest = result.hits.map(\.id).filter { !known.contains($0) }.prefix(search.limit - changed.count)
            let harvested = Dictionary(
                result.sources.map { ($0.source, $0.harvested) }, uniquingKeysWith: { first, _ in first })
            let entries =
                try changed
                + request.entries(of: Array(rest)).map { entry in
                    AtomFeed.Entry(entry, harvested: harvested[entry.id.source] ?? facts.created)
                }
            let site = SiteAddress(request.site)
            let question = request.planner.operatorQuery(for: result.plan)
            let query = request.address().firstIndex(of: "?").map { String(request.address()[$0...]) } ?? ""
            let feed = AtomFeed(
                title: "discover: " + (question.isEmpty ? "all records" : question),
                address: site.base + request.address(), page: site.home + query, updated: facts.created, site: site,
                entries: entries)
            var response = Response(feed.xml, mediaType: AtomFeed.mediaType)
            response.stages = result.timingsMs
            response.matches = result.total
            return response
        })

    static let openSearch = Route(
        .get, "/opensearch.xml", name: "opensearch", summary: "Tell browsers how to search here (OpenSearch 1.1).",
        answers: [Answer("application/opensearchdescription+xml", "The description.")],
        handle: { request throws(Problem) in
            Response(
                OpenSearch(site: SiteAddress(request.site)).description, mediaType: OpenSearch.mediaType,
                caching: .asset)
        })

    static let sitemap = Route(
        .get, "/sitemap.xml", name: "sitemap", summary: "List the pages of all records for crawlers.",
        parameters: [.part],
        answers: [Answer("application/xml", "Addresses of pages, or of the documents that list them.")],
        handle: { request throws(Problem) in
            let facts = request.snapshot.facts
            let sitemap = Sitemap(site: SiteAddress(request.site), records: facts.records, modified: facts.created)
            let part = request.values.has(.part) ? request.values.integer(.part) : nil
            if sitemap.isIndexed, part == nil { return Response(sitemap.index, mediaType: Sitemap.mediaType) }
            guard let rows = sitemap.rows(ofDocument: part ?? 1) else {
                throw Problem(.unknownPath, "the sitemap has no part \(part ?? 1)")
            }
            let ids = try searching { () throws(SearchError) in try request.searcher.ids(rows: rows) }
            return Response(sitemap.document(of: ids), mediaType: Sitemap.mediaType)
        })

    static let robots = Route(
        .get, "/robots.txt", name: "robots", summary: "Tell crawlers where to look (RFC 9309).",
        answers: [Answer("text/plain", "The rules.")], cost: .none,
        handle: { request throws(Problem) in
            let sitemap = Sitemap(site: SiteAddress(request.site), records: 0, modified: "")
            return Response(sitemap.robots, mediaType: "text/plain; charset=utf-8", caching: .asset)
        })
}

extension Request {
    /// Records of a search that are new or changed since the generation before; none when there was none before, for
    /// then nothing distinguishes new from old.
    fileprivate func changes(of search: SearchRequest, limit: Int) throws(Problem) -> [AtomFeed.Entry] {
        let found = try searching { () throws(SearchError) in try searcher.changes(matching: search, limit: limit) }
        guard found.since != nil else { return [] }
        return zip(found.records, try entries(of: found.records.map(\.id))).map { change, entry in
            AtomFeed.Entry(entry, updated: found.created, change: change.kind == .added ? .new : .changed)
        }
    }
}
