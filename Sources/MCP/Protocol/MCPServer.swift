package import JSON
package import Records
package import Search

/// Answers messages of the protocol.
package struct MCPServer: Sendable {
    /// Version of the program.
    let version: String
    /// Today as a day number, for relative dates of questions.
    let today: @Sendable () -> Int?
    /// The index as it is now; asked once a call, so that a call sees one generation.
    let searcher: @Sendable () throws -> Searcher
    /// When the work of a call must end.
    let deadline: Deadline

    package init(
        version: String, today: @escaping @Sendable () -> Int?, deadline: Deadline = .none,
        searcher: @escaping @Sendable () throws -> Searcher
    ) {
        self.version = version
        self.today = today
        self.deadline = deadline
        self.searcher = searcher
    }

    /// The answer to one message; nil for notifications and for answers to nothing.
    package func answer(to value: JSONValue) -> JSONValue? {
        let message: RPCMessage
        do throws(RPCMessage.Rejection) {
            message = try RPCMessage(value)
        } catch {
            return error.error.answer(to: error.id)
        }
        guard case .request(let id, let method, let parameters) = message else { return nil }
        do throws(RPCError) {
            return ["jsonrpc": "2.0", "id": id, "result": try result(of: method, parameters)]
        } catch {
            return error.answer(to: id)
        }
    }

    // MARK: Methods

    private func result(of method: String, _ parameters: [String: JSONValue]) throws(RPCError) -> JSONValue {
        let isModern = try Envelope(parameters).isModern
        switch method {
        case "server/discover":
            guard isModern else { throw Envelope.missing }
            return complete(
                [
                    "supportedVersions": .texts(ProtocolRevision.all), "capabilities": Self.capabilities,
                    "instructions": .string(Self.instructions),
                ], isModern: true, isCacheable: true)
        case "initialize" where !isModern: return try initialized(parameters)
        case "ping" where !isModern: return [:]
        case "tools/list":
            guard parameters["cursor"] == nil else {
                throw RPCError(.invalidParameters, "there is one page of tools; leave cursor out")
            }
            return complete(
                ["tools": .array(Tool.all.map(\.listed))], isModern: isModern, isCacheable: true)
        case "tools/call": return complete(try called(parameters), isModern: isModern, isCacheable: false)
        default: throw RPCError(.methodNotFound, "there is no method '\(SafeName.of(method))'")
        }
    }

    /// The handshake: the revision that the client asked for, where it is spoken here, else the latest with a
    /// handshake.
    private func initialized(_ parameters: [String: JSONValue]) throws(RPCError) -> JSONValue {
        guard let asked = parameters["protocolVersion"]?.string else {
            throw RPCError(.invalidParameters, "protocolVersion is missing")
        }
        let revision =
            ProtocolRevision.handshake.contains(asked)
            ? asked : ProtocolRevision.handshake[ProtocolRevision.handshake.count - 1]
        return [
            "protocolVersion": .string(revision), "capabilities": Self.capabilities, "serverInfo": information,
            "instructions": .string(Self.instructions),
        ]
    }

    private func called(_ parameters: [String: JSONValue]) throws(RPCError) -> [String: JSONValue] {
        guard let name = parameters["name"]?.string else {
            throw RPCError(.invalidParameters, "the name of the tool is missing")
        }
        guard let tool = Tool.all.first(where: { $0.name == name }) else {
            throw RPCError(
                .invalidParameters,
                "there is no tool '\(SafeName.of(name))'; there are \(Tool.all.map(\.name).joined(separator: ", "))")
        }
        let arguments: [String: JSONValue]
        switch parameters["arguments"] {
        case nil, .null: arguments = [:]
        case .object(let members): arguments = members
        default: throw RPCError(.invalidParameters, "arguments must be an object")
        }
        return tool.answer(arguments, server: self)
    }

    /// Revision 2026-07-28 wants every result to say that it is whole, who wrote it, and how long it keeps.
    private func complete(_ members: [String: JSONValue], isModern: Bool, isCacheable: Bool) -> JSONValue {
        guard isModern else { return .object(members) }
        var members = members
        members["resultType"] = "complete"
        members["_meta"] = [Envelope.server: information]
        if isCacheable {
            members["ttlMs"] = 3_600_000
            members["cacheScope"] = "public"
        }
        return .object(members)
    }

    private var information: JSONValue {
        ["name": "discover", "title": "discover: neuroscience data", "version": .string(version)]
    }

    private static let capabilities: JSONValue = ["tools": [:]]

    private static let instructions = """
        Finds public neuroscience data (datasets, recording sessions, animals) by what was recorded, where, how and in \
        whom. Ask 'search' in plain words or with operators such as species:mouse region:"CA1" state:sleep; \
        'plan_query' shows how a question is understood; 'vocab' finds the exact name of a value; 'why_not' tells why a \
        record is missing; 'coverage' shows what nobody has measured. Hits of tier 'match' fulfil the question; those of \
        tier 'possible' do not tell enough. \(RecordText.notice)
        """
}

/// What a request of revision 2026-07-28 carries in `params._meta`.
struct Envelope {
    static let revision = "io.modelcontextprotocol/protocolVersion"
    static let capabilities = "io.modelcontextprotocol/clientCapabilities"
    static let server = "io.modelcontextprotocol/serverInfo"

    static let missing = RPCError(
        .invalidParameters, "params._meta must hold \(revision) and \(capabilities)")

    /// Whether the request says its revision itself.
    let isModern: Bool

    init(_ parameters: [String: JSONValue]) throws(RPCError) {
        guard let meta = parameters["_meta"]?.object, let said = meta[Self.revision] else {
            isModern = false
            return
        }
        guard let asked = said.string, meta[Self.capabilities]?.object != nil else { throw Self.missing }
        guard ProtocolRevision.modern.contains(asked) else {
            throw RPCError(
                .unsupportedRevision, "revision \(SafeName.of(asked)) is not spoken here",
                data: ["supported": .texts(ProtocolRevision.all), "requested": .string(SafeName.of(asked))])
        }
        isModern = true
    }
}
