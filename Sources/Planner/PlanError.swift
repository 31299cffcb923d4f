/// Why a question cannot be planned as it stands.  The command line turns the kind into its exit code.
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
