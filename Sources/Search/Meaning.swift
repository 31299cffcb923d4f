/// What the vectors of an index are made with.
package enum VectorKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// A sentence model.
    case model
    /// Latent semantic analysis of the records themselves, without a model.
    case lsa
}

/// Where cosines come from: the vectors of one generation and the model that made them, behind a narrow seam, so that
/// ranking does not know how either works.
package protocol Meaning: Sendable {
    /// What made the vectors.
    var kind: VectorKind { get }
    /// The unit vector of a text; nil when the model that made the index is not on this machine.
    func vector(of text: String) -> [Float]?
    /// The unit vector of a record.
    func vector(ofRow row: Int) -> [Float]
    /// Cosines of the rows to a unit vector, in the order of the rows; of all rows in row order for nil.
    func cosines(to vector: [Float], rows: [Int]?) -> [Float]
    /// The rows nearest to a unit vector, ascending, of all or of a set: nearly all of the nearest, found without a
    /// look at every row.  Nil where rows are so few that their cosines are all computed.
    func nearest(to vector: [Float], limit: Int, among rows: Bitset?) -> [Int]?
}

extension Meaning {
    package var kind: VectorKind { .model }
    package func nearest(to vector: [Float], limit: Int, among rows: Bitset?) -> [Int]? { nil }
}
