package import FoundationEssentials

/// How hits are ordered: the content of `index/ranking.json5`, where each value is explained.
package struct RankingSettings: Codable, Sendable, Hashable {
    /// Share of words in the hybrid score; the rest is meaning.
    package var lexicalWeight = 0.375
    /// Without filters, a record belongs to the matches when it holds a word of the question or its cosine to the
    /// question is at least this.
    package var cosineCutoff = 0.35
    package var feedback = Feedback()
    package var diffusion = Diffusion()
    package var boosts = Boosts()
    /// Weights of the text columns in BM25, by name; others have the weight of the index.
    package var columns: [String: Double] = [:]
    /// What differs where the vectors come from latent semantic analysis.
    package var latent = Latent()

    /// Weights for vectors that no sentence model made.
    package struct Latent: Codable, Sendable, Hashable {
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
    package struct Feedback: Codable, Sendable, Hashable {
        package var documents = 20
        /// Weight of their mean against the question's 1; 0 turns it off.
        package var weight = 1.25
        /// How far in score, of 0...1, a document lies behind the best when it counts `e` times less.
        package var temperature = 0.04
    }

    /// Diffusion of the words' scores over the nearest neighbours among the best records (Diaz 2005).
    package struct Diffusion: Codable, Sendable, Hashable {
        /// How many of the best records take part.
        package var documents = 300
        /// How many neighbours each has.
        package var neighbors = 25
        /// Share of the neighbours in a record's score by words, 0...1; 0 turns it off.  With latent semantic analysis,
        /// in its whole score.
        package var weight = 0.6
    }

    /// What is added to a score in 0...1.
    package struct Boosts: Codable, Sendable, Hashable {
        /// The question is the record's id, DOI or title.
        package var exact = 2.0
        /// An acronym of the question stands in the title in its exact case.
        package var acronym = 0.05
        /// Every filter is fulfilled by what the source states, not by what was read from text.
        package var stated = 0.02
    }

    package init() {}

    /// Reads JSON5 text; keys that are absent keep their defaults.
    package init(json5: Data) throws(SearchError) {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        do {
            self = try decoder.decode(Partial.self, from: json5).settings
        } catch {
            throw SearchError(.settings, "ranking settings are not of the expected form: \(error)")
        }
        guard (0...1).contains(lexicalWeight), (-1...1).contains(cosineCutoff), feedback.documents >= 0,
            feedback.weight >= 0, feedback.weight.isFinite, (0...1000).contains(diffusion.documents),
            feedback.temperature > 0, feedback.documents <= 1000,
            diffusion.neighbors >= 0, (0...1).contains(diffusion.weight), (0...1).contains(latent.lexicalWeight),
            (-1...1).contains(latent.cosineCutoff)
        else {
            throw SearchError(.settings, "ranking settings: a weight is out of bounds")
        }
    }

    /// Reads a file; the defaults when there is none.
    package static func load(path: String?) throws(SearchError) -> RankingSettings {
        guard let path, let data = FileManager.default.contents(atPath: path) else { return RankingSettings() }
        return try RankingSettings(json5: data)
    }

    private struct Partial: Decodable {
        struct PartialFeedback: Decodable {
            var documents: Int?
            var weight: Double?
            var temperature: Double?
        }
        struct PartialDiffusion: Decodable {
            var documents: Int?
            var neighbors: Int?
            var weight: Double?
        }
        struct PartialBoosts: Decodable {
            var exact: Double?
            var acronym: Double?
            var stated: Double?
        }
        var lexicalWeight: Double?
        var cosineCutoff: Double?
        var feedback: PartialFeedback?
        var diffusion: PartialDiffusion?
        var boosts: PartialBoosts?
        struct PartialLatent: Decodable {
            var lexicalWeight: Double?
            var cosineCutoff: Double?
        }
        var columns: [String: Double]?
        var latent: PartialLatent?

        var settings: RankingSettings {
            var result = RankingSettings()
            if let lexicalWeight { result.lexicalWeight = lexicalWeight }
            if let cosineCutoff { result.cosineCutoff = cosineCutoff }
            if let documents = feedback?.documents { result.feedback.documents = documents }
            if let weight = feedback?.weight { result.feedback.weight = weight }
            if let temperature = feedback?.temperature { result.feedback.temperature = temperature }
            if let documents = diffusion?.documents { result.diffusion.documents = documents }
            if let neighbors = diffusion?.neighbors { result.diffusion.neighbors = neighbors }
            if let weight = diffusion?.weight { result.diffusion.weight = weight }
            if let exact = boosts?.exact { result.boosts.exact = exact }
            if let acronym = boosts?.acronym { result.boosts.acronym = acronym }
            if let stated = boosts?.stated { result.boosts.stated = stated }
            if let columns { result.columns = columns }
            if let weight = latent?.lexicalWeight { result.latent.lexicalWeight = weight }
            if let cutoff = latent?.cosineCutoff { result.latent.cosineCutoff = cutoff }
            return result
        }
    }
}
