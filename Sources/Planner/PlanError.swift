/// Why a question cannot be planned.  The command line turns the kind into its exit code.
package struct PlanError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        /// `foo:bar`, and there is no `foo`.
        case unknownOperator = "unknown_operator"
        /// `species:foo`, and there is no such species.
        case unknownValue = "unknown_value"
        /// `subjects:>many`.
        case malformedValue = "malformed_value"
        case tooLong = "too_long"
        case tooMany = "too_many"
    }
    package let kind: Kind
    /// For people: what is wrong and what to do.
    package let detail: String
    package let suggestions: [String]

    package init(kind: Kind, detail: String, suggestions: [String] = []) {
        self.kind = kind
        self.detail = detail
        self.suggestions = suggestions
    }

    package var description: String {
        suggestions.isEmpty ? detail : "\(detail) Did you mean: \(suggestions.joined(separator: ", "))?"
    }
}

extension PlanError {
    /// A question of so many bytes.
    static func tooLong(_ bytes: Int) -> PlanError {
        PlanError(
            kind: .tooLong,
            detail: "The question has \(bytes) bytes; at most \(Planner.longestQuery) are read. Shorten it.")
    }

    /// A plan of so many filters and ranges.
    package static func tooMany(_ count: Int) -> PlanError {
        PlanError(
            kind: .tooMany,
            detail: "The question holds \(count) filters; at most \(Planner.mostFilters) are allowed.")
    }
}
