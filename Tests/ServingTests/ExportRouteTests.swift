import Export
import Foundation
import Records
import Serving
import TestSupport
import Testing

/// Exports, feeds and the addresses that other programs look for, over the wire.
struct ExportRouteTests {
    private func get(_ target: String, accept: String? = nil) throws -> Answer {
        try TestServer.shared.get().send("GET", target, headers: accept.map { ["Accept": $0] } ?? [:])
    }

    private var id: String { "dandi:dataset:000900" }

    @Test(arguments: ExportFormat.ofRecords)
    func `a record comes in every form, by name and by Accept`(format: ExportFormat) throws {
        let named = try get("/v1/records/\(id)?format=\(format.rawValue)")
        #expect(named.status == 200, "\(named.text)")
        #expect(named["content-type"] == format.mediaType)
        let wanted = try get("/v1/records/\(id)", accept: String(format.mediaType.prefix { $0 != ";" }))
        #expect(wanted.body == named.body)
        #expect(wanted["vary"]?.contains("Accept") == true)
        #expect(named["content-disposition"]?.contains(".\(format.fileExtension)\"") ?? false == (format != .json))
        let links = named.all("link")
        #expect(links.contains("<http://localhost/records/\(id)>; rel=\"describes\"; type=\"text/html\""))
        #expect(links.contains("<https://doi.org/10.48324/dandi.000900>; rel=\"cite-as\""))
        #expect(links.count { $0.contains("rel=\"alternate\"") } == ExportFormat.ofRecords.count - 1)
    }

    @Test func `forms have entity tags of their own`() throws {
        let tags = try ["application/json", "application/ld+json", "application/x-bibtex"].map {
            try #require(try get("/v1/records/\(id)", accept: $0)["etag"])
        }
        #expect(Set(tags).count == 3)
        let again = try TestServer.shared.get().send(
            "GET", "/v1/records/\(id)", headers: ["Accept": "application/ld+json", "If-None-Match": tags[1]])
        #expect(again.status == 304)
    }

    @Test func `a form that there is not is a problem that says which there are`() throws {
        let answer = try get("/v1/records/\(id)", accept: "text/html")
        #expect(answer.status == 406)
        #expect(try answer.json()["code"] as? String == "not_acceptable")
        #expect((try answer.json()["suggestions"] as? [String])?.contains("bibtex") == true)
        #expect(try get("/v1/records/\(id)?format=docx").status == 400)
        #expect(try get("/v1/records/nothing?format=ris").status == 404)
    }

    @Test(arguments: ExportFormat.allCases)
    func `the hits of a search come in every form, in the order of the page`(format: ExportFormat) throws {
        let page = try get("/v1/search?q=thalamus&limit=3").json()
        let ids = try #require(page["hits"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        let answer = try get("/v1/search?q=thalamus&limit=3&format=\(format.rawValue)")
        #expect(answer.status == 200)
        #expect(answer["content-type"] == format.mediaType)
        var rest = answer.text[...]
        for id in ids {
            let position = try #require(rest.range(of: id), "\(id) is not in \(format)")
            rest = rest[position.upperBound...]
        }
        #expect(answer.all("link").contains { $0.contains("rel=\"self\"") })
    }

    @Test func `a search can be followed as a feed`() throws {
        let answer = try get("/v1/feed.atom?q=thalamus")
        #expect(answer.status == 200)
        #expect(answer["content-type"] == AtomFeed.mediaType)
        #expect(answer.text.contains("<id>http://localhost/v1/feed.atom?q=thalamus</id>"))
        #expect(answer.text.contains("href=\"http://localhost/?q=thalamus\""))
        let total = try #require(try get("/v1/search?q=thalamus&strict=true").json()["total"] as? Int)
        #expect(answer.text.components(separatedBy: "<entry>").count - 1 == total)
        #expect(try get("/v1/feed.atom?q=species:unicorn").status == 422)
        #expect(try get("/v1/feed.atom?limit=0").status == 400)
        #expect(try get("/v1/feed.atom").status == 200)
    }

