import Foundation
import Planner
import Records
import Search
import Serving
import TestSupport
import Testing

/// Every address of the contract, asked over the loopback interface.
struct EndpointTests {
    let server: TestServer

    init() throws { server = try TestServer.shared.get() }

    @Test(arguments: [
        ("/v1/search?q=sleep", "hits"), ("/v1/plan?q=sleep", "filters"), ("/v1/sources", "sources"),
        ("/v1/why-not/brainstem:session:awake?q=sleep", "verdicts"), ("/v1/records/dandi:dataset:000900", "tags"),
        ("/v1/similar/brainstem:session:hit", "similar"), ("/v1/facets", "facets"),
        ("/v1/vocab/state", "terms"), ("/v1/suggest?q=thal", "suggestions"),
        ("/v1/coverage?rows=region&cols=species", "counts"), ("/openapi.json", "paths"),
    ])
    func `every document has its key, its generation, an entity tag and says how long it keeps`(
        target: String, key: String
    ) throws {
        let answer = try server.send("GET", target)
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "application/json")
        let json = try answer.json()
        #expect(json[key] != nil)
        let generation = server.service.served.live.generation
        #expect(answer["discover-generation"] == generation)
        if key != "paths" { #expect(json["generation"] as? String == generation) }
        let tag = try #require(answer["etag"])
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
        #expect(answer["cache-control"]?.contains("max-age") == true)
        #expect(answer["access-control-allow-origin"] == "*")
        #expect(answer["x-content-type-options"] == "nosniff")
    }

    @Test func `the answer to a question is what the searcher answers`() throws {
        let answer: SearchResult = try server.send("GET", "/v1/search?q=\("thalamic recordings in sleep".encoded)")
            .decoded()
        let snapshot = server.service.served.live
        let expected = try snapshot.searcher.search(
            SearchRequest(asking: "thalamic recordings in sleep", planner: snapshot.planner))
        #expect(answer.total == expected.total)
        #expect(answer.hits.map(\.id) == expected.hits.map(\.id))
        #expect(answer.facets == expected.facets)
        #expect(answer.plan == expected.plan)
    }

    @Test func `the count beside a facet value is the total after choosing it`() throws {
        let page: SearchResult = try server.send("GET", "/v1/search?q=neuropixels").decoded()
        for (facet, values) in page.facets {
            for value in values.prefix(3) {
                let chosen: SearchResult = try server.send(
                    "GET", "/v1/search?q=neuropixels&filter=\(facet)=\(value.id.encoded)"
                ).decoded()
                #expect(chosen.total == value.count, "\(facet)=\(value.id)")
            }
        }
    }

    @Test func `following next gives each record once`() throws {
        var seen: [String] = []
        var target = "/v1/search?limit=3&facets=false"
        for _ in 0..<20 {
            let answer = try server.send("GET", target)
            let page: SearchResult = try answer.decoded()
            seen += page.hits.map(\.id.description)
            let next = answer.all("link").first { $0.contains("rel=\"next\"") }
            #expect((next != nil) == (page.next != nil))
            guard let next else { break }
            target = String(next.dropFirst().prefix { $0 != ">" })
        }
        #expect(Set(seen).count == seen.count)
        #expect(Set(seen) == Set(Invented.records.map(\.id.description)))
    }

    @Test(arguments: ["newest", "oldest", "relevance"])
    func `every order lists the same records`(sort: String) throws {
        let page: SearchResult = try server.send("GET", "/v1/search?limit=100&sort=\(sort)").decoded()
        #expect(Set(page.hits.map(\.id)) == Set(Invented.records.map(\.id)))
    }

    @Test(arguments: [
        "mice in sleep", "thalamic Neuropixels recordings in sleep", "species:mouse -state:awake",
        "at least 50 subjects", "type:session region:thalamus", "rat or mouse", "species:rat OR state:awake",
        "(species:mouse state:sleep) OR (species:rat device:Neuropixels) ~subjects:>=5", "like:brainstem:session:hit",
        "record:dandi:dataset:000900", "record:10.48324/dandi.000900 record:dandi:dataset:000901",
        "~state:sleep reward",
        "#1{region:thalamus} #2{region:\"hippocampal formation\"} apart:1-2",
    ])
    func `a plan sent back as it came finds the same`(question: String) throws {
        let plan = try server.send("GET", "/v1/plan?q=\(question.encoded)")
        let asked: SearchResult = try server.send("GET", "/v1/search?q=\(question.encoded)").decoded()
        for body in [plan.text, "{\"plan\": \(plan.text)}"] {
            let answer = try server.send(
                "POST", "/v1/search", headers: ["Content-Type": "application/json"], body: body)
            #expect(answer.status == 200, "\(answer.text)")
            let posted: SearchResult = try answer.decoded()
            #expect(posted.total == asked.total)
            #expect(posted.hits.map(\.id) == asked.hits.map(\.id))
        }
    }

