/// What went wrong while loading vocabularies.
package struct VocabularyError: Error, CustomStringConvertible, Sendable {
    package enum Kind: String, Sendable { case missing, malformed }
    package let kind: Kind
    /// For people: what is wrong, where, and what to do.
    package let detail: String
    package var description: String { "vocabulary \(kind.rawValue): \(detail)" }
}
