/// What is wrong with a settings file, and where.
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    package let line: Int
    package let column: Int
    /// For people, without the place.
    package let detail: String
    /// What may have been meant.
    package let suggestions: [String]

    package init(_ position: JSON5Value.Position, _ detail: String, suggestions: [String] = []) {
        line = position.line
        column = position.column
        self.detail = detail
        self.suggestions = suggestions
    }

    package var description: String { "line \(line), column \(column): \(detail)" }
}
