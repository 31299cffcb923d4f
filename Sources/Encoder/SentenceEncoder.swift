import LinearAlgebra
import Mapping
import Text

/// Turns text into unit vectors whose dot product says how close two texts are in meaning.
///
/// Opening maps the weights and reads a few small files: milliseconds.  Safe to share between threads; calls do not
/// wait for one another.
package final class SentenceEncoder: Sendable {
    /// What a text is, for models that were trained with words put before each.
    package enum Purpose: String, Sendable, CaseIterable { case query, passage }

    /// Length of every vector.
    package let dimensions: Int
    /// Name and fingerprint of the model, the same on every machine.  Vectors of different identities must never be
    /// compared, so an index keeps it.
    package let identity: String
    /// Most pieces of a text that are read.
    package let limit: Int

    let wordPiece: WordPiece
    let transformer: Transformer
    private let pooling: ModelFolder.Pooling
    private let prompts: [Purpose: String]

    /// Opens a model folder as it is published: `config.json`, `vocab.txt`, `model.safetensors`, `1_Pooling`.
    package init(folder: String) throws(EncoderError) {
        let model = try ModelFolder(path: folder)
        let file = try SafeTensors(path: "\(folder)/model.safetensors")
        wordPiece = try model.wordPiece()
        transformer = try Transformer(file, shape: model.shape)
        pooling = model.pooling
        dimensions = model.shape.width
        limit = model.limit
        var prompts: [Purpose: String] = [:]
        prompts[.query] = model.prompts["query"]
        prompts[.passage] = model.prompts["passage"] ?? model.prompts["document"]
        self.prompts = prompts
        let name = folder.split(separator: "/").last.map(String.init) ?? "model"
        identity = "\(name)-\(Self.fingerprint(of: file, limit: model.limit, pooling: model.pooling))"
        file.file.prepare(file.payload..<file.file.count)
        BLAS.use(threads: 1)
    }

    /// The vector of one text.
    package func encode(_ text: String, as purpose: Purpose = .query) -> [Float] {
        let pieces = pieces(of: text, as: purpose)
        return [Float](unsafeUninitializedCapacity: dimensions) { buffer, count in
            if let target = buffer.baseAddress {
                encode(pieces, lengths: [pieces.count], in: Transformer.Workspace(), into: [target])
            }
            count = dimensions
        }
    }

    /// The numbers of a text's pieces.
    func pieces(of text: String, as purpose: Purpose) -> [Int32] {
        wordPiece.numbers(of: prompts[purpose].map { $0 + text } ?? text, limit: limit)
    }

    /// Computes packed texts and writes one unit vector to each target.
    func encode(
        _ pieces: [Int32], lengths: [Int], in workspace: Transformer.Workspace,
        into targets: [UnsafeMutablePointer<Float>]
    ) {
        let states = transformer.states(of: pieces, lengths: lengths, in: workspace)
        var row = 0
        for (length, target) in zip(lengths, targets) {
            target.update(from: states + row * dimensions, count: dimensions)
            if pooling == .mean {
                for next in row + 1..<row + length {
                    RowFunctions.add(states + next * dimensions, to: target, count: dimensions)
                }
            }
            // The mean's divisor is taken away again by normalising.
            Product.normalize(target, count: dimensions)
            row += length
        }
    }

    /// A fingerprint of what decides the vectors: the header and the size of the weights, bytes sampled from all over
    /// them, how many pieces are read and how they are pooled.  Reads a few pages, not the whole file.
    private static func fingerprint(of file: SafeTensors, limit: Int, pooling: ModelFolder.Pooling) -> String {
        var hash = Fingerprint()
        let bytes = file.file.bytes
        hash.add(UInt64(bytes.count))
        hash.add(bytes: UnsafeRawBufferPointer(rebasing: bytes[..<file.payload]))
        let step = max(64, (bytes.count - file.payload) / 128)
        for start in stride(from: file.payload, to: bytes.count, by: step) {
            hash.add(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 64, bytes.count)]))
        }
        hash.add(UInt64(limit))
        hash.add(pooling == .mean ? 0 : 1)
        return hash.text
    }
}
