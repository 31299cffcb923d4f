// Values written down in code: `["name": "discover", "sizes": [1, 2]]`.

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(Double(value)) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
}

extension JSONValue {
    /// An object of those members that have a value; what is absent or empty is left out.
    package static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        var kept: [String: JSONValue] = [:]
        for (key, value) in members {
            guard let value, value != .string(""), value != .array([]), value != .object([:]) else { continue }
            kept[key] = value
        }
        return .object(kept)
    }

    /// A text, or nothing for nil.
    package static func text(_ value: String?) -> JSONValue? { value.map { .string($0) } }

    /// A list of texts.
    package static func texts(_ values: some Sequence<String>) -> JSONValue { .array(values.map { .string($0) }) }

    /// A whole number.
    package static func int(_ value: Int) -> JSONValue { .number(Double(value)) }
}
