import JSON
import MCP
import Testing

struct StreamableHTTPTests {
    private static let ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"
    private static let usual = [
        (name: "Content-Type", value: "application/json"),
        (name: "Accept", value: "application/json, text/event-stream"),
    ]

    private func ask(
        _ body: String, method: String = "POST", fields: [(name: String, value: String)] = usual,
        adding more: [(name: String, value: String)] = [], origins: [String] = []
    ) throws -> StreamableHTTP.Response {
        StreamableHTTP(server: try Index.shared.get().server, origins: origins)
            .answer(to: .init(method: method, fields: fields + more, body: Array(body.utf8)))
    }

    private func field(_ name: String, of response: StreamableHTTP.Response) -> String? {
        response.fields.first { $0.name == name }?.value
    }

    @Test func `a request is answered as one document, without a session`() throws {
        let response = try ask(Self.ping)
        #expect(response.status == 200)
        #expect(field("Content-Type", of: response) == "application/json")
        #expect(field("Mcp-Session-Id", of: response) == nil)
        #expect(try JSONReader.value(response.body) == ["jsonrpc": "2.0", "id": 1, "result": [:]])
    }

    @Test(arguments: [
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
    ])
    func `notifications and answers are taken with 202 and no body`(body: String) throws {
        let response = try ask(body)
        #expect(response.status == 202 && response.body.isEmpty)
    }

    @Test(arguments: ["GET", "DELETE", "PUT", "HEAD"])
    func `only POST is a method of the endpoint`(method: String) throws {
        let response = try ask("", method: method)
        #expect(response.status == 405)
        #expect(field("Allow", of: response) == "POST, OPTIONS")
    }

    @Test(arguments: [
        ("text/plain", "application/json", 415), ("", "application/json", 415),
        ("application/json; charset=utf-8", "application/json", 200), ("application/json", "text/html", 406),
        ("application/json", "text/event-stream", 406), ("application/json", "*/*", 200),
        ("APPLICATION/JSON", "application/*;q=0.5", 200),
    ])
    func `the media types must fit`(type: String, accept: String, status: Int) throws {
        #expect(try ask(Self.ping, fields: [("content-type", type), ("ACCEPT", accept)]).status == status)
    }

    @Test(arguments: [
        ("http://localhost:3000", 200), ("http://127.0.0.1", 200), ("http://[::1]:8080", 200),
        ("https://data.example.org", 200), ("HTTPS://DATA.example.org", 200),
        ("https://data.example.org.evil.example", 403),
        ("http://evil.example", 403), ("null", 403), ("http://localhost.evil.example", 403), ("", 403),
        ("http://evil.example/http://localhost", 403), ("http://localhost@example.org", 403),
    ])
    func `only pages of this machine and of named sites may ask`(origin: String, status: Int) throws {
        let response = try ask(Self.ping, adding: [("Origin", origin)], origins: ["https://data.example.org"])
        #expect(response.status == status, "\(origin)")
        #expect((field("Access-Control-Allow-Origin", of: response) == origin) == (status == 200))
    }

    @Test func `a preflight of an allowed page is answered`() throws {
        let response = try ask("", method: "OPTIONS", adding: [("Origin", "http://localhost:3000")])
        #expect(response.status == 204)
        #expect(field("Access-Control-Allow-Headers", of: response)?.contains("MCP-Protocol-Version") == true)
    }

    @Test(arguments: [
        ("2025-06-18", 200), ("2025-11-25", 200), ("2025-03-26", 200), ("1999-01-01", 400), ("x\u{7}", 400),
    ])
    func `a revision that is not spoken is refused`(revision: String, status: Int) throws {
        #expect(try ask(Self.ping, adding: [("MCP-Protocol-Version", revision)]).status == status)
    }

    @Test func `batches are read only where no later revision is named`() throws {
        let batch = "[\(Self.ping)]"
        #expect(try ask(batch).status == 200)
        #expect(try ask(batch, adding: [("MCP-Protocol-Version", "2025-03-26")]).status == 200)
        #expect(try ask(batch, adding: [("MCP-Protocol-Version", "2025-06-18")]).status == 400)
    }

    @Test(arguments: [("{", 400), ("", 400), ("7", 400), ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"none\"}", 200)])
    func `what is no message is a bad request; an unknown method is an answer`(body: String, status: Int) throws {
        #expect(try ask(body).status == status)
    }

    @Test func `a body over the limit is refused`() throws {
        #expect(try ask(String(repeating: " ", count: 70_000)).status == 413)
    }

    private static let envelope =
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}"
    private static let vocab =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"vocab\",\"arguments\":{\"term\":\"thalamus\"},\(envelope)}}"

    @Test(
        arguments: [
            ([("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "vocab")], 200, 0),
            (
                [
                    ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"),
                    ("Mcp-Name", "=?base64?dm9jYWI=?="),
                ], 200, 0
            ),
            (
                [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "search")], 400,
                -32020
            ),
            ([("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call")], 400, -32020),
            (
                [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/list"), ("Mcp-Name", "vocab")], 400,
                -32020
            ),
            (
                [("MCP-Protocol-Version", "2025-11-25"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "vocab")], 400,
                -32020
            ),
            ([("Mcp-Method", "tools/call"), ("Mcp-Name", "vocab")], 400, -32020),
            (
                [
                    ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "vocab"),
                    ("Mcp-Name", "search"),
                ], 400, -32020
            ),
        ] as [([(String, String)], Int, Int)])
    func `since 2026-07-28 the fields mirror the message`(fields: [(String, String)], status: Int, code: Int) throws {
        let response = try ask(Self.vocab, adding: fields.map { (name: $0.0, value: $0.1) })
        #expect(response.status == status)
        let found = try JSONReader.value(response.body)
        if code != 0 { #expect(found["error"]?["code"] == .int(code)) }
        if status == 200 { #expect(found["result"]?["resultType"] == "complete") }
    }

    @Test func `since 2026-07-28 an unknown method is 404 and a missing envelope 400`() throws {
        let fields = [(name: "MCP-Protocol-Version", value: "2026-07-28"), (name: "Mcp-Method", value: "no/such")]
        let body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\",\"params\":{\(Self.envelope)}}"
        #expect(try ask(body, adding: fields).status == 404)
        #expect(try ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\"}", adding: fields).status == 400)
    }
}
