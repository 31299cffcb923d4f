/// A value of a JSON5 document and its position: for settings that people write, whose errors must be found again.
package struct JSON5Value: Sendable {
    /// Line and column, counted from 1; a column is a character.
    package struct Position: Sendable, Hashable, CustomStringConvertible {
        package var line: Int
        package var column: Int
        package var description: String { "line \(line), column \(column)" }
    }

    package struct Member: Sendable {
        package let key: String
        package let position: Position
        package let value: JSON5Value
    }

    package indirect enum Content: Sendable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case array([JSON5Value])
        case object([Member])
    }

    package let content: Content
    package let position: Position

    /// The kind of the value with its article, for messages.
    package var kind: String {
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
