internal import FoundationEssentials
package import JSON

extension RankingSettings {
    private enum Key: String, CaseIterable {
        case lexicalWeight, cosineCutoff, feedback, diffusion, boosts, columns, latent
    }
    private enum FeedbackKey: String, CaseIterable { case documents, weight, temperature }
    private enum DiffusionKey: String, CaseIterable { case documents, neighbors, weight }
    private enum BoostsKey: String, CaseIterable { case exact, acronym, stated, preferred }
    private enum ColumnKey: String, CaseIterable { case title, names, description, passages }
    private enum LatentKey: String, CaseIterable { case lexicalWeight, cosineCutoff }

    /// Every key a file may have, those within objects after a dot.
    package static var allKeys: [String] {
        func within<Inner: RawRepresentable & CaseIterable>(_ key: Key, _ keys: Inner.Type) -> [String]
        where Inner.RawValue == String {
            keys.allCases.map { "\(key.rawValue).\($0.rawValue)" }
        }
        return [Key.lexicalWeight, .cosineCutoff].map(\.rawValue) + within(.feedback, FeedbackKey.self)
            + within(.diffusion, DiffusionKey.self) + within(.boosts, BoostsKey.self)
            + within(.columns, ColumnKey.self) + within(.latent, LatentKey.self)
    }

    /// Reads a file; the defaults when there is none.  Kind `settings` says where the file is wrong, and what was
    /// meant.
    package static func load(path: String?) throws(SearchError) -> RankingSettings {
        guard let path, let data = FileManager.default.contents(atPath: path) else { return RankingSettings() }
        do {
            return try RankingSettings(json5: String(decoding: data, as: UTF8.self))
        } catch {
            throw SearchError(.settings, "\(path), \(error)", suggestions: error.suggestions)
        }
    }

    /// Reads JSON5 text.  What is left out keeps its default; what is there must be known, of the right kind and in
    /// bounds.
    package init(json5 text: String) throws(ConfigurationError) {
        self.init()
        let top = try ConfigurationObject<Key>(try JSON5Reader.value(text), of: "the ranking settings")
        lexicalWeight = try top.number(.lexicalWeight, in: 0...1) ?? lexicalWeight
        cosineCutoff = try top.number(.cosineCutoff, in: -1...1) ?? cosineCutoff
        if let value = top.value(.feedback) {
            let object = try ConfigurationObject<FeedbackKey>(value, of: "'feedback'")
            feedback.documents = try object.whole(.documents, in: 0...1000) ?? feedback.documents
            feedback.weight = try object.number(.weight, in: 0...1000) ?? feedback.weight
            feedback.temperature = try object.number(.temperature, in: 0.0001...1000) ?? feedback.temperature
        }
        if let value = top.value(.diffusion) {
            let object = try ConfigurationObject<DiffusionKey>(value, of: "'diffusion'")
            diffusion.documents = try object.whole(.documents, in: 0...1000) ?? diffusion.documents
            diffusion.neighbors = try object.whole(.neighbors, in: 0...1000) ?? diffusion.neighbors
            diffusion.weight = try object.number(.weight, in: 0...1) ?? diffusion.weight
        }
        if let value = top.value(.boosts) {
            let object = try ConfigurationObject<BoostsKey>(value, of: "'boosts'")
            boosts.exact = try object.number(.exact, in: 0...1000) ?? boosts.exact
            boosts.acronym = try object.number(.acronym, in: 0...1000) ?? boosts.acronym
            boosts.stated = try object.number(.stated, in: 0...1000) ?? boosts.stated
            boosts.preferred = try object.number(.preferred, in: 0...1000) ?? boosts.preferred
        }
        if let value = top.value(.columns) {
            let object = try ConfigurationObject<ColumnKey>(value, of: "'columns'")
            for key in ColumnKey.allCases {
                if let weight = try object.number(key, in: 0...1000) { columns[key.rawValue] = weight }
            }
        }
        if let value = top.value(.latent) {
            let object = try ConfigurationObject<LatentKey>(value, of: "'latent'")
            latent.lexicalWeight = try object.number(.lexicalWeight, in: 0...1) ?? latent.lexicalWeight
            latent.cosineCutoff = try object.number(.cosineCutoff, in: -1...1) ?? latent.cosineCutoff
        }
    }
}
