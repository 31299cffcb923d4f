/// A row-major matrix that never changes, whatever its numbers are kept in: what is asked of the vectors of a file.
package protocol RowMatrix: Sendable {
    var rows: Int { get }
    var columns: Int { get }

    /// Writes rows that follow one another as floats, `range.count * columns` of them.
    func copyRows(_ range: Range<Int>, to target: UnsafeMutablePointer<Float>)

    /// Dot products of a vector of ``columns`` floats with rows that follow one another, in one pass over them.
    func dots(_ vector: UnsafePointer<Float>, rows range: Range<Int>, into scores: UnsafeMutablePointer<Float>)

    /// Dot products of a vector with chosen rows.  Every index must be a row.  A row's score is the same bits whichever
    /// way it is asked for, and on every processor.
    func dots(
        _ vector: UnsafePointer<Float>, chosen: UnsafeBufferPointer<UInt32>, into scores: UnsafeMutablePointer<Float>)

    /// Whether all numbers of a row are zero.
    func isZero(_ row: Int) -> Bool
}

extension RowMatrix {
    /// A copy of one row.
    package func row(_ index: Int) -> [Float] {
        precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
        return [Float](unsafeUninitializedCapacity: columns) { buffer, filled in
            if let target = buffer.baseAddress { copyRows(index..<index + 1, to: target) }
            filled = columns
        }
    }
}
