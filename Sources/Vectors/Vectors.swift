/// Vectors: the vector of every row of an index, in one file, and the rows nearest to a query.
///
/// A ``VectorFile`` is memory-mapped.  With many rows, ``InvertedFileBuilder`` adds an inverted file.  The vector file
/// then holds only residual codes, and ``VectorFile/nearest(to:limit:among:)`` probes the nearest lists; callers do not
/// see the difference.  Scores are dot products computed from half floats, or from codes and residuals together; with
/// unit vectors they are cosines.  A row of zeros means that a record has no vector; it is never a neighbour.

/// What is wrong with a vector or with a file of them.
package struct VectorsError: Error, CustomStringConvertible, Sendable {
    package enum Kind: String, Sendable {
        case missing
        /// Truncated, unfinished, damaged or no vector file.
        case corrupt
        /// Written with another model than the one in use, or made from other vectors.
        case foreign
        /// A vector of the wrong length, or with numbers that are not finite; a row that does not exist.
        case invalid
        /// The disk refused.
        case unwritable
    }
    package let kind: Kind
    package let detail: String
    package var description: String { "vectors \(kind.rawValue): \(detail)" }

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }
}
