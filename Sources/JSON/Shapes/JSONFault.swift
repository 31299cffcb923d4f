/// What is wrong with a document that is JSON, and where.
package struct JSONFault: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// Of another shape than expected.
        case invalid
        /// None of the values there are.
        case unknownValue
        /// A text of too many bytes.
        case tooLong
        /// More of something than is read.
        case tooMany
    }
    package let kind: Kind
    /// A JSON pointer as a fragment (RFC 6901 section 6): `#/filters/0/facet`.
    package let pointer: String
    /// For people, without the place.
    package let detail: String
    /// What may have been meant.
    package let suggestions: [String]

    package init(_ kind: Kind, at pointer: String, _ detail: String, suggestions: [String] = []) {
        self.kind = kind
        self.pointer = pointer
        self.detail = detail
        self.suggestions = suggestions
    }

    package var description: String { "\(pointer): \(detail)" }
}