    @Test func `a record that the index lacks is a warning with a full answer`() throws {
        let answer = try server.send("GET", "/v1/search?q=record:dandi:dataset:000901%20species:mouse")
        #expect(answer.status == 200)
        let result: SearchResult = try answer.decoded()
        #expect(result.total == 0 && result.warnings.contains { $0.code == "unknown_record" })
        let page = try server.send("GET", "/?q=record:dandi:dataset:000901")
        #expect(page.status == 200 && page.text.contains("the index holds no record"))
    }

    @Test func `a region meant exactly stays so in a plan that was edited`() throws {
        let asked: SearchResult = try server.send("GET", "/v1/search?q=anatomy_exact:diencephalon&limit=100").decoded()
        let wider: SearchResult = try server.send("GET", "/v1/search?q=region:diencephalon&limit=100").decoded()
        #expect(asked.total < wider.total)
        var plan: Plan = try server.send("GET", "/v1/plan?q=anatomy_exact:diencephalon").decoded()
        plan.text = "recordings"
        let answer = try server.send(
            "POST", "/v1/search?limit=100", headers: ["Content-Type": "application/json"],
            body: String(decoding: try JSONEncoder().encode(plan), as: UTF8.self))
        #expect(answer.status == 200, "\(answer.text)")
        let posted: SearchResult = try answer.decoded()
        #expect(posted.total == asked.total)
        #expect(Set(posted.hits.map(\.id)) == Set(asked.hits.map(\.id)))
        #expect(posted.plan.filters.map(\.exact) == [true])
    }

    @Test func `a filter taken out of a plan is out of the answer`() throws {
        var plan: Plan = try server.send("GET", "/v1/plan?q=\("mice in sleep".encoded)").decoded()
        plan.filters.removeAll { $0.facet == .species }
        let body = String(decoding: try JSONEncoder().encode(plan), as: UTF8.self)
        let answer: SearchResult = try server.send(
            "POST", "/v1/search?limit=100", headers: ["Content-Type": "application/json"], body: body
        ).decoded()
        let expected: SearchResult = try server.send("GET", "/v1/search?q=state:sleep&limit=100").decoded()
        #expect(answer.total == expected.total)
        #expect(answer.plan.filters.map(\.facet) == [.state])
        #expect(!answer.plan.query.contains("mice"))
    }

    @Test func `a native query comes with the plan when it is asked for`() throws {
        let json = try server.send("GET", "/v1/plan?q=mouse&native=dandi").json()
        let native = try #require(json["native"] as? [String: Any])
        #expect(native["system"] as? String == "dandi")
        #expect(try server.send("GET", "/v1/plan?q=mouse").json()["native"] == nil)
    }

    @Test func `the pages of a vocabulary hold every term once`() throws {
        var ids: [String] = []
        var cursor = ""
        var total = 0
        repeat {
            let json = try server.send("GET", "/v1/vocab/state?limit=100&cursor=\(cursor)").json()
            let terms = try #require(json["terms"] as? [[String: Any]])
            ids += terms.compactMap { $0["id"] as? String }
            total = json["total"] as? Int ?? 0
            cursor = (json["next"] as? String) ?? ""
        } while !cursor.isEmpty
        #expect(ids.count == total && Set(ids).count == total)
        let one = try server.send("GET", "/v1/vocab/state?id=\(ids[0].encoded)").json()
        #expect((one["terms"] as? [[String: Any]])?.first?["id"] as? String == ids[0])
    }

    @Test func `head says what get says, without a body`() throws {
        let get = try server.send("GET", "/v1/sources")
        let head = try server.send("HEAD", "/v1/sources")
        #expect(head.status == 200 && head.body.isEmpty)
        for name in ["etag", "content-length", "content-type", "discover-generation"] {
            #expect(head[name] == get[name])
        }
    }

    @Test func `options lists the methods and answers a preflight`() throws {
        let answer = try server.send(
            "OPTIONS", "/v1/search",
            headers: ["Origin": "https://portal.example.org", "Access-Control-Request-Method": "GET"])
        #expect(answer.status == 204)
        #expect(answer["allow"] == "GET, HEAD, POST, OPTIONS")
        #expect(answer["access-control-allow-origin"] == "*")
        #expect(answer["access-control-allow-methods"] == "GET, HEAD")
    }

    @Test func `health is told in words`() throws {
        #expect(try server.send("GET", "/livez").text == "ok\n")
        #expect(try server.send("GET", "/readyz").text == "ok\n")
        let verbose = try server.send("GET", "/readyz?verbose").text
        #expect(verbose.contains("+ index: generation \(server.service.served.live.generation)"))
        #expect(verbose.contains("brainstem"))
    }
}
