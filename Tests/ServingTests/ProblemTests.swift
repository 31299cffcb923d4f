import Foundation
import Planner
import Serving
import TestSupport
import Testing

/// Wrong requests: each its own problem, with a pointer to what is wrong.
struct ProblemTests {
    let server: TestServer

    init() throws { server = try TestServer.shared.get() }

    private func check(_ answer: Answer, _ code: Problem.Code, pointer: String? = nil, suggestion: String? = nil) throws
    {
        #expect(answer.status == code.status, "\(answer.text)")
        #expect(answer["content-type"] == "application/problem+json")
        #expect(answer["cache-control"] == "no-store")
        let json = try answer.json()
        #expect(json["code"] as? String == code.rawValue)
        #expect(json["status"] as? Int == code.status)
        let errors = json["errors"] as? [[String: Any]] ?? []
        if let pointer { #expect(errors.contains { $0["pointer"] as? String == pointer }, "\(errors)") }
        if let suggestion { #expect((json["suggestions"] as? [String])?.contains(suggestion) == true, "\(json)") }
    }

    @Test(
        arguments: [
            ("/v1/search?lmit=5", Problem.Code.unknownParameter, "#/query/lmit", "limit"),
            ("/v1/search?limit=ten", .invalidParameter, "#/query/limit", nil),
            ("/v1/search?limit=0", .invalidParameter, "#/query/limit", nil),
            ("/v1/search?limit=101", .pageTooLarge, "#/query/limit", nil),
            ("/v1/search?limit=5&limit=6", .invalidParameter, "#/query/limit", nil),
            ("/v1/search?mode=hybird", .invalidParameter, "#/query/mode", nil),
            ("/v1/search?sort=newset", .invalidParameter, "#/query/sort", "newest"),
            ("/v1/search?strict=yes", .invalidParameter, "#/query/strict", nil),
            ("/v1/search?filter=speces=mouse", .unknownValue, "#/query/filter", "species"),
            ("/v1/search?filter=species", .invalidParameter, "#/query/filter", nil),
            ("/v1/search?filter=species=mous", .unknownValue, "#/query/q", nil),
            ("/v1/search?q=speces:mouse", .unknownOperator, "#/query/q", "species:"),
            ("/v1/search?q=subjects:many", .malformedValue, "#/query/q", nil),
            ("/v1/search?cursor=nonsense", .badCursor, "#/query/cursor", nil),
            ("/v1/plan", .missingParameter, "#/query/q", nil),
            ("/v1/coverage?rows=region", .missingParameter, "#/query/cols", nil),
            ("/v1/vocab/speces", .invalidParameter, "#/path/facet", "species"),
            ("/v1/vocab/species?q=nobodycallsitso", .unknownValue, "#/query/q", nil),
            ("/v1/vocab/species?id=NOPE:1", .unknownValue, "#/query/id", nil),
            ("/v1/records/dandi:dataset:404", .unknownRecord, "#/path/id", nil),
            ("/v1/why-not/nobody?q=sleep", .unknownRecord, "#/path/id", nil),
            ("/v1/serch", .unknownPath, nil, "/v1/search"), ("/v1/search/", .unknownPath, nil, nil),
            ("//v1/search", .unknownPath, nil, nil),
        ] as [(String, Problem.Code, String?, String?)])
    func `a wrong request is told what is wrong and where`(
        target: String, code: Problem.Code, pointer: String?, suggestion: String?
    ) throws {
        try check(try server.send("GET", target), code, pointer: pointer, suggestion: suggestion)
    }

    @Test(
        arguments: [
            ("/v1/search?q=%", Problem.Code.badEncoding), ("/v1/search?q=%4", .badEncoding),
            ("/v1/search?q=%zz", .badEncoding), ("/v1/search?q=%00", .badEncoding), ("/v1/search?q=%ff", .badEncoding),
            ("/v1/search?q=%c0%af", .badEncoding), ("/v1/search?q=%ed%a0%80", .badEncoding),
            ("/v1/search?q=%1b[31m", .badEncoding), ("/v1/records/a%0d%0aSet-Cookie:x", .badEncoding),
            ("/../etc/passwd", .malformedRequest), ("/v1/%2e%2e/search", .malformedRequest),
            ("/v1/records/..", .malformedRequest), ("/v1/records/%2e", .malformedRequest),
        ] as [(String, Problem.Code)])
    func `wrong encodings and ways out of the tree are refused`(target: String, code: Problem.Code) throws {
        try check(try server.send("GET", target), code)
    }

    @Test func `raw bytes that are no UTF-8 are refused, those that are are read`() throws {
        let wrong = try Connection(port: server.port)
        try wrong.write(Array("GET /v1/plan?q=".utf8) + [0xff, 0xfe] + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        try check(try wrong.answer(), .badEncoding)
        let right = try Connection(port: server.port)
        try right.write("GET /v1/plan?q=schläft HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = try right.answer()
        #expect(answer.status == 200)
        #expect(try answer.json()["query"] as? String == "schläft")
    }

    @Test func `every limit has its own problem`() throws {
        #expect(Parameter.longestQuestion == Plan.longestText)
        let word = String(repeating: "a", count: 1024)
        #expect(try server.send("GET", "/v1/plan?q=\(word)").status == 200)
        try check(try server.send("GET", "/v1/plan?q=\(word)a"), .queryTooLong, pointer: "#/query/q")
        let filters = (0..<33).map { _ in "filter=species=mouse" }.joined(separator: "&")
        try check(try server.send("GET", "/v1/search?\(filters)"), .tooManyFilters, pointer: "#/query/filter")
        let deep = String(repeating: "%28", count: 9) + "mouse" + String(repeating: "%29", count: 9)
        try check(try server.send("GET", "/v1/plan?q=\(deep)"), .tooDeep, pointer: "#/query/q")
        let long = String(repeating: "a", count: 17_000)
        try check(try server.send("GET", "/v1/search?q=\(long)"), .urlTooLong)
        let type = ["Content-Type": "application/json"]
        let body = "{\"text\": \"\(String(repeating: "a", count: 66_000))\"}"
        try check(try server.send("POST", "/v1/search", headers: type, body: body), .bodyTooLarge)
        let nested = String(repeating: "[", count: 9) + String(repeating: "]", count: 9)
        try check(try server.send("POST", "/v1/search", headers: type, body: nested), .tooDeep)
    }

    @Test func `a body sent in chunks is limited too`() throws {
        let connection = try Connection(port: server.port)
        try connection.write(
            "POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        let piece = String(repeating: " ", count: 16_384)
        for _ in 0..<5 { try connection.write("4000\r\n\(piece)\r\n") }
        try connection.write("0\r\n\r\n")
        try check(try connection.answer(), .bodyTooLarge)
    }

    @Test(arguments: [
        ("{", "#"), ("[]", "#"), ("{\"filters\": {}}", "#/filters"), ("{\"filtrs\": []}", "#"),
        ("{\"query\": \"a\", \"query\": \"b\"}", "#"), ("{\"query\": 3}", "#/query"),
        ("{\"plan\": {\"filters\": [{\"facet\": \"species\"}]}}", "#/plan/filters/0/any_of"),
        ("{\"filters\": [{\"facet\": \"species\", \"any_of\": [{}]}]}", "#/filters/0/any_of/0/id"),
        ("{\"ranges\": [{\"field\": \"subjects\"}]}", "#/ranges/0"),
        ("{\"ranges\": [{\"field\": \"subjects\", \"min\": \"many\"}]}", "#/ranges/0/min"),
        ("{\"ranges\": [{\"field\": \"published\", \"min\": \"2021-02-30\"}]}", "#/ranges/0/min"),
        ("\u{FEFF}{}", "#"), ("{\"query\": \"\\ud800\"}", "#"), ("{} {}", "#"), ("nul", "#"),
        ("{\"text\": \"\\u0000\"}", "#/text"), ("{\"text\": \"\n\"}", "#"), ("{\"text\": \"\\x\"}", "#"),
        ("{\"ranges\": [{\"field\": \"subjects\", \"min\": 01}]}", "#"), ("[NaN]", "#"), ("{\"text\": +1}", "#"),
    ])
    func `a body that is no plan is told where`(body: String, pointer: String) throws {
        let answer = try server.send(
            "POST", "/v1/search", headers: ["Content-Type": "application/json"], body: body)
        try check(answer, .invalidBody, pointer: pointer)
    }

    @Test(
        arguments: [
            ("{\"filters\": [{\"facet\": \"specis\", \"any_of\": [{\"id\": \"x\"}]}]}", "#/filters/0/facet", "species"),
            (
                "{\"filters\": [{\"facet\": \"species\", \"any_of\": [{\"id\": \"mous\"}]}]}",
                "#/filters/0/any_of/0/id", "mouse"
            ),
            (
                "{\"filters\": [{\"facet\": \"species\", \"any_of\": [{\"id\": \"UBERON:0001897\"}]}]}",
                "#/filters/0/any_of/0/id", nil
            ),
            ("{\"target\": \"sessions\"}", "#/target", "session"),
        ] as [(String, String, String?)])
    func `an unknown term in a plan is never passed over`(body: String, pointer: String, suggestion: String?) throws {
        let answer = try server.send(
            "POST", "/v1/search", headers: ["Content-Type": "application/json"], body: body)
        try check(answer, .unknownValue, pointer: pointer, suggestion: suggestion)
    }

    @Test func `a body of another type and a method of another kind are refused`() throws {
        try check(
            try server.send("POST", "/v1/search", headers: ["Content-Type": "text/plain"], body: "{}"),
            .unsupportedMediaType)
        let answer = try server.send("DELETE", "/v1/search")
        try check(answer, .methodNotAllowed)
        #expect(answer["allow"] == "GET, HEAD, POST, OPTIONS")
        try check(try server.send("POST", "/v1/plan", body: "{}"), .methodNotAllowed)
    }

    @Test func `what a client wrote never becomes a header of its own`() throws {
        for target in ["/v1/search?q=a%0d%0aX-Injected:%20yes", "/v1/search?q=a%0aX-Injected:%20yes&limit=1"] {
            let answer = try server.send("GET", target)
            #expect(answer["x-injected"] == nil)
            #expect(!answer.fields.contains { $0.value.contains("\n") })
        }
    }
}
