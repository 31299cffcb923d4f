import FoundationEssentials
package import Planner
package import Records
import Requests
package import Search

/// What a client sent, before a route was found for it.
package struct RawRequest: Sendable {
    /// The method as sent.
    package var method: String
    /// The target as in the request line.
    package var target: String
    package var headers: Headers
    package var body: [UInt8]

    package init(method: String = "GET", target: String, headers: Headers = Headers(), body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }
}

/// The header fields the service reads; nil when absent.
package struct Headers: Sendable {
    package var accept: String?
    package var acceptEncoding: String?
    package var contentType: String?
    package var ifNoneMatch: String?
    package var origin: String?
    /// Other fields that a route needs (`MCP-Protocol-Version`, `Accept-Language`), by lower-case
    /// name; see ``Headers/read``.
    package var others: [String: String] = [:]

    /// The names in ``others``.
    package static let read = ["mcp-protocol-version", "mcp-method", "mcp-name", "accept-language"]

    package init(
        accept: String? = nil, acceptEncoding: String? = nil, contentType: String? = nil, ifNoneMatch: String? = nil,
        origin: String? = nil
    ) {
        self.accept = accept
        self.acceptEncoding = acceptEncoding
        self.contentType = contentType
        self.ifNoneMatch = ifNoneMatch
        self.origin = origin
    }
}

/// A request as a handler sees it: route found, parameters checked, one snapshot pinned.
package struct Request: Sendable {
    package let method: Method
    package let target: Target
    package let values: ParameterValues
    package let headers: Headers
    package let body: [UInt8]
    package let service: Service
    /// The generation this request is answered from, first to last.
    package let snapshot: Snapshot
    package let deadline: Deadline
    /// Day number in UTC, for relative dates.
    package let today: Int

    /// The address under which the world reaches the service, without a slash at its end.
    package var site: String { service.site }
    package var searcher: Searcher { snapshot.searcher }
    package var planner: Planner { snapshot.planner }
}

extension Request {
    /// The question and what narrows it as a search request; for routes that take ``Parameter/narrowing``.  `planner`
    /// is the snapshot's for answers that show warnings, and one that looks into no unknown words for all others.
    package func question(with planner: Planner? = nil) throws(Problem) -> SearchRequest {
        let planner = planner ?? Planner(vocabulary: searcher.vocabulary)
        let question = values.text(.question) ?? ""
        let nesting = Request.nesting(of: question)
        guard nesting <= Request.deepest else {
            throw Problem(
                .tooDeep, at: Parameter.question.pointer,
                "the question nests \(nesting) brackets; at most \(Request.deepest) are read")
        }
        return try planning { () throws(PlanError) in
            try SearchRequest(
                asking: question, values: values.request, today: today, deadline: deadline, planner: planner)
        }
    }

    /// The same with page, order and mode; for routes that take ``Parameter/ofSearch``.
    package func search() throws(Problem) -> SearchRequest {
        var request = try question(with: planner)
        request.take(values.request)
        return request
    }

    /// How deep brackets, or lists and objects of a body, may be nested.
    package static let deepest = 8

    private static func nesting(of text: String) -> Int {
        var depth = 0
        var deepest = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "}"): depth -= 1
            default: continue
            }
            deepest = max(deepest, depth)
        }
        return deepest
    }
}
