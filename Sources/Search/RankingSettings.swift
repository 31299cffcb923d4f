/// How hits are ordered.  The values here hold where no file says otherwise; `index/ranking.json5`, where each is
/// explained, has the same.
package struct RankingSettings: Encodable, Sendable, Hashable {
    /// Share of words in the hybrid score; the rest is meaning.
    package var lexicalWeight = 0.375
    /// Without filters, a record belongs to the matches when it holds a word of the question or its cosine to the
    /// question is at least this.
    package var cosineCutoff = 0.35
    package var feedback = Feedback()
    package var diffusion = Diffusion()
    package var boosts = Boosts()
    /// Weights of the text columns in BM25, by name.
    package var columns: [String: Double] = ["title": 4, "names": 2, "description": 1, "passages": 0.7]
    /// What differs where the vectors come from latent semantic analysis.
    package var latent = Latent()

    /// Weights for vectors that no sentence model made.
    package struct Latent: Encodable, Sendable, Hashable {
        package var lexicalWeight = 0.4
        package var cosineCutoff = 0.2
    }

    /// The settings for an index whose vectors come from latent semantic analysis.
    var forLatentVectors: RankingSettings {
        var result = self
        result.lexicalWeight = latent.lexicalWeight
        result.cosineCutoff = latent.cosineCutoff
        return result
    }

    /// Vector pseudo-relevance feedback (Rocchio 1971): the question's vector moves towards the mean of the best
    /// documents, each weighted by how good it is (Lavrenko and Croft 2001), and everything is ranked again.
    package struct Feedback: Encodable, Sendable, Hashable {
        package var documents = 20
        /// Weight of their mean against the question's 1; 0 turns it off.
        package var weight = 1.25
        /// The distance in score, of 0...1, from the best document at which one counts `e` times less.
        package var temperature = 0.04
    }

    /// Diffusion of the words' scores over the nearest neighbours among the best records (Diaz 2005).
    package struct Diffusion: Encodable, Sendable, Hashable {
        /// How many of the best records take part.
        package var documents = 300
        /// How many neighbours each has.
        package var neighbors = 25
        /// Share of the neighbours in a record's lexical score, 0...1; 0 turns it off.  With latent semantic analysis,
        /// in its whole score.
        package var weight = 0.6
    }

    /// What is added to a score in 0...1.
    package struct Boosts: Encodable, Sendable, Hashable {
        /// The question is the record's id, DOI or title.
        package var exact = 2.0
        /// An acronym of the question is in the title in its exact case.
        package var acronym = 0.05
        /// Every filter is fulfilled by what the source states, not by what was read from text.
        package var stated = 0.02
        /// Everything that is preferred holds; of several wishes each adds its share.
        package var preferred = 0.5
    }

    package init() {}
}
