import LinearAlgebra
import Mapping

/// A finished vector file, mapped read-only, with the inverted file over it where there is one, which holds the codes
/// of its rows.  Opening costs microseconds whatever its size; safe to share.
package final class VectorFile: Sendable {
    /// Rows in the file.
    package let count: Int
    /// Numbers in a row.
    package let dimensions: Int
    let matrix: any RowMatrix
    let header: VectorHeader
    /// Nil where every query looks at every row.
    let lists: InvertedFile?
    let fewRows: Int
    private let file: MappedFile
    let path: String

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - lists: path of the inverted file made from it; nil for none, which a file of residuals cannot be read
    ///   without.
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
        if header.numbers == .residuals, lists == nil {
            throw VectorsError(
                .missing, "\(path) holds no whole vectors, and the lists that complete them are not there")
        }
        guard let base = file.bytes.baseAddress else { throw VectorsError(.corrupt, "\(path) is empty") }
        self.path = path
        count = header.count
        dimensions = header.dimensions
        self.fewRows = fewRows ?? max(4096, header.count / 50)
        if let lists { self.lists = try InvertedFile(path: lists, of: header) } else { self.lists = nil }
        matrix = Self.matrix(header.count, of: header, at: base + VectorHeader.size, keptBy: file, self.lists)
    }

    /// The matrix of `count` rows that begin at an address.
    ///
    /// - Parameter entries: of these rows; nil for those of all rows.
    private static func matrix(
        _ count: Int, of header: VectorHeader, at start: UnsafeRawPointer, keptBy owner: any AnyObject & Sendable,
        _ lists: InvertedFile?, entries: UnsafePointer<UInt32>? = nil
    ) -> any RowMatrix {
        switch header.numbers {
        case .halfFloats:
            return HalfMatrix(
                rows: count, columns: header.dimensions, at: start.assumingMemoryBound(to: UInt16.self), keptBy: owner)
        case .residuals:
            guard let lists else { preconditionFailure("residuals without lists") }
            return ResidualMatrix(
                rows: count, columns: header.dimensions, coded: lists.coded(entries),
                residuals: start.assumingMemoryBound(to: UInt8.self), keptBy: [owner, lists])
        }
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
        if let matrix = matrix as? HalfMatrix {
            for index in 0..<count * dimensions where matrix.base[index] & 0x7C00 == 0x7C00 {
                throw VectorsError(.corrupt, "\(path) has a number that is not finite in row \(index / dimensions)")
            }
        }
        try lists?.verify()
    }

    /// Rows that are not all zero, ascending.
    var rowsWithVectors: [UInt32] {
        var rows: [UInt32] = []
        rows.reserveCapacity(count)
        for row in 0..<count where !matrix.isZero(row) { rows.append(UInt32(row)) }
        return rows
    }

    /// Dot products with a few rows from all over the file, which are copied and not mapped: the memory of a process
    /// that has answered many questions stays that of the inverted file.
    func scatteredScores(of query: UnsafePointer<Float>, rows: [UInt32]) throws(VectorsError) -> [Float] {
        let size = header.rowSize
        let copy = AlignedBlock(count: (rows.count * size + 3) / 4)
        let target = UnsafeMutableRawPointer(copy.base)
        for (position, row) in rows.enumerated() {
            let start = VectorHeader.size + Int(row) * size
            guard file.read(start..<start + size, into: target + position * size) else {
                throw VectorsError(.corrupt, "\(path) cannot be read")
            }
        }
        let entries = lists.map { lists in rows.map { lists.entries[Int($0)] } } ?? []
        return [Float](unsafeUninitializedCapacity: rows.count) { buffer, filled in
            entries.withUnsafeBufferPointer { entries in
                guard let scores = buffer.baseAddress else { return }
                Self.matrix(rows.count, of: header, at: target, keptBy: copy, lists, entries: entries.baseAddress)
                    .dots(query, rows: 0..<rows.count, into: scores)
            }
            filled = rows.count
        }
    }
}
