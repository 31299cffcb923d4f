package import Encoder
internal import LinearAlgebra
internal import Vectors

/// Turns texts into vectors: the sentence model, seen from here.
package struct TextEmbedding {
    /// Names the model exactly; vectors of another identity are never reused.
    package let identity: String
    /// Length of a vector.
    package let dimensions: Int
    /// Unit vectors of texts, in their order.
    package let encode: ([String]) throws -> [[Float]]
    /// Rows from which on lists are made over the vectors, so that a search need not look at all of them.
    package var listsFrom = InvertedFileBuilder.worthwhile

    package init(identity: String, dimensions: Int, encode: @escaping ([String]) throws -> [[Float]]) {
        self.identity = identity
        self.dimensions = dimensions
        self.encode = encode
    }

    /// The sentence model on all cores.
    package init(_ encoder: SentenceEncoder) {
        self.init(identity: encoder.identity, dimensions: encoder.dimensions) { texts in
            let vectors = encoder.encode(batch: texts)
            return (0..<vectors.rows).map { vectors.row($0) }
        }
    }
}
