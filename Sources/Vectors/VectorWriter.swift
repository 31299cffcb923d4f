internal import CShims
import Glibc
package import LinearAlgebra

/// Writes a vector file from its first row to its last.  Nothing reads it before ``finish()`` has put the header in
/// place and the disk has confirmed.  Belongs to one thread.
package final class VectorWriter {
    package let dimensions: Int
    /// Rows appended so far.
    package private(set) var count = 0

    private let path: String
    private let model: UInt64
    private var descriptor: Int32
    private var checksum = Fingerprint()
    private var buffer: [Float] = []
    private static let bufferSize = 1 << 18

    /// Creates the file, or empties it.  `identity` names the model, see `SentenceEncoder.identity`.
    package init(path: String, dimensions: Int, identity: String) throws(VectorsError) {
        guard (1...1 << 20).contains(dimensions) else {
            throw VectorsError(.invalid, "vectors of \(dimensions) numbers")
        }
        self.path = path
        self.dimensions = dimensions
        model = Fingerprint(of: identity).value
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure(path) }
        try write([UInt8](repeating: 0, count: VectorHeader.size), at: 0)
        buffer.reserveCapacity(Self.bufferSize + dimensions)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Appends the next row.
    package func append(_ vector: [Float]) throws(VectorsError) {
        guard vector.count == dimensions else {
            throw VectorsError(.invalid, "row \(count) has \(vector.count) numbers, the file takes \(dimensions)")
        }
        guard Product.isFinite(vector) else {
            throw VectorsError(.invalid, "row \(count) has a number that is not finite")
        }
        buffer += vector
        count += 1
        if buffer.count >= Self.bufferSize { try flush(all: false) }
    }

    /// Appends all rows of a matrix.
    package func append(_ vectors: Matrix) throws(VectorsError) {
        for row in 0..<vectors.rows { try append(vectors.row(row)) }
    }

    /// Appends the row of a record that has no vector.
    package func appendNothing() throws(VectorsError) {
        try append([Float](repeating: 0, count: dimensions))
    }

    /// Completes the file and waits until it is on the disk.  Nothing can be appended afterwards.
    package func finish() throws(VectorsError) {
        precondition(descriptor >= 0, "a vector file is finished once")
        try flush(all: true)
        let header = VectorHeader(count: count, dimensions: dimensions, model: model, checksum: checksum.value)
        // The rows must be on the disk before a header says that they are.
        guard discover_fsync(descriptor) == 0 else { throw Self.failure(path) }
        try write(header.bytes, at: 0)
        guard discover_fsync(descriptor) == 0, close(descriptor) == 0 else { throw Self.failure(path) }
        descriptor = -1
    }

    /// Writes what is buffered, an even number of floats so that the checksum's pairs hold, or all at the end.
    private func flush(all: Bool) throws(VectorsError) {
        let amount = all ? buffer.count : buffer.count / 2 * 2
        guard amount > 0 else { return }
        let written = buffer.withUnsafeBufferPointer { floats in
            let part = UnsafeBufferPointer(rebasing: floats[..<amount])
            checksum.add(floats: part)
            return Self.writeAll(descriptor, UnsafeRawBufferPointer(part), at: nil)
        }
        guard written else { throw Self.failure(path) }
        buffer.removeSubrange(..<amount)
    }

    private func write(_ bytes: [UInt8], at offset: Int) throws(VectorsError) {
        let written = bytes.withUnsafeBytes { Self.writeAll(descriptor, $0, at: offset) }
        guard written, lseek(descriptor, 0, SEEK_END) >= 0 else { throw Self.failure(path) }
    }

    private static func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int?) -> Bool {
        var done = 0
        while done < bytes.count, let start = bytes.baseAddress {
            let size = bytes.count - done
            let result =
                offset.map { discover_pwrite(descriptor, start + done, size, off_t($0 + done)) }
                ?? discover_write(descriptor, start + done, size)
            if result < 0, errno == EINTR { continue }
            guard result > 0 else { return false }
            done += result
        }
        return true
    }

    private static func failure(_ path: String) -> VectorsError {
        VectorsError(.unwritable, "\(path): \(String(cString: strerror(errno)))")
    }
}
