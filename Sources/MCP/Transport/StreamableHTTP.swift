import FoundationEssentials
import JSON

/// The endpoint `/mcp`: streamable HTTP without sessions and without streams, so that every answer is one JSON
/// document. A function from a request to an answer; a web server mounts it.
package struct StreamableHTTP: Sendable {
    /// What came in.  Names of fields in any case.
    package struct Request: Sendable {
        package var method: String
        package var fields: [(name: String, value: String)]
        package var body: [UInt8]

        package init(method: String, fields: [(name: String, value: String)], body: [UInt8] = []) {
            self.method = method
            self.fields = fields
            self.body = body
        }

        /// Value of a field; nil when it is absent.  Twice the same field is said by the second value.
        fileprivate func field(_ name: String) -> String? { values(name).first }

        fileprivate func values(_ name: String) -> [String] {
            fields.filter { $0.name.lowercased() == name }.map { trimmed($0.value) }
        }

        private func trimmed(_ text: String) -> String {
            String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
        }
    }

    /// What goes out.
    package struct Response: Sendable {
        package var status: Int
        package var fields: [(name: String, value: String)]
        package var body: [UInt8]
    }

    private let server: MCPServer
    private let origins: Set<String>

    /// `origins` are those whose pages may ask from a browser, `https://data.example.org`; pages of this machine always
    /// may.  Any other `Origin` is refused, so that a name that an attacker lets point at this machine (DNS rebinding)
    /// leads nowhere.
    package init(server: MCPServer, origins: [String] = []) {
        self.server = server
        self.origins = Set(origins.map { $0.lowercased() })
    }

    /// Answers a request.
    package func answer(to request: Request) -> Response {
        let origin = request.field("origin")
        if let origin, !isAllowed(origin) {
            return refusal(403, .invalidRequest, "pages of this origin may not ask here")
        }
        var response: Response
        switch request.method {
        case "POST": response = answer(toPost: request)
        case "OPTIONS":
            response = Response(status: 204, fields: [("Allow", "POST, OPTIONS")], body: [])
            response.fields.append(("Access-Control-Allow-Methods", "POST"))
            response.fields.append(
                (
                    "Access-Control-Allow-Headers",
                    "Content-Type, Accept, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id"
                ))
        default:
            response = refusal(405, .invalidRequest, "only POST; there is no stream to listen to and no session to end")
            response.fields.append(("Allow", "POST, OPTIONS"))
        }
        if let origin {
            response.fields.append(("Access-Control-Allow-Origin", origin))
            response.fields.append(("Vary", "Origin"))
        }
        return response
    }

    // MARK: POST

    private func answer(toPost request: Request) -> Response {
        guard request.body.count <= Limits.message else {
            return refusal(413, .invalidRequest, "a message has at most \(Limits.message) bytes")
        }
        guard Self.essence(request.field("content-type") ?? "") == "application/json" else {
            return refusal(415, .invalidRequest, "Content-Type must be application/json")
        }
        guard Self.acceptsJSON(request.field("accept")) else {
            return refusal(406, .invalidRequest, "Accept must allow application/json")
        }
        if let twice = ["mcp-protocol-version", "mcp-method", "mcp-name"].first(where: {
            request.values($0).count > 1
        }) {
            return refusal(400, .headerMismatch, "\(twice) stands there more than once")
        }
        let revision = request.field("mcp-protocol-version")
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONReader.value(request.body)
        } catch {
            return refusal(400, .parse, error.description)
        }
        if let revision, !ProtocolRevision.all.contains(revision) {
            let error = RPCError(
                .unsupportedRevision, "revision \(SafeName.of(revision)) is not spoken here",
                data: ["supported": .texts(ProtocolRevision.all), "requested": .string(SafeName.of(revision))])
            return document(error.answer(to: Self.id(of: value)), status: 400)
        }
        if case .array(let messages) = value {
            // A client that says nothing is taken for one of 2025-03-26, as that revision's successor asks.
            return reply(Conversation.answer(toBatch: messages, revision: revision, server: server), isModern: false)
        }
        if case .object(let members) = value, members["id"] != nil, members["method"] != nil {
            do throws(RPCError) {
                try checkMirror(of: members, request: request, revision: revision)
            } catch {
                return document(error.answer(to: Self.id(of: value)), status: 400)
            }
        }
        return reply(server.answer(to: value), isModern: revision.map(ProtocolRevision.modern.contains) ?? false)
    }

    /// From revision 2026-07-28 on, header fields mirror the message, so that gateways can route by them; where the two
    /// differ, somebody is being deceived.
    private func checkMirror(
        of members: [String: JSONValue], request: Request, revision: String?
    ) throws(RPCError) {
        let parameters = members["params"]?.object ?? [:]
        let said = parameters["_meta"]?[Envelope.revision]?.string
        let isModern = revision.map(ProtocolRevision.modern.contains) ?? false
        guard isModern || said != nil else { return }
        guard said != nil else { throw Envelope.missing }
        guard revision == said else {
            throw RPCError(.headerMismatch, "MCP-Protocol-Version and \(Envelope.revision) differ")
        }
        guard request.field("mcp-method") == members["method"]?.string else {
            throw RPCError(.headerMismatch, "Mcp-Method and the method of the message differ")
        }
        if members["method"]?.string == "tools/call", let name = parameters["name"]?.string {
            guard request.field("mcp-name").flatMap(Self.decoded) == name else {
                throw RPCError(.headerMismatch, "Mcp-Name and the name of the tool differ")
            }
        }
    }

    /// A mirrored value, written as `=?base64?…?=` if a header field could not hold it.
    private static func decoded(_ value: String) -> String? {
        guard value.hasPrefix("=?base64?"), value.hasSuffix("?="), value.utf8.count >= 11 else { return value }
        guard let data = Data(base64Encoded: String(value.dropFirst(9).dropLast(2))) else { return nil }
        return String(bytes: data, encoding: .utf8)
    }

    // MARK: Answers

    /// 202 where there is nothing to say.  Revision 2026-07-28 gives errors of the protocol their own status; before,
    /// an answer with an error is an answer.
    private func reply(_ answer: JSONValue?, isModern: Bool) -> Response {
        guard let answer else { return Response(status: 202, fields: [], body: []) }
        let code = answer["error"]?["code"]?.number.flatMap { RPCError.Code(rawValue: Int($0)) }
        let status: Int
        switch code {
        case nil: status = 200
        case .parse, .invalidRequest, .headerMismatch, .unsupportedRevision: status = 400
        case .invalidParameters: status = isModern ? 400 : 200
        case .methodNotFound: status = isModern ? 404 : 200
        case .internal: status = 200
        }
        return document(answer, status: status)
    }

    private func refusal(_ status: Int, _ code: RPCError.Code, _ message: String) -> Response {
        document(RPCError(code, message).answer(to: .null), status: status)
    }

    private func document(_ value: JSONValue, status: Int) -> Response {
        Response(
            status: status, fields: [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
            body: value.json)
    }

    private static func id(of value: JSONValue) -> JSONValue {
        guard case .request(let id, _, _)? = try? RPCMessage(value) else { return .null }
        return id
    }

    // MARK: Fields

    private static func essence(_ type: String) -> String {
        String(type.prefix { $0 != ";" }.filter { !$0.isWhitespace }).lowercased()
    }

    private static func acceptsJSON(_ accept: String?) -> Bool {
        guard let accept else { return true }
        return accept.split(separator: ",").contains { range in
            ["application/json", "application/*", "*/*"].contains(essence(String(range)))
        }
    }

    private func isAllowed(_ origin: String) -> Bool {
        let origin = origin.lowercased()
        if origins.contains(origin) { return true }
        guard let mark = origin.firstRange(of: "://") else { return false }
        var host = origin[mark.upperBound...]
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            host = host[...end]
        } else {
            host = host.prefix { $0 != ":" }
        }
        return ["localhost", "127.0.0.1", "[::1]"].contains(host)
    }
}