    @Test func `a feed tells what is new and what changed since the generation before`() throws {
        var records = Invented.records.filter { $0.id.source == .brainstem }
        let server = try TestServer(records: records)
        #expect(!(try server.send("GET", "/v1/feed.atom").text.contains("#change")))
        records[0].title = "Another title"
        records.append(Invented.session("newcomer", recordings: [("thalamus", "tetrode")]))
        try server.folder.publish(records)
        _ = server.service.served.refresh()
        let feed = try server.send("GET", "/v1/feed.atom?limit=2").text
        let entries = feed.components(separatedBy: "<entry>").dropFirst()
        #expect(entries.count == 2)
        let changed = try #require(entries.first { $0.contains("brainstem:session:\(records[0].id.native)<") })
        #expect(changed.contains("term=\"changed\"") && changed.contains("Another title"))
        let new = try #require(entries.first { $0.contains("brainstem:session:newcomer<") })
        #expect(new.contains("term=\"new\"") && new.contains("New in the index."))
        #expect(try !server.send("GET", "/v1/feed.atom?q=striatum").text.contains("#change"))
    }

    @Test func `crawlers and browsers find what they look for`() throws {
        let sitemap = try get("/sitemap.xml")
        #expect(sitemap["content-type"] == Sitemap.mediaType)
        #expect(sitemap.text.contains("<loc>http://localhost/records/\(id)</loc>"))
        #expect(try get("/sitemap.xml?part=1").text == sitemap.text)
        #expect(try get("/sitemap.xml?part=2").status == 404)
        #expect(try get("/robots.txt").text.contains("Sitemap: http://localhost/sitemap.xml"))
        let description = try get("/opensearch.xml")
        #expect(description["content-type"] == OpenSearch.mediaType)
        #expect(description.text.contains("/v1/suggest?q={searchTerms}&amp;format=opensearch"))
        let suggestions = try get("/v1/suggest?q=thal&format=opensearch")
        let list = try #require(try JSONSerialization.jsonObject(with: Data(suggestions.body)) as? [Any])
        #expect(list.count == 4 && list.first as? String == "thal")
        #expect(suggestions["content-type"] == OpenSearch.suggestionsMediaType)
    }
}

/// The Model Context Protocol at `/mcp`, over the wire.
struct MCPRouteTests {
    private static let usual = [
        "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
    ]

    private func post(_ body: String, adding headers: [String: String] = [:]) throws -> Answer {
        try TestServer.shared.get()
            .send("POST", "/mcp", headers: Self.usual.merging(headers) { $1 }, body: body)
    }

    @Test func `a message is answered, a notification is taken`() throws {
        let answer = try post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}")
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "application/json")
        #expect(answer["mcp-session-id"] == nil)
        #expect(try answer.json()["id"] as? Int == 7)
        let silent = try post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
        #expect(silent.status == 202 && silent.body.isEmpty)
    }

    @Test func `a tool searches the generation that is served`() throws {
        let answer = try post(
            """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"thalamus"}}}
            """)
        let result = try #require(try answer.json()["result"] as? [String: Any])
        let found = try #require(result["structuredContent"] as? [String: Any])
        let live = try #require(
            try TestServer.shared.get().send("GET", "/v1/search?q=thalamus").json()["total"] as? Int)
        #expect(found["total"] as? Int == live)
    }

    @Test(arguments: ["GET", "DELETE"])
    func `there is no stream to open and no session to end`(method: String) throws {
        let answer = try TestServer.shared.get().send(method, "/mcp")
        #expect(answer.status == 405)
        #expect(answer["allow"]?.contains("POST") == true)
    }

    @Test func `pages of other sites, other media types and other revisions are refused`() throws {
        let ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"
        #expect(try post(ping, adding: ["Origin": "http://evil.example"]).status == 403)
        #expect(
            try post(ping, adding: ["Origin": "http://localhost"])["access-control-allow-origin"] == "http://localhost")
        #expect(try post(ping, adding: ["Content-Type": "text/plain"]).status == 415)
        #expect(try post(ping, adding: ["Accept": "text/html"]).status == 406)
        #expect(try post(ping, adding: ["MCP-Protocol-Version": "1999-01-01"]).status == 400)
        let modern = """
            {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
            """
        #expect(
            try post(modern, adding: ["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/list"]).status == 200)
        #expect(try post(modern, adding: ["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "ping"]).status == 400)
    }

    @Test func `a body over the limit is refused`() throws {
        #expect(try post(String(repeating: " ", count: 70_000)).status == 413)
    }
}
