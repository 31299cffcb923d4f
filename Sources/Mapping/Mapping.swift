/// Mapping: a file seen as memory.  Everything large that an index or a model holds is read through here, without a
/// copy.

/// What went wrong while a file was mapped.
package struct MappingError: Error, CustomStringConvertible, Sendable {
    package enum Kind: String, Sendable { case missing, unreadable }
    package let kind: Kind
    package let detail: String
    package var description: String { "file \(kind.rawValue): \(detail)" }

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }
}
