import JSON
import Foundation
import Planner
import Records
import Requests
import Search
import Serving
import TestSupport
import Testing

/// What can be asked over HTTP is what can be asked.
struct RequestParityTests {
    @Test(
        arguments: [
            ("/v1/search", RequestParameter.ofSearch), ("/v1/plan", RequestParameter.ofPlan),
            ("/v1/why-not/{id}", RequestParameter.ofWhyNot), ("/v1/facets", RequestParameter.ofFacets),
            ("/v1/coverage", RequestParameter.ofCoverage), ("/v1/similar/{id}", RequestParameter.ofSimilar),
            ("/v1/suggest", RequestParameter.ofSuggest),
        ] as [(String, [RequestParameter])])
    func `every parameter of a request stands in the OpenAPI document with its bounds, default and help`(
        path: String, parameters: [RequestParameter]
    ) throws {
        let bytes = OpenAPI.document(of: Route.all, version: "test").json()
        let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        let listed = try #require(paths[path]?["get"]?["parameters"] as? [[String: Any]])
        for parameter in parameters {
            let isWord = ["query", "prefix"].contains(parameter.name)
            let entry = try #require(
                listed.first { $0["name"] as? String == (isWord ? "q" : parameter.name) }, "\(parameter.name)")
            #expect((entry["description"] as? String)?.hasPrefix(parameter.help) == true)
            #expect(entry["required"] as? Bool == parameter.isRequired)
            let outer = try #require(entry["schema"] as? [String: Any])
            let schema = parameter.repeats ? try #require(outer["items"] as? [String: Any]) : outer
            switch parameter.kind {
            case .text(let longest): #expect(schema["maxLength"] as? Int == longest)
            case .integer(let bounds):
                #expect(schema["minimum"] as? Int == bounds.lowerBound)
                #expect(schema["maximum"] as? Int == bounds.upperBound)
            case .choice(let choices): #expect(schema["enum"] as? [String] == choices)
            case .flag: #expect(schema["type"] as? String == "boolean")
            case .facetValue: #expect((schema["pattern"] as? String)?.contains("species") == true)
            }
            #expect(schema["default"].map { "\($0)" } == typed(parameter.standard, parameter.kind).map { "\($0)" })
        }
    }

    private func typed(_ text: String?, _ kind: RequestParameter.Kind) -> Any? {
        guard let text else { return nil }
        return switch kind {
        case .flag: NSNumber(value: text == "true")
        case .integer: NSNumber(value: Int(text) ?? -1)
        default: text
        }
    }

    @Test(arguments: [("newest", ["third", "second", "first"]), ("oldest", ["first", "second", "third"])])
    func `a page is in the order that is asked for, those without a day last`(
        order: String, expected: [String]
    ) throws {
        let server = try TestServer(records: Invented.dated)
        let page: SearchResult = try server.send("GET", "/v1/search?q=dataset&sort=\(order)").decoded()
        #expect(page.hits.map(\.id.native) == expected + ["undated"])
    }
}
