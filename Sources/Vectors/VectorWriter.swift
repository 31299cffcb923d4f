package import LinearAlgebra

/// Writes a vector file from its first row to its last.  Nothing reads it before ``finish()`` has written the header
/// and the disk has confirmed.  Belongs to one thread.
package final class VectorWriter {
    package let dimensions: Int
    /// Rows appended so far.
    package private(set) var count = 0

    private let file: OutputFile
    private let model: UInt64
    private let isSettled: Bool
    private var checksum = Fingerprint()
    private var buffer: [UInt16] = []
    /// A multiple of four, so that the checksum's words never split a row.
    private static let bufferSize = 1 << 18

    /// Creates the file, or empties it.
    ///
    /// - Parameters:
    ///   - identity: names the model, see `SentenceEncoder.identity`.
    ///   - isSettled: whether rows are moved to what a file of residuals will give back of them.  Files that are made
    ///   of these
    ///     rows and those made of the rows given back are then the same bytes.
    package init(
        path: String, dimensions: Int, identity: String, isSettled: Bool = false
    ) throws(VectorsError) {
        guard (1...1 << 16).contains(dimensions) else {
            throw VectorsError(.invalid, "vectors of \(dimensions) numbers")
        }
        self.dimensions = dimensions
        self.isSettled = isSettled
        model = Fingerprint(of: identity).value
        file = try OutputFile(path: path, headerSize: VectorHeader.size)
        buffer.reserveCapacity(Self.bufferSize + dimensions)
    }

    /// Appends the next row, each number rounded to the nearest half float.
    package func append(_ vector: [Float]) throws(VectorsError) {
        guard vector.count == dimensions else {
            throw VectorsError(.invalid, "row \(count) has \(vector.count) numbers, the file takes \(dimensions)")
        }
        guard Product.isFinite(vector) else {
            throw VectorsError(.invalid, "row \(count) has a number that is not finite")
        }
        guard !vector.contains(where: { abs($0) > HalfFloat.greatest }) else {
            throw VectorsError(.invalid, "row \(count) has a number beyond \(HalfFloat.greatest)")
        }
        buffer += isSettled ? settled(halves(of: vector)) : halves(of: vector)
        count += 1
        if buffer.count >= Self.bufferSize { try flush(all: false) }
    }

    /// Appends all rows of a matrix.
    package func append(_ vectors: Matrix) throws(VectorsError) {
        for row in 0..<vectors.rows { try append(vectors.row(row)) }
    }

    /// Completes the file and waits until it is on the disk.  Nothing can be appended afterwards.
    package func finish() throws(VectorsError) {
        try flush(all: true)
        let header = VectorHeader(
            numbers: .halfFloats, count: count, dimensions: dimensions, model: model, checksum: checksum.value)
        try file.finish(header: header.bytes)
    }

    private func halves(of vector: [Float]) -> [UInt16] {
        [UInt16](unsafeUninitializedCapacity: dimensions) { buffer, filled in
            if let target = buffer.baseAddress { HalfFloat.convert(vector, to: target, count: dimensions) }
            filled = dimensions
        }
    }

    private func settled(_ row: [UInt16]) -> [UInt16] {
        halves(
            of: [Float](unsafeUninitializedCapacity: dimensions) { buffer, filled in
                if let target = buffer.baseAddress {
                    HalfFloat.convert(row, to: target, count: dimensions)
                    ResidualMatrix.settle(target, count: dimensions)
                }
                filled = dimensions
            })
    }

    /// Writes what is buffered, whole words of the checksum, or all at the end.
    private func flush(all: Bool) throws(VectorsError) {
        let amount = all ? buffer.count : buffer.count / 4 * 4
        guard amount > 0 else { return }
        buffer[..<amount].withUnsafeBytes { checksum.add(words: $0) }
        try file.append(buffer[..<amount])
        buffer.removeSubrange(..<amount)
    }
}
