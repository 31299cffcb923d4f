import Foundation
import Records
import Serving
import TestSupport
import Testing

/// Requests made of pieces that mean something, in every wrong order: `DISCOVER_RANDOM_REQUESTS` says how many.
struct RandomRequestTests {
    @Test func `random requests give no answer of 500 or more`() throws {
        let server = try TestServer.shared.get()
        let count = ProcessInfo.processInfo.environment["DISCOVER_RANDOM_REQUESTS"].flatMap { Int($0) } ?? 2000
        var requests = RandomRequests(seed: 20_261_121)
        var statuses: [Int: Int] = [:]
        var connection = try Connection(port: server.port)
        for index in 0..<count {
            let (method, target, body) = requests.next()
            let headers = body.isEmpty ? [:] : ["Content-Type": "application/json"]
            let answer: Answer
            do {
                answer = try connection.send(method, target, headers: headers, body: body)
            } catch {
                // A body that is refused early ends the connection.
                connection = try Connection(port: server.port)
                statuses[0, default: 0] += 1
                continue
            }
            if answer["connection"]?.lowercased() == "close" { connection = try Connection(port: server.port) }
            statuses[answer.status, default: 0] += 1
            #expect(answer.status < 500, "request \(index): \(method) \(target) \(body.prefix(200))")
            if answer.status >= 400, method != "HEAD" {
                // Pages have problems that are pages.
                let type = answer["content-type"] ?? ""
                #expect(type == "application/problem+json" || type.hasPrefix("text/html"))
            }
        }
        #expect(statuses[0, default: 0] < count / 100)
        #expect(statuses[200, default: 0] > count / 10, "\(statuses)")
        #expect(statuses[400, default: 0] > 0 && statuses[404, default: 0] > 0 && statuses[422, default: 0] > 0)
        let live = try server.send("GET", "/metrics").text
        #expect(live.contains("discover_queue_depth 0"))
    }
}

private struct RandomRequests {
    private var generator: SplitMix
    private let words = [
        "sleep", "mouse", "thalamus", "Neuropixels", "MS", "not", "OR", "AND", "species:mouse", "-state:awake",
        "region:\"primary visual cortex\"", "subjects:>=50", "subjects:1..", "age:>60d", "published:2021..2023",
        "{region:thalamus", "device:tetrode}", "recording{", "(", ")", "\"", ":", "species:", "nope:x", "région",
        "😀", "\u{0301}", "10.48324/dandi.000900", "brainstem:session:hit", "'; DROP TABLE record; --", "NEAR(a b)",
        "*", "a*", "%", "<b>", "\\", "\u{202E}", "at least 50 subjects", "last year", "0", "-1", "1e999",
    ]
    private let names = [
        "q", "type", "filter", "not", "limit", "cursor", "mode", "sort", "strict", "stated_only", "facets", "facet",
        "rows", "cols", "id", "native", "verbose", "nope",
    ]
    private let paths = [
        "/v1/search", "/v1/plan", "/v1/why-not/brainstem:session:hit", "/v1/records/dandi:dataset:000900",
        "/v1/records/", "/v1/similar/brainstem:session:hit", "/v1/facets", "/v1/vocab/region", "/v1/vocab/species",
        "/v1/suggest", "/v1/coverage", "/v1/sources", "/openapi.json", "/livez", "/readyz", "/metrics", "/",
        "/nothing", "/v1", "/v1/search/x",
    ]

    init(seed: UInt64) { generator = SplitMix(seed: seed) }

    private mutating func word() -> String { words.randomElement(using: &generator) ?? "" }

    private mutating func value(of name: String) -> String {
        switch name {
        case "limit": ["1", "10", "100", "0", "x"].randomElement(using: &generator) ?? ""
        case "type": (RecordType.allCases.map(\.rawValue) + ["x"]).randomElement(using: &generator) ?? ""
        case "filter", "not": (Facet.allCases.randomElement(using: &generator)?.rawValue ?? "") + "=" + word()
        case "facet", "rows", "cols": (Facet.allCases.map(\.rawValue) + ["x"]).randomElement(using: &generator) ?? ""
        case "mode": ["hybrid", "text", "vector", "x"].randomElement(using: &generator) ?? ""
        case "sort": ["newest", "oldest", "relevance", "x"].randomElement(using: &generator) ?? ""
        case "strict", "stated_only", "facets", "verbose": Bool.random(using: &generator) ? "true" : "false"
        default: (0..<Int.random(in: 0...6, using: &generator)).map { _ in word() }.joined(separator: " ")
        }
    }

    mutating func next() -> (method: String, target: String, body: String) {
        let roll = Int.random(in: 0..<100, using: &generator)
        if roll < 15 { return ("POST", "/v1/search?limit=3", body()) }
        let method = roll < 90 ? "GET" : roll < 95 ? "HEAD" : roll < 98 ? "OPTIONS" : "DELETE"
        var target = paths.randomElement(using: &generator) ?? "/"
        if roll < 20 { target = "/v1/records/" + word().encoded }
        let fields = (0..<Int.random(in: 0...4, using: &generator)).map { _ -> String in
            let name =
                Int.random(in: 0..<3, using: &generator) == 0 ? names.randomElement(using: &generator) ?? "q" : "q"
            let value = value(of: name)
            return "\(name)=\(value.encoded)"
        }
        // Mostly one of each.
        var seen: Set<Substring> = []
        let kept = fields.filter { field in
            seen.insert(field.prefix { $0 != "=" }).inserted || Int.random(in: 0..<10, using: &generator) == 0
        }
        if !kept.isEmpty { target += "?" + kept.joined(separator: "&") }
        if Int.random(in: 0..<50, using: &generator) == 0 { target += "%" }
        return (method, target, "")
    }

    /// A body that is a plan, nearly a plan, or nothing of the kind.
    private mutating func body() -> String {
        func quoted(_ text: String) -> String {
            (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        }
        let ids = ["NCBITaxon:10090", "UBERON:0001897", "text:person:ada example", "nope", ""]
        let filters = (0..<Int.random(in: 0...4, using: &generator)).map { _ -> String in
            let facet = Facet.allCases.randomElement(using: &generator)?.rawValue ?? "species"
            let id = ids.randomElement(using: &generator) ?? ""
            return
                "{\"facet\":\"\(facet)\",\"any_of\":[{\"id\":\"\(id)\"}],\"negated\":\(Bool.random(using: &generator)),\"scope\":\(Bool.random(using: &generator) ? "1" : "null")}"
        }
        let range = "{\"field\":\"subjects\",\"min\":\(Int.random(in: -5...50, using: &generator)),\"max\":null}"
        let text =
            "{\"query\":\(quoted(word())),\"filters\":[\(filters.joined(separator: ","))],\"ranges\":[\(range)],\"text\":\(quoted(word()))}"
        let cut = Int.random(in: 0..<10, using: &generator)
        return cut == 0 ? String(text.prefix(Int.random(in: 1..<text.count, using: &generator))) : text
    }
}
