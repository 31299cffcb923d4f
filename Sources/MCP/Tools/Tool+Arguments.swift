import JSON
import Planner
import Requests
import Search

// The parameters of requests as arguments of a tool.  Values of `filter` and `not` stand in one list of objects, which
// a model writes more surely than the form that people type.

extension Tool {
    private static let filters = "filters"

    /// The names of the arguments, in the order of ``parameters``.
    var argumentNames: [String] {
        var names: [String] = []
        for name in parameters.map({ $0.kind == .facetValue ? Self.filters : $0.name }) where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// The input schema.
    var input: JSONValue {
        var properties: [String: JSONValue] = [:]
        for parameter in parameters where parameter.kind != .facetValue {
            properties[parameter.name] = Schema.argument(parameter)
        }
        if parameters.contains(.filter) { properties[Self.filters] = Schema.filters }
        let required = parameters.filter(\.isRequired).map(\.name)
        return .members([
            "type": "object", "properties": .object(properties),
            "required": required.isEmpty ? nil : .texts(required), "additionalProperties": false,
        ])
    }

    /// The arguments of a call, checked.
    func values(of arguments: [String: JSONValue]) throws(ToolError) -> RequestValues {
        let known = argumentNames
        if let unknown = arguments.keys.sorted().first(where: { !known.contains($0) }) {
            throw ToolError("unknown_argument", "there is no argument '\(SafeName.of(unknown))'", known)
        }
        var given: [String: [String]] = [:]
        for parameter in parameters where parameter.kind != .facetValue {
            guard let value = arguments[parameter.name], value != .null,
                let text = try Self.text(of: value, parameter)
            else { continue }
            do { try parameter.check(text, written: parameter.name) } catch { throw ToolError(error) }
            given[parameter.name] = [text]
        }
        try Self.readFilters(arguments[Self.filters] ?? .null, into: &given)
        for parameter in parameters where parameter.isRequired && given[parameter.name] == nil {
            var choices: [String] = []
            if case .choice(let all) = parameter.kind { choices = all }
            throw ToolError("missing_argument", "\(parameter.name) is missing", choices)
        }
        return RequestValues(definitions: parameters, given: given)
    }

    /// A value as it would be typed; nil for a text that says nothing.
    private static func text(of value: JSONValue, _ parameter: RequestParameter) throws(ToolError) -> String? {
        let expected: String
        switch (parameter.kind, value) {
        case (.flag, .bool(let isOn)): return isOn ? "true" : "false"
        case (.integer, .number(let number)): return JSONValue.wholeNumber(number).map { String($0) } ?? "\(number)"
        case (.text, .string(let text)), (.choice, .string(let text)):
            return text.allSatisfy(\.isWhitespace) ? nil : text
        case (.flag, _): expected = "true or false"
        case (.integer, _): expected = "a whole number"
        case (.text, _), (.choice, _), (.facetValue, _): expected = "a text"
        }
        throw ToolError("bad_argument", "\(parameter.name) must be \(expected), not \(value.kind)")
    }

    private static func readFilters(_ list: JSONValue, into given: inout [String: [String]]) throws(ToolError) {
        if list == .null { return }
        guard let items = list.array else { throw ToolError("bad_argument", "\(filters) must be a list") }
        guard items.count <= Planner.mostFilters else {
            throw ToolError("too_many", "there are \(items.count) filters; at most \(Planner.mostFilters) are read")
        }
        for item in items {
            guard let facet = item["facet"]?.string, let value = item["value"]?.string else {
                throw ToolError("bad_argument", "a filter is an object of facet, value and negated")
            }
            let text = FacetValue.text(facet: facet, value: value)
            do { _ = try FacetValue(text, written: filters) } catch { throw ToolError(error) }
            let parameter: RequestParameter = item["negated"]?.bool ?? false ? .not : .filter
            given[parameter.name, default: []].append(text)
        }
    }
}

extension ToolError {
    /// A value that is not allowed.
    init(_ fault: RequestFault) {
        let code =
            switch fault.kind {
            case .tooLong: "too_long"
            case .unknownChoice, .unknownFacet: "unknown_value"
            case .malformed, .tooSmall, .tooLarge: "bad_argument"
            }
        self.init(code, fault.detail, fault.suggestions)
    }
}

extension Schema {
    /// The schema of a parameter's value.
    static func argument(_ parameter: RequestParameter) -> JSONValue {
        var members: [String: JSONValue] = ["description": .string(parameter.help)]
        switch parameter.kind {
        case .text(let longest):
            members["type"] = "string"
            members["maxLength"] = .int(longest)
        case .integer(let bounds):
            members["type"] = "integer"
            members["minimum"] = .int(bounds.lowerBound)
            members["maximum"] = .int(bounds.upperBound)
            members["default"] = parameter.standard.flatMap { Int($0) }.map { .int($0) }
        case .choice(let choices):
            members["type"] = "string"
            members["enum"] = .texts(choices)
            members["default"] = parameter.standard.map { .string($0) }
        case .flag:
            members["type"] = "boolean"
            members["default"] = parameter.standard.map { .bool($0 == "true") }
        case .facetValue: members["type"] = "string"
        }
        return .object(members)
    }

    /// The list that holds the values of `filter` and `not`.
    static let filters = array(
        of: object(
            [
                "facet": argument(.facet),
                "value": string("A name or an id.", longest: RequestParameter.longestQuestion),
                "negated": boolean(RequestParameter.not.help),
            ], required: ["facet", "value"], closed: true),
        RequestParameter.filter.help, most: Planner.mostFilters)
}
