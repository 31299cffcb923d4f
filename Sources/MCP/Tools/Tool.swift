import Export
import JSON
import Planner
import Records
import Search

/// A tool: what a client is told of it, and what it does.
struct Tool: Sendable {
    let name: String
    let title: String
    let description: String
    let input: JSONValue
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
            let known = input["properties"]?.object.map { Array($0.keys).sorted() } ?? []
            if let unknown = arguments.keys.sorted().first(where: { !known.contains($0) }) {
                throw ToolError("unknown_argument", "there is no argument '\(SafeName.of(unknown))'", known)
            }
            let call = ToolCall(
                arguments: arguments, searcher: try server.searcher(), today: server.today(), deadline: server.deadline)
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

    /// Any error of the rooms below.  What could tell of this machine is left out.
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

/// One call of a tool: its arguments, checked as they are read, and the index.
struct ToolCall {
    let arguments: [String: JSONValue]
    let searcher: Searcher
    let today: Int?
    let deadline: Deadline

    var planner: Planner { Planner(vocabulary: searcher.vocabulary) }

    /// A text; nil when it is absent or empty.
    func text(_ name: String, longest: Int = Limits.query) throws(ToolError) -> String? {
        guard let value = arguments[name], value != .null else { return nil }
        guard let text = value.string else { throw ToolError("bad_argument", "\(name) must be a text") }
        guard text.utf8.count <= longest else {
            throw ToolError("too_long", "\(name) has \(text.utf8.count) bytes; at most \(longest) are read")
        }
        return text.allSatisfy(\.isWhitespace) ? nil : text
    }

    func required(_ name: String) throws(ToolError) -> String {
        guard let text = try text(name) else { throw ToolError("missing_argument", "\(name) is missing") }
        return text
    }

    func flag(_ name: String) throws(ToolError) -> Bool {
        switch arguments[name] {
        case nil, .null: return false
        case .bool(let value): return value
        default: throw ToolError("bad_argument", "\(name) must be true or false")
        }
    }

    func number(_ name: String, in bounds: ClosedRange<Int>, else standard: Int) throws(ToolError) -> Int {
        guard let value = arguments[name], value != .null else { return standard }
        guard let number = value.number.flatMap(JSONValue.wholeNumber), bounds.contains(number) else {
            throw ToolError(
                "bad_argument", "\(name) must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return number
    }

    /// One of the values of an enumeration.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String, of type: Value.Type
    ) throws(ToolError) -> Value? where Value.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            let all = Value.allCases.map(\.rawValue)
            throw ToolError("unknown_value", "\(name) cannot be '\(SafeName.of(text))'", all)
        }
        return value
    }

    /// The question of `query`, `type` and `filters`.
    func request() throws -> SearchRequest {
        var choices: [FacetChoice] = []
        switch arguments["filters"] {
        case nil, .null: break
        case .array(let items):
            guard items.count <= Planner.mostFilters else {
                throw ToolError("too_many", "there are \(items.count) filters; at most \(Planner.mostFilters) are read")
            }
            for item in items { choices.append(try Self.choice(item)) }
        default: throw ToolError("bad_argument", "filters must be a list")
        }
        var request = try SearchRequest(
            asking: try text("query") ?? "", choices: choices, type: try choice("type", of: RecordType.self),
            today: today, planner: planner)
        request.deadline = deadline
        return request
    }

    private static func choice(_ item: JSONValue) throws(ToolError) -> FacetChoice {
        guard let name = item["facet"]?.string, let value = item["value"]?.string, !value.isEmpty,
            value.utf8.count <= Limits.query
        else { throw ToolError("bad_argument", "a filter is an object of facet, value and negated") }
        guard let facet = Facet(rawValue: name) else {
            throw ToolError(
                "unknown_value", "there is no facet '\(SafeName.of(name))'", Facet.allCases.map(\.rawValue))
        }
        return FacetChoice(facet: facet, value: value, isNegated: item["negated"]?.bool ?? false)
    }
}

extension Tool {
    static let queryInput = Schema.string(
        "A question in plain words, with or without operators: thalamic Neuropixels recordings in sleep; "
            + "species:mouse region:CA1 -state:anesthetized subjects:>=10 published:2021..2023",
        longest: Limits.query)
    static let typeInput = Schema.choice(
        RecordType.allCases.map(\.rawValue), "Ask for this kind of record, whatever the words ask for.")
    static let filtersInput = Schema.array(
        of: Schema.object(
            [
                "facet": Schema.choice(Facet.allCases.map(\.rawValue)),
                "value": Schema.string("A name or an id of a vocabulary term."),
                "negated": Schema.boolean("Leave out records with the value."),
            ], required: ["facet", "value"], closed: true),
        "Values that must hold beside the words.", most: Planner.mostFilters)
    static let idInput = Schema.string(
        "A record id such as dandi:dataset:000003, or a native id that only one record has.", longest: Limits.query)
}
