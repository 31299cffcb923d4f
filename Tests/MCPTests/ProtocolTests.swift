import JSON
import MCP
import Testing

struct ProtocolTests {
    private func read(_ line: [UInt8], in conversation: inout Conversation) throws -> JSONValue {
        let answer = conversation.answer(to: line)
        return try JSONReader.value(#require(answer))
    }

    @Test(arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
    func `the handshake agrees on the revision that was asked for`(revision: String) throws {
        let found = try result("initialize", ["protocolVersion": .string(revision), "capabilities": [:]])
        #expect(found?["protocolVersion"]?.string == revision)
        #expect(found?["capabilities"]?["tools"] != nil)
        #expect(found?["serverInfo"]?["name"] == "discover")
        #expect(found?["instructions"]?.string?.contains("untrusted") == true)
    }

    @Test(arguments: ["1999-01-01", "2099-01-01", "2026-07-28", ""])
    func `a revision without this handshake is met with the latest that has one`(revision: String) throws {
        let found = try result("initialize", ["protocolVersion": .string(revision), "capabilities": [:]])
        #expect(found?["protocolVersion"]?.string == "2025-11-25")
    }

    private static let envelope: JSONValue = [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": [:],
    ]

    @Test func `revision 2026-07-28 needs no handshake`() throws {
        let found = try result("server/discover", ["_meta": Self.envelope])
        #expect(found?["resultType"] == "complete")
        #expect(found?["supportedVersions"]?.array?.contains("2026-07-28") == true)
        #expect(found?["ttlMs"] != nil && found?["cacheScope"] == "public")
        let tools = try result("tools/list", ["_meta": Self.envelope])
        #expect(tools?["tools"]?.array?.count == 6)
        #expect(tools?["resultType"] == "complete")
        #expect(try result("tools/list")?["resultType"] == nil)
    }

    @Test(
        arguments: [
            (
                [
                    "io.modelcontextprotocol/protocolVersion": "2099-01-01",
                    "io.modelcontextprotocol/clientCapabilities": [:],
                ], -32022
            ),
            (["io.modelcontextprotocol/protocolVersion": "2026-07-28"], -32602),
            (
                ["io.modelcontextprotocol/protocolVersion": 7, "io.modelcontextprotocol/clientCapabilities": [:]],
                -32602
            ),
        ] as [(JSONValue, Int)])
    func `an envelope that does not hold is refused`(meta: JSONValue, code: Int) throws {
        let found = try answer([
            "jsonrpc": "2.0", "id": "x", "method": "tools/list", "params": ["_meta": meta],
        ])
        #expect(found?["error"]?["code"] == .int(code))
        #expect(found?["id"] == "x")
    }

    @Test(arguments: [
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\"}", -32601, "1"),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\"}", -32602, "1"),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}", -32602, "1"),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"delete\"}}", -32602, "1"),
        (
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"search\",\"arguments\":[]}}",
            -32602, "1"
        ),
        ("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/list\",\"params\":[1]}", -32602, "\"a\""),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"x\"}}", -32602, "1"),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}", -32602, "1"),
        ("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", -32600, "1"),
        ("{\"id\":1,\"method\":\"ping\"}", -32600, "1"), ("{\"jsonrpc\":\"2.0\",\"id\":1}", -32600, "1"),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600, "1"),
        ("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", -32600, "null"),
        ("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", -32600, "null"),
        ("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", -32600, "null"),
        ("7", -32600, "null"), ("\"ping\"", -32600, "null"), ("null", -32600, "null"), ("[]", -32600, "null"),
        ("{", -32700, "null"), ("", -32700, "null"), ("{}{}", -32700, "null"), ("\u{0}", -32700, "null"),
    ])
    func `a message that does not hold is answered with its error`(line: String, code: Int, id: String) throws {
        var conversation = Conversation(with: try Index.shared.get().server)
        let answer = conversation.answer(to: Array(line.utf8))
        let bytes = try #require(answer)
        let found = try JSONReader.value(bytes)
        #expect(found.object?["error"]?["code"] == .int(code), "\(line)")
        #expect(found.object?["id"] == (try JSONReader.value(id.utf8)), "\(line)")
        #expect(!bytes.contains(10))
    }

    @Test(arguments: [
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{}}", "{\"jsonrpc\":\"2.0\",\"method\":\"no/such\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}",
    ])
    func `notifications and answers to nothing are met with silence`(line: String) throws {
        var conversation = Conversation(with: try Index.shared.get().server)
        #expect(conversation.answer(to: Array(line.utf8)) == nil)
    }

    @Test func `batches are answered as long as the agreed revision has them`() throws {
        var conversation = Conversation(with: try Index.shared.get().server)
        let batch = Array(
            """
            [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"},\
            {"jsonrpc":"2.0","id":2,"method":"none"},3]
            """.utf8)
        let answers = try read(batch, in: &conversation).array
        #expect(answers?.map { $0.object?["id"] } == [1, 2, .null])
        let silent = Array("[{\"jsonrpc\":\"2.0\",\"method\":\"a\"}]".utf8)
        #expect(conversation.answer(to: silent) == nil)
        let many =
            "["
            + Array(repeating: "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", count: 17)
            .joined(separator: ",") + "]"
        #expect(try read(Array(many.utf8), in: &conversation)["error"]?["code"] == -32600)
        _ = conversation.answer(
            to: Array(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\"}}"
                    .utf8))
        #expect(try read(batch, in: &conversation)["error"]?["code"] == -32600)
    }

    @Test func `a message over the limit is refused unread`() throws {
        var conversation = Conversation(with: try Index.shared.get().server)
        let long = [UInt8](repeating: UInt8(ascii: "["), count: Conversation.longestLine + 1)
        #expect(try read(long, in: &conversation)["error"]?["code"] == -32600)
    }

    @Test func `random bytes are always answered and never a crash`() throws {
        var conversation = Conversation(with: try Index.shared.get().server)
        var generator = SystemRandomNumberGenerator()
        let pieces = [
            "{", "}", "[", "]", "\"jsonrpc\"", ":", "\"2.0\"", ",", "\"id\"", "1", "\"method\"", "\"ping\"", "null",
            "\\u",
        ]
        for _ in 0..<2000 {
            let line = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }.joined()
            if let answer = conversation.answer(to: Array(line.utf8)) { _ = try JSONReader.value(answer) }
        }
    }
}
