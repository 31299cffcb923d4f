import Export
import JSON
import Planner
import Records
import Requests
import Search

/// A tool: its description for clients, and what it does.
struct Tool: Sendable {
    let name: String
    let title: String
    let description: String
    let parameters: [RequestParameter]
    let output: JSONValue
    let run: @Sendable (ToolCall) throws -> [String: JSONValue]

    /// Every tool, in the order of the list.
    static let all: [Tool] = [planQuery, search, getRecord, whyNot, vocab, coverage]

    /// The entry in the list of tools.
    var listed: JSONValue {
        [
            "name": .string(name), "title": .string(title),
            "description": .string("\(description) \(RecordText.notice)"),
            "inputSchema": input, "outputSchema": output,
            "annotations": [
                "title": .string(title), "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true,
                "openWorldHint": false,
            ],
        ]
    }

    /// What `tools/call` returns: the structured answer and the same as text; or what went wrong, in words that a
    /// reader can act on.
    func answer(_ arguments: [String: JSONValue], server: MCPServer) -> [String: JSONValue] {
        do {
            let call = ToolCall(
                values: try values(of: arguments), searcher: try server.searcher(), today: server.today(),
                deadline: server.deadline)
            let answer = JSONValue.object(RecordText.capped(try run(call), at: Limits.answer))
            return [
                "content": [["type": "text", "text": .string(String(decoding: answer.json, as: UTF8.self))]],
                "structuredContent": answer, "isError": false,
            ]
        } catch {
            let said = ToolError(error)
            var text = said.message
            if !said.suggestions.isEmpty {
                text += "\nDid you mean: \(said.suggestions.prefix(10).map(SafeText.line).joined(separator: ", "))?"
            }
            return [
                "content": [["type": "text", "text": .string("\(said.code): \(text)")]], "isError": true,
            ]
        }
    }
}

/// Why a tool could not do what was asked.
struct ToolError: Error {
    let code: String
    let message: String
    let suggestions: [String]

    init(_ code: String, _ message: String, _ suggestions: [String] = []) {
        self.code = code
        self.message = message
        self.suggestions = suggestions
    }

    /// Any error of the modules below.  What could reveal something of this machine is left out.
    init(_ error: any Error) {
        switch error {
        case let error as ToolError: self = error
        case let error as PlanError: self.init(error.kind.rawValue, error.detail, error.suggestions)
        case let error as SearchError where error.kind != .index && error.kind != .settings:
            self.init(Self.code(error.kind), error.detail, error.suggestions)
        default: self.init("index_unavailable", "the index cannot be read now; try again later")
        }
    }

    private static func code(_ kind: SearchError.Kind) -> String {
        switch kind {
        case .badCursor: "bad_cursor"
        case .oldCursor: "old_cursor"
        case .unknownValue: "unknown_value"
        case .noRecord: "no_record"
        case .emptyQuery: "empty_query"
        case .overTime: "time_limit"
        case .settings, .index, .badFile: "index_unavailable"
        }
    }
}

/// One call of a tool: its arguments, checked, and the index.
struct ToolCall {
    let values: RequestValues
    let searcher: Searcher
    let today: Int?
    let deadline: Deadline

    /// The planner of the index, for answers that show warnings: it looks into unknown words.
    var planner: Planner { searcher.planner }

    /// The question and what narrows it.
    func request(with planner: Planner? = nil) throws(PlanError) -> SearchRequest {
        try SearchRequest(
            asking: values.text(.question) ?? "", values: values, today: today, deadline: deadline,
            planner: planner ?? Planner(vocabulary: searcher.vocabulary))
    }
}
