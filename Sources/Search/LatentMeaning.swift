package import LatentSemantics
package import Store
package import Vectors

/// The vectors of a generation that latent semantic analysis made, together with the projection that belongs to them.
package struct LatentMeaning: Meaning {
    private let rows: SentenceMeaning
    private let model: LatentModel

    package init(file: VectorFile, model: LatentModel) {
        rows = SentenceMeaning(file: file, model: { nil })
        self.model = model
    }

    package var kind: VectorKind { .lsa }

    /// Nil when no word of the text is in two records or more, or all are spread over the records evenly.
    package func vector(of text: String) -> [Float]? { model.vector(of: text) }

    package func vector(ofRow row: Int) -> [Float] { rows.vector(ofRow: row) }

    package func cosines(to vector: [Float], rows members: [Int]?) -> [Float] {
        rows.cosines(to: vector, rows: members)
    }

    package func nearest(to vector: [Float], limit: Int, among members: Bitset?) -> [Int]? {
        rows.nearest(to: vector, limit: limit, among: members)
    }
}

extension Generation {
    /// What made its vectors; nil when it has none.
    package var vectorKind: VectorKind? { vectorsPath == nil ? nil : projectionPath == nil ? .model : .lsa }
}
