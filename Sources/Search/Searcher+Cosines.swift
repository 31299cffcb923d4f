import Planner
import Store

extension Searcher {
    /// The question as a vector, or nil, and what is to be said of either.
    func embed(_ text: RankingText) -> (vector: [Float]?, warnings: [Plan.Warning]) {
        guard let meaning else {
            return (nil, [.init(code: "no_vectors", message: "the index holds no vectors: ranked by words only")])
        }
        switch meaning.kind {
        case .lsa:
            // Words that only wrap a question have no sentence to belong to here.
            guard let vector = meaning.vector(of: text.words.joined(separator: " ")) else {
                return (
                    nil,
                    [
                        .init(
                            code: "lsa_unknown_words",
                            message: "no word of the question relates records to one another: ranked by words only")
                    ]
                )
            }
            return (
                vector,
                [
                    .init(
                        code: "lsa_vectors",
                        message: "the index was made without a sentence model: meaning is told from its own records' "
                            + "words (latent semantic analysis)")
                ]
            )
        case .model:
            guard let vector = meaning.vector(of: text.sentence) else {
                return (
                    nil,
                    [
                        .init(
                            code: "no_model",
                            message: "the sentence model of the index is not on this machine: ranked by words only")
                    ]
                )
            }
            return (vector, [])
        }
    }

    /// Rows that meaning alone may bring into an answer where there are too many to compare all.
    private static let nearest = 1000
    /// Rows from all over the index that then say how low cosines go.
    private static let sample = 256

    /// Rows that the words rank first, whose cosines are computed besides.
    private static let leading = 1000

    /// Cosines of the rows of a set, or of all.  Where the vectors have lists: of the nearest rows, of those that the
    /// words rank first, and of a sample.
    func compare(_ question: [Float], rows: Bitset?, named: RowScores) -> RowScores {
        let count = generation.facets.recordCount
        guard let meaning else { return RowScores(capacity: count) }
        guard let nearest = meaning.nearest(to: question, limit: Self.nearest, among: rows) else {
            return cosines(of: question, (rows ?? Bitset(all: count)).words) ?? RowScores(capacity: count)
        }
        var compared = Bitset(members: named.leading(Self.leading), capacity: count)
        for step in 0..<Self.sample where count > 0 { compared.insert(step * count / Self.sample) }
        if let rows { compared &= rows }
        for row in nearest { compared.insert(row) }
        return cosines(of: question, compared.words) ?? RowScores(capacity: count)
    }

    /// Cosines of the rows that were compared before, to a question that has moved.
    func compare(_ question: [Float], again compared: RowScores) -> RowScores {
        cosines(of: question, compared.bitmap) ?? compared
    }

    /// Cosines of the rows of a bitmap; nil when the file of vectors cannot be read.
    private func cosines(of question: [Float], _ bitmap: [UInt64]) -> RowScores? {
        guard let meaning else { return nil }
        let count = generation.facets.recordCount
        let wanted = Bitmaps.count(bitmap)
        let rows = wanted == count ? nil : Bitset(capacity: count, words: bitmap).members
        let values = meaning.cosines(to: question, rows: rows).map(Double.init)
        return values.count == wanted ? RowScores(capacity: count, bitmap: bitmap, values: values) : nil
    }

    /// The question moved towards the best of the matches, or where there are none, of all candidates; nil when
    /// feedback is off or there are none of either.
    func feedback(_ question: [Float], matches: Bitset, candidates: Bitset, _ fusion: Fusion) -> [Float]? {
        guard settings.feedback.weight > 0, let meaning else { return nil }
        let best = fusion.scores(of: matches.isEmpty ? candidates : matches).best(settings.feedback.documents)
        return Feedback(settings: settings.feedback, vector: meaning.vector(ofRow:)).moved(question, towards: best)
    }
}
