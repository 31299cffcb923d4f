/// A value of a JSON5 document and where it stands: for settings that people write, whose errors must be found again.
struct JSON5Value: Sendable {
    /// Line and column, counted from 1; a column is a character.
    struct Position: Sendable, Hashable, CustomStringConvertible {
        var line: Int
        var column: Int
        var description: String { "line \(line), column \(column)" }
    }

    struct Member: Sendable {
        let key: String
        let position: Position
        let value: JSON5Value
    }

    indirect enum Content: Sendable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case array([JSON5Value])
        case object([Member])
    }

    let content: Content
    let position: Position

    /// The kind of the value with its article, for messages.
    var kind: String {
        switch content {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// What is wrong with a settings file, and where.
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    package let line: Int
    package let column: Int
    /// For people, without the place.
    package let detail: String
    /// What may have been meant.
    package let suggestions: [String]

    init(_ position: JSON5Value.Position, _ detail: String, suggestions: [String] = []) {
        line = position.line
        column = position.column
        self.detail = detail
        self.suggestions = suggestions
    }

    package var description: String { "line \(line), column \(column): \(detail)" }
}
