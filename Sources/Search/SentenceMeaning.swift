package import Encoder
package import Vectors

/// The vectors of a generation together with the sentence model that made them.
///
/// The model is opened at the first question that needs it; a search that ranks nothing never touches it.
package struct SentenceMeaning: Meaning {
    private let file: VectorFile
    private let model: @Sendable () -> SentenceEncoder?

    /// `model` opens the model, or returns the one that is open; nil when it is not on this machine or is another than
    /// the one the vectors come from.
    package init(file: VectorFile, model: @escaping @Sendable () -> SentenceEncoder?) {
        self.file = file
        self.model = model
    }

    package func vector(of text: String) -> [Float]? {
        guard let model = model(), model.dimensions == file.dimensions else { return nil }
        return model.encode(text, as: .query)
    }

    package func vector(ofRow row: Int) -> [Float] { (try? file.row(row)) ?? [] }

    package func cosines(to vector: [Float], rows: [Int]?) -> [Float] {
        if let rows { return (try? file.scores(of: vector, rows: rows.map { UInt32($0) })) ?? [] }
        return (try? file.scores(of: vector)) ?? []
    }

    package func nearest(to vector: [Float], limit: Int, among rows: Bitset?) -> [Int]? {
        let selection = rows.map { RowSelection.bitmap($0.words) } ?? .all
        return (try? file.likelyNearest(to: vector, limit: limit, among: selection))?.map(Int.init)
    }
}
