import Foundation
import Pages
import Serving
import Testing

/// The pages as a browser gets them.
struct PageRouteTests {
    private func get(_ target: String, accept: String = "text/html") throws -> Answer {
        try TestServer.shared.get().send("GET", target, headers: ["Accept": accept])
    }

    @Test(arguments: [
        "/", "/?q=", "/?q=thalamic%20recordings%20in%20sleep",
        "/?q=&filter=species%3Dmouse&not=state%3Dsleep&all=region",
        "/coverage", "/coverage?rows=species&cols=state&q=sleep", "/coverage?root=UBERON%3A0001897",
        "/records/brainstem:session:hit", "/records/brainstem:session:hit?similar=true&utm_source=x",
    ])
    func `every page is HTML under a strict policy`(target: String) throws {
        let answer = try get(target)
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "text/html; charset=utf-8")
        #expect(answer["content-security-policy"] == PageSecurity.contentSecurityPolicy)
        #expect(answer["access-control-allow-origin"] == nil)
        #expect(answer["etag"] != nil)
        #expect(answer.text.hasPrefix("<!DOCTYPE html>"))
    }

    @Test(arguments: [
        ("/?q=species%3Aunicorn", 422), ("/?q=foo%3Abar", 422), ("/records/nobody", 404), ("/?limit=1000", 400),
        ("/?q=sleep&cursor=x", 400), ("/%22%3E%3Cscript%3E", 404), ("/?type=unicorn", 400),
        ("/?q=" + String(repeating: "a", count: 1100), 400),
    ])
    func `a problem is a page with its status for people, and a problem document for programs`(
        target: String, status: Int
    ) throws {
        let page = try get(target)
        #expect(page.status == status)
        #expect(page["content-type"] == "text/html; charset=utf-8")
        #expect(page["content-security-policy"] != nil)
        #expect(!page.text.contains("<script>"))
        let program = try get("/v1/search?q=species%3Aunicorn", accept: "application/json")
        #expect(program["content-type"] == "application/problem+json")
    }

    @Test func `what pages load is there, and may be kept for ever`() throws {
        let page = try get("/").text
        for asset in PageAsset.all where asset != .widget {
            #expect(page.contains(asset.path))
            let answer = try get(asset.path)
            #expect(answer.text == asset.content)
            #expect(answer["cache-control"]?.contains("immutable") == true)
            #expect(answer["content-type"] == asset.contentType)
        }
        #expect(try get("/assets/page.0.css").status == 404)
        let widget = try get("/widget.js")
        #expect(widget.text == PageAsset.widget.content)
        #expect(widget["cache-control"]?.contains("immutable") == false)
    }

    @Test func `the numbers on the page are those of the interface`() throws {
        let question = "?q=sleep&filter=species%3Dmouse"
        let json = try get("/v1/search\(question)", accept: "application/json").json()
        let total = try #require(json["total"] as? Int)
        #expect(try get("/\(question)").text.contains(">\(total) match"))
    }

    @Test func `a record page is found by other programs`() throws {
        let answer = try get("/records/brainstem:session:hit")
        #expect(answer.all("link").contains { $0.contains("rel=\"describedby\"") })
        let block = try #require(answer.text.components(separatedBy: "<script type=\"application/ld+json\">").last)
        let json = try #require(block.components(separatedBy: "</script>").first)
        let data = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        #expect(data?["@context"] as? String == "https://schema.org/")
    }
}
