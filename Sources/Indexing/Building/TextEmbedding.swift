package import Encoder
package import LatentSemantics
internal import LinearAlgebra
internal import Store
internal import Vectors

/// What gives texts their vectors: the sentence model, seen from here, or latent semantic analysis of all texts
/// together.
package struct TextEmbedding {
    /// Names the model exactly; vectors of another identity are never reused.
    package let identity: String
    /// Length of a vector.
    package let dimensions: Int
    /// Unit vectors of texts, in their order.
    package let encode: ([String]) throws -> [[Float]]
    /// Rows from which on lists are made over the vectors, so that a search need not look at all of them.
    package var listsFrom = InvertedFileBuilder.worthwhile
    /// Set where there is no model: vectors then come from the texts themselves, and no text has one before all are
    /// known.
    let latent: LatentSettings?

    package init(identity: String, dimensions: Int, encode: @escaping ([String]) throws -> [[Float]]) {
        self.identity = identity
        self.dimensions = dimensions
        self.encode = encode
        latent = nil
    }

    private init(latent settings: LatentSettings) {
        identity = ""
        dimensions = settings.dimensions
        encode = { _ in [] }
        latent = settings
    }

    /// Latent semantic analysis of the records, which needs no model; its identity is known when they are.
    package static func latent(_ settings: LatentSettings = LatentSettings()) -> TextEmbedding {
        TextEmbedding(latent: settings)
    }

    /// Whether the vectors of a generation are those that a build would give it again.
    static func made(_ generation: Generation, with embedding: TextEmbedding?) -> Bool {
        let manifest = generation.manifest
        guard let embedding else { return manifest.model == nil }
        let hasLists = manifest.records >= embedding.listsFrom
        guard (generation.listsPath != nil) == hasLists else { return false }
        return embedding.latent == nil
            ? manifest.model == embedding.identity : generation.projectionPath != nil
    }

    /// The sentence model on all cores.
    package init(_ encoder: SentenceEncoder) {
        self.init(identity: encoder.identity, dimensions: encoder.dimensions) { texts in
            let vectors = encoder.encode(batch: texts)
            return (0..<vectors.rows).map { vectors.row($0) }
        }
    }
}
