import JSON

/// A conversation over lines, as `discover mcp` holds it on its standard streams: a line in, a line out or none.
package struct Conversation {
    /// Longest line that is read, in bytes; a longer one is answered with an error.
    package static let longestLine = Limits.message

    private let server: MCPServer
    /// The revision that was agreed on; nil before.
    private var revision: String?

    package init(with server: MCPServer) { self.server = server }

    /// The answer to a line, without a line end; nil where there is none.
    package mutating func answer(to line: some Collection<UInt8>) -> [UInt8]? {
        guard line.count <= Limits.message else {
            return RPCError(.invalidRequest, "a message has at most \(Limits.message) bytes").answer(to: .null).json
        }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONReader.value(line)
        } catch {
            return RPCError(.parse, error.description).answer(to: .null).json
        }
        guard case .array(let messages) = value else {
            let answer = server.answer(to: value)
            if value["method"]?.string == "initialize" {
                revision = answer?["result"]?["protocolVersion"]?.string ?? revision
            }
            return answer?.json
        }
        return Self.answer(toBatch: messages, revision: revision, server: server)?.json
    }

    /// Answers to a list of messages; nil when none of them wants one.
    static func answer(toBatch messages: [JSONValue], revision: String?, server: MCPServer) -> JSONValue? {
        guard ProtocolRevision.allowsBatches(revision) else {
            return RPCError(.invalidRequest, "since revision 2025-06-18 a message is one object, not a list")
                .answer(to: .null)
        }
        guard !messages.isEmpty, messages.count <= Limits.batch else {
            return RPCError(.invalidRequest, "a batch has 1 to \(Limits.batch) messages").answer(to: .null)
        }
        let answers = messages.compactMap(server.answer)
        return answers.isEmpty ? nil : .array(answers)
    }
}
