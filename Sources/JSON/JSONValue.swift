/// JSON: the one reader and the one writer (RFC 8259), descriptions of shapes (``JSONCodec``), and JSON5 for settings
/// that people write (``ConfigurationObject``).  Bytes cannot be trusted; equal values are equal bytes.

/// A JSON value.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The member of an object; nil for every other kind of value, and for an explicit null.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    /// The text, nil for any other kind of value; so below.
    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var number: Double? { if case .number(let number) = self { number } else { nil } }
    package var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    package var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    package var object: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }

    /// A string that says something.
    package var text: String? {
        guard let text = string, text.contains(where: { !$0.isWhitespace }) else { return nil }
        return text
    }

    /// An id: a string, or a whole number as text.
    package var identifier: String? {
        switch self {
        case .string(let text): text.isEmpty || text.utf8.count > 500 ? nil : text
        case .number(let number): Self.wholeNumber(number).map { String($0) }
        default: nil
        }
    }

    /// Text, number or truth value as words.
    package var words: String? {
        switch self {
        case .string: text
        case .number(let number): Self.wholeNumber(number).map { String($0) } ?? String(number)
        case .bool(let flag): flag ? "yes" : "no"
        default: nil
        }
    }

    /// A number, written plainly, as text, or as `{"value": 30000, "unit": "Hz"}`.
    package var quantity: (value: Double, unit: String?)? {
        switch self {
        case .number(let number): return (number, nil)
        case .string(let text): return Double(text).flatMap { $0.isFinite ? ($0, nil) : nil }
        case .object(let members):
            guard let value = members["value"]?.quantity?.value else { return nil }
            return (value, members["unit"]?.text)
        default: return nil
        }
    }

    /// What kind of value it is, for people.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "text"
        case .array: "a list"
        case .object: "an object"
        }
    }

    /// A double that is a whole number an `Int` can hold exactly.
    package static func wholeNumber(_ number: Double) -> Int? {
        guard number.rounded() == number, abs(number) < 9_007_199_254_740_992 else { return nil }
        return Int(number)
    }
}
