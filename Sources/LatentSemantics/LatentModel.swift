internal import LinearAlgebra
internal import Mapping
package import Vectors

/// A finished latent model, mapped read-only: turns a text into the vector it would have among the texts that the model
/// was made from ("folding in").  Opening costs microseconds; safe to share.
package final class LatentModel: Sendable {
    /// Name of the model, a fingerprint of its content: vectors of different identities must never be compared.
    package let identity: String
    /// Length of every vector.
    package let dimensions: Int
    /// Words it knows.
    package let words: Int
    /// Texts it was made from.
    package let texts: Int

    private let file: MappedFile
    private let path: String
    private let header: LatentModelHeader
    private nonisolated(unsafe) let keys: UnsafePointer<UInt64>
    private nonisolated(unsafe) let factors: UnsafePointer<Float>
    private let rows: HalfMatrix

    /// Opens a file.
    ///
    /// - Parameter identity: with it, any other model is refused.
    package init(path: String, identity: String? = nil) throws(VectorsError) {
        do { file = try MappedFile(path: path) } catch {
            throw VectorsError(error.kind == .missing ? .missing : .corrupt, error.detail)
        }
        header = try LatentModelHeader(file.bytes, path: path)
        guard let base = file.bytes.baseAddress else { throw VectorsError(.corrupt, "\(path) is empty") }
        self.path = path
        self.identity = "lsa-\(Fingerprint.text(of: header.checksum))"
        guard identity == nil || identity == self.identity else {
            throw VectorsError(.foreign, "\(path) belongs to other vectors: build the index again")
        }
        dimensions = header.dimensions
        words = header.words
        texts = header.texts
        keys = (base + LatentModelHeader.size).assumingMemoryBound(to: UInt64.self)
        factors = (base + header.factorsOffset).assumingMemoryBound(to: Float.self)
        rows = HalfMatrix(
            rows: header.words, columns: header.dimensions,
            at: (base + header.rowsOffset).assumingMemoryBound(to: UInt16.self), keptBy: file)
    }

    /// The unit vector of a text; nil when it holds no word that the model knows and that weighs anything.
    package func vector(of text: String) -> [Float]? {
        let words = Words(of: text)
        var sum = Sum(self)
        for (key, count) in zip(words.keys, words.counts) {
            if let word = number(of: key) { sum.add(word, count: count) }
        }
        let vector = sum.vector
        return vector.contains { $0 != 0 } ? vector : nil
    }

    /// Reads the whole file and compares it with its checksum; also refuses numbers that are not finite.
    package func verify() throws(VectorsError) {
        var checksum = Fingerprint()
        checksum.add(words: UnsafeRawBufferPointer(rebasing: file.bytes[LatentModelHeader.size...]))
        guard checksum.value == header.checksum else {
            throw VectorsError(.corrupt, "\(path): the model is not the one that was written")
        }
        guard Product.isFinite(factors, count: words),
            !(0..<words * dimensions).contains(where: { rows.base[$0] & 0x7C00 == 0x7C00 })
        else { throw VectorsError(.corrupt, "\(path) has a number that is not finite") }
        for word in 1..<max(1, words) where keys[word] <= keys[word - 1] {
            throw VectorsError(.corrupt, "\(path): the words are not in order")
        }
    }

    /// Whether it knows a word, whatever its form.
    package func knows(_ word: String) -> Bool { Words(of: word).keys.contains { number(of: $0) != nil } }

    /// The number of a word, by bisection.
    private func number(of key: UInt64) -> Int? {
        var (low, high) = (0, words)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < words && keys[low] == key ? low : nil
    }

    /// The vector of a text under way.  Words must come in ascending order, so that a text always has the same bits.
    struct Sum {
        private let model: LatentModel
        private let row: AlignedBlock
        private let sum: AlignedBlock

        init(_ model: LatentModel) {
            self.model = model
            row = AlignedBlock(count: model.dimensions)
            sum = AlignedBlock(count: model.dimensions)
        }

        mutating func add(_ word: Int, count: UInt32) {
            model.rows.copyRows(word..<word + 1, to: row.base)
            Product.add(
                UnsafePointer(row.base), times: WordWeights.local(count) * model.factors[word], to: sum.base,
                count: model.dimensions)
        }

        /// The sum normalised to length one, all zero if no word was added or they cancel out; resets the sum.
        var vector: [Float] {
            mutating get {
                defer { sum.base.update(repeating: 0, count: model.dimensions) }
                Product.normalize(sum.base, count: model.dimensions)
                let vector = Array(UnsafeBufferPointer(start: sum.base, count: model.dimensions))
                // Damaged factors, which `verify` reports, must not make a question fail.
                return Product.isFinite(vector) ? vector : [Float](repeating: 0, count: model.dimensions)
            }
        }
    }
}
