import LinearAlgebra
import Mapping
import Synchronization
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
    private let rounded = Mutex<FixedLayers??>(nil)

    /// Opens a model folder as it is published; docs/models.md describes what may be in it.
    ///
    /// `checked` reads all weights and refuses those that are not numbers: what an index is made with is opened so.
    package init(folder: String, checked: Bool = false) throws(EncoderError) {
        let model = try ModelFolder(path: folder)
        let weights = try Weights(folder: folder)
        wordPiece = try model.wordPiece()
        transformer = try Transformer(weights, shape: model.shape)
        if checked { try transformer.checkNumbers() }
        pooling = model.pooling
        dimensions = model.shape.width
        limit = model.limit
        var prompts: [Purpose: String] = [:]
        prompts[.query] = model.prompt("query")
        prompts[.passage] = model.prompt("passage", "document", "corpus")
        self.prompts = prompts
        let name = folder.split(separator: "/").last.map(String.init) ?? "model"
        identity = "\(name)-\(Self.fingerprint(of: weights.files, limit: model.limit, pooling: model.pooling))"
        for file in weights.files { file.file.prepare(file.payload..<file.file.count) }
        BLAS.use(threads: 1)
    }

    /// The weights as integers, quantised on first use; nil if floats are used instead.
    var fixedLayers: FixedLayers? {
        rounded.withLock { rounded in
            if case .some(let layers) = rounded { return layers }
            let layers = FixedLayers(transformer)
            rounded = .some(layers)
            return layers
        }
    }

    /// The vector of one text, the same bits that a batch gives it.  The first call prepares the weights.
    package func encode(_ text: String, as purpose: Purpose = .query) -> [Float] {
        let pieces = pieces(of: text, as: purpose)
        return [Float](unsafeUninitializedCapacity: dimensions) { buffer, count in
            if let target = buffer.baseAddress {
                encode(
                    pieces, lengths: [pieces.count], with: fixedLayers, in: Transformer.Workspace(), into: [target])
            }
            count = dimensions
        }
    }

    /// The numbers of a text's pieces, as the model reads them.
    package func pieces(of text: String, as purpose: Purpose) -> [Int32] {
        wordPiece.numbers(of: prompts[purpose].map { $0 + text } ?? text, limit: limit)
    }

    /// Computes packed texts and writes one unit vector to each target.
    func encode(
        _ pieces: [Int32], lengths: [Int], with fixed: FixedLayers?, in workspace: Transformer.Workspace,
        into targets: [UnsafeMutablePointer<Float>]
    ) {
        let states = transformer.states(of: pieces, lengths: lengths, with: fixed, in: workspace)
        var row = 0
        for (length, target) in zip(lengths, targets) {
            target.update(from: states + row * dimensions, count: dimensions)
            if pooling == .mean {
                for next in row + 1..<row + length {
                    RowFunctions.add(states + next * dimensions, to: target, count: dimensions)
                }
            }
            // Normalising cancels the mean's divisor.
            Product.normalize(target, count: dimensions)
            // Weights that are not numbers, which an index is never made with: like no other text, not like NaN.
            if !Product.isFinite(target, count: dimensions) { target.update(repeating: 0, count: dimensions) }
            row += length
        }
    }

    /// A fingerprint of what decides the vectors: the header and the size of the weights, bytes sampled from all over
    /// them, how many pieces are read and how they are pooled.  Reads a few pages, not the whole file.
    private static func fingerprint(of files: [SafeTensors], limit: Int, pooling: ModelFolder.Pooling) -> String {
        var hash = Fingerprint()
        for file in files {
            let bytes = file.file.bytes
            hash.add(UInt64(bytes.count))
            hash.add(bytes: UnsafeRawBufferPointer(rebasing: bytes[..<file.payload]))
            let step = max(64, (bytes.count - file.payload) / 128)
            for start in stride(from: file.payload, to: bytes.count, by: step) {
                hash.add(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 64, bytes.count)]))
            }
        }
        hash.add(UInt64(limit))
        hash.add(pooling == .mean ? 0 : 1)
        return hash.text
    }
}
