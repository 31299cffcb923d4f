import LinearAlgebra
import Mapping

/// A finished vector file, mapped read-only.  Opening costs microseconds whatever its size; safe to share.
package final class VectorFile: Sendable {
    /// Rows in the file.
    package let count: Int
    /// Numbers in a row.
    package let dimensions: Int
    let matrix: Matrix
    private let header: VectorHeader
    private let path: String

    /// Opens a file.  With an `identity`, a file that was made by another model is refused.
    package init(path: String, identity: String? = nil) throws(VectorsError) {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch {
            throw VectorsError(error.kind == .missing ? .missing : .corrupt, error.detail)
        }
        header = try VectorHeader(file.bytes, path: path)
        if let identity, Fingerprint(of: identity).value != header.model {
            throw VectorsError(.foreign, "\(path) was not made with the model \(identity): build the index again")
        }
        guard let base = file.bytes.baseAddress else { throw VectorsError(.corrupt, "\(path) is empty") }
        self.path = path
        count = header.count
        dimensions = header.dimensions
        matrix = Matrix(
            rows: header.count, columns: header.dimensions,
            at: (base + VectorHeader.size).assumingMemoryBound(to: Float.self), keptBy: file)
    }

    /// A copy of a row.  All zero when the record has no vector.
    package func row(_ row: Int) throws(VectorsError) -> [Float] {
        guard row >= 0, row < count else { throw VectorsError(.invalid, "row \(row) of \(count)") }
        return matrix.row(row)
    }

    /// Reads all rows and compares them with the checksum; also refuses numbers that are not finite.
    package func verify() throws(VectorsError) {
        let numbers = count * dimensions
        var checksum = Fingerprint()
        checksum.add(floats: UnsafeBufferPointer(start: matrix.base, count: numbers))
        guard checksum.value == header.checksum else {
            throw VectorsError(.corrupt, "\(path): the rows are not those that were written")
        }
        guard Product.isFinite(matrix.base, count: numbers) else {
            throw VectorsError(.corrupt, "\(path) has numbers that are not finite")
        }
    }

    /// Whether a row is all zero, the row of a record without a vector.
    func isBlank(_ row: Int) -> Bool {
        let start = matrix.start(of: row)
        for index in 0..<dimensions where start[index] != 0 { return false }
        return true
    }
}
