import Store

/// Joins the words' score and the meaning's into one in 0...1: a convex combination of BM25 over its maximum and the
/// cosine scaled to its range over the rows compared (Bruch, Gai & Ingber 2023, https://doi.org/10.1145/3596512).
struct Fusion {
    let settings: RankingSettings
    let mode: SearchMode
    let lexical: RowScores
    let semantic: RowScores

    init(settings: RankingSettings, mode: SearchMode, lexical: RowScores, cosines: RowScores) {
        self.settings = settings
        self.mode = mode
        self.lexical = lexical
        if let low = cosines.values.min(), let high = cosines.values.max() {
            semantic = cosines.mapValues { high > low ? ($0 - low) / (high - low) : 1 }
        } else {
            semantic = RowScores(capacity: lexical.capacity)
        }
    }

    /// Share of the words' score in the whole.
    var lexicalWeight: Double {
        switch mode {
        case .text: 1
        case .vector: 0
        case .hybrid: settings.lexicalWeight
        }
    }

    /// The scores of the rows of a set.
    func scores(of rows: Bitset) -> RowScores {
        let weight = lexicalWeight
        return RowScores.combining(lexical, semantic, over: rows.words) { weight * $0 + (1 - weight) * $1 }
    }
}
