package import JSON

/// Why a message is answered with an error (JSON-RPC 2.0 section 5.1, MCP 2026-07-28).
struct RPCError: Error, Sendable {
    enum Code: Int, Sendable {
        case parse = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParameters = -32602
        case `internal` = -32603
        case headerMismatch = -32020
        case unsupportedRevision = -32022
    }
    let code: Code
    let message: String
    var data: JSONValue?

    init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }
}

/// A message as it came in.
package enum RPCMessage: Sendable {
    case request(id: JSONValue, method: String, parameters: [String: JSONValue])
    case notification(method: String)
    /// An answer to something we never ask; it is dropped.
    case response

    /// Throws what to answer where it is none of these; the id is that of the message, where it has a sound one.
    init(_ value: JSONValue) throws(Rejection) {
        guard case .object(let members) = value else {
            throw Rejection(.invalidRequest, "a message is a JSON object", id: .null)
        }
        let id = Self.soundID(members["id"])
        guard members["jsonrpc"]?.string == "2.0" else {
            throw Rejection(.invalidRequest, "jsonrpc must be \"2.0\"", id: id ?? .null)
        }
        guard let method = members["method"]?.string else {
            guard members["method"] == nil, members["result"] != nil || members["error"] != nil else {
                throw Rejection(.invalidRequest, "method must be a text", id: id ?? .null)
            }
            self = .response
            return
        }
        guard members["id"] != nil else {
            self = .notification(method: method)
            return
        }
        guard let id else { throw Rejection(.invalidRequest, "id must be a text or a whole number", id: .null) }
        switch members["params"] {
        case nil: self = .request(id: id, method: method, parameters: [:])
        case .object(let parameters): self = .request(id: id, method: method, parameters: parameters)
        default: throw Rejection(.invalidParameters, "params must be an object", id: id)
        }
    }

    /// An error with the id it answers.
    struct Rejection: Error {
        let error: RPCError
        let id: JSONValue

        init(_ code: RPCError.Code, _ message: String, id: JSONValue) {
            error = RPCError(code, message)
            self.id = id
        }
    }

    /// A text of limited length or an integer that is written back as it came.
    private static func soundID(_ value: JSONValue?) -> JSONValue? {
        switch value {
        case .string(let text) where text.utf8.count <= 256: value
        case .number(let number) where JSONValue.wholeNumber(number) != nil: value
        default: nil
        }
    }
}

extension RPCError {
    /// The answer that says so.
    func answer(to id: JSONValue) -> JSONValue {
        [
            "jsonrpc": "2.0", "id": id,
            "error": .members(["code": .int(code.rawValue), "message": .string(message), "data": data]),
        ]
    }
}
