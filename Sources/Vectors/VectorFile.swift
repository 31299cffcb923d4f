package import LinearAlgebra
import Mapping

/// A finished vector file, mapped read-only, with the inverted file over it where there is one.  Opening costs
/// microseconds whatever its size; safe to share.
package final class VectorFile: Sendable {
    /// Rows in the file.
    package let count: Int
    /// Numbers in a row.
    package let dimensions: Int
    package let matrix: HalfMatrix
    let header: VectorHeader
    /// Nil where every query looks at every row.
    let lists: InvertedFile?
    let fewRows: Int
    private let file: MappedFile
    private let path: String

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - lists: path of the inverted file made from it; nil for none.
    ///   - identity: with it, a file that was made by another model is refused.
    ///   - fewRows: allowed rows up to which all of them are looked at, lists or not; by default, fewer than a search
    ///     through the lists would look at to find the nearest of so few.
    package init(
        path: String, lists: String? = nil, identity: String? = nil, fewRows: Int? = nil
    ) throws(VectorsError) {
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
        self.fewRows = fewRows ?? max(4096, header.count / 50)
        matrix = HalfMatrix(
            rows: header.count, columns: header.dimensions,
            at: (base + VectorHeader.size).assumingMemoryBound(to: UInt16.self), keptBy: file)
        if let lists { self.lists = try InvertedFile(path: lists, of: header) } else { self.lists = nil }
    }

    /// A copy of a row.  All zero when the record has no vector.
    package func row(_ row: Int) throws(VectorsError) -> [Float] {
        guard row >= 0, row < count else { throw VectorsError(.invalid, "row \(row) of \(count)") }
        return matrix.row(row)
    }

    /// Reads all rows, and the inverted file, and compares them with their checksums; also refuses numbers that are not
    /// finite.
    package func verify() throws(VectorsError) {
        var checksum = Fingerprint()
        checksum.add(words: UnsafeRawBufferPointer(rebasing: file.bytes[VectorHeader.size...]))
        guard checksum.value == header.checksum else {
            throw VectorsError(.corrupt, "\(path): the rows are not those that were written")
        }
        for index in 0..<count * dimensions where matrix.base[index] & 0x7C00 == 0x7C00 {
            throw VectorsError(.corrupt, "\(path) has a number that is not finite in row \(index / dimensions)")
        }
        try lists?.verify()
    }

    /// Rows that are not all zero, ascending.
    var rowsWithVectors: [UInt32] {
        var rows: [UInt32] = []
        rows.reserveCapacity(count)
        for row in 0..<count where !isBlank(row) { rows.append(UInt32(row)) }
        return rows
    }

    /// Whether a row is all zero, the row of a record without a vector.
    func isBlank(_ row: Int) -> Bool {
        let start = matrix.base + row * dimensions
        for index in 0..<dimensions where start[index] & 0x7FFF != 0 { return false }
        return true
    }

    /// Dot products with a few rows from all over the file, which are copied and not mapped: the memory of a process
    /// that has answered many questions stays that of the inverted file.
    func scatteredScores(of query: UnsafePointer<Float>, rows: [UInt32]) throws(VectorsError) -> [Float] {
        let bytes = dimensions * MemoryLayout<UInt16>.stride
        var halves = [UInt16](repeating: 0, count: rows.count * dimensions)
        let complete = halves.withUnsafeMutableBytes { buffer in
            guard let target = buffer.baseAddress else { return true }
            for (position, row) in rows.enumerated() {
                let start = VectorHeader.size + Int(row) * bytes
                guard file.read(start..<start + bytes, into: target + position * bytes) else { return false }
            }
            return true
        }
        guard complete else { throw VectorsError(.corrupt, "\(path) cannot be read") }
        return [Float](unsafeUninitializedCapacity: rows.count) { buffer, filled in
            halves.withUnsafeBufferPointer { halves in
                guard let source = halves.baseAddress, let target = buffer.baseAddress else { return }
                HalfMatrix(rows: rows.count, columns: dimensions, at: source, keptBy: file)
                    .dots(query, rows: 0..<rows.count, into: target)
            }
            filled = rows.count
        }
    }
}
