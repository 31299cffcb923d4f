import Foundation
import Serving
import TestSupport
import Testing

/// What is written about the service is what the service does.
struct DocumentTests {
    @Test func `the committed OpenAPI document is the one that is served`() throws {
        let answer = try TestServer.shared.get().send("GET", "/openapi.json")
        let committed = try String(contentsOfFile: Places.root + "/docs/openapi.json", encoding: .utf8)
        func normal(_ text: String) -> String {
            text.split(separator: "\n").filter { !$0.contains("\"version\":") }.joined(separator: "\n")
        }
        #expect(normal(answer.text) == normal(committed), "renew it with: make docs")
    }

    @Test func `every route, parameter and problem is in the manual`() throws {
        let manual = try String(contentsOfFile: Places.root + "/docs/http.md", encoding: .utf8)
        for route in Route.all {
            let path = route.path.description
            #expect(
                manual.contains("`\(path)`") || manual.contains("`\(route.method.rawValue) \(path)`"), "\(path)")
        }
        #expect(manual.contains(HTTPManual.tables), "renew it with: make docs")
    }

    @Test func `every reference of the OpenAPI document leads somewhere`() throws {
        let json = try TestServer.shared.get().send("GET", "/openapi.json").json()
        var references: Set<String> = []
        func visit(_ value: Any) {
            if let object = value as? [String: Any] {
                if let reference = object["$ref"] as? String { references.insert(reference) }
                object.values.forEach(visit)
            } else if let list = value as? [Any] {
                list.forEach(visit)
            }
        }
        visit(json)
        #expect(!references.isEmpty)
        for reference in references {
            var place: Any? = json
            for step in reference.dropFirst(2).split(separator: "/") {
                place = (place as? [String: Any])?[String(step)]
            }
            #expect(place != nil, "\(reference)")
        }
    }
}
