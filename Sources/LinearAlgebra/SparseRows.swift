/// A sparse matrix by rows (compressed sparse rows) that never changes and views memory that something else keeps
/// alive, such as a ``MappedFile``: row i has the entries from `ends[i]` to `ends[i + 1]`, each a position and a value.
///
/// Every position must be below ``columns``; the caller guarantees that.
package struct SparseRows: @unchecked Sendable {
    package let rows: Int
    package let columns: Int
    /// One more than rows, the first 0, ascending.
    package let ends: UnsafePointer<UInt64>
    package let positions: UnsafePointer<UInt32>
    package let values: UnsafePointer<Float>
    private let owner: any AnyObject & Sendable

    package init(
        rows: Int, columns: Int, ends: UnsafePointer<UInt64>, positions: UnsafePointer<UInt32>,
        values: UnsafePointer<Float>, keptBy owner: any AnyObject & Sendable
    ) {
        self.rows = rows
        self.columns = columns
        self.ends = ends
        self.positions = positions
        self.values = values
        self.owner = owner
    }

    /// Entries of all rows.
    package var count: Int { Int(ends[rows]) }

    /// `target ← AᵀA · source` for one panel of ``Panels/width`` columns, in one pass over the rows.
    ///
    /// Row by row `y = a · source` is summed in registers and `aᵀ · y` added to the target, so nothing as long as the
    /// rows is ever kept.
    func multiplyByGram(_ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
        target.update(repeating: 0, count: columns * Panels.width)
        let from = UnsafeRawPointer(source)
        let to = UnsafeMutableRawPointer(target)
        let stride = Panels.width * MemoryLayout<Float>.stride
        var first = 0
        for row in 0..<rows {
            let last = Int(ends[row + 1])
            var sum0 = SIMD8<Float>()
            var sum1 = SIMD8<Float>()
            var sum2 = SIMD8<Float>()
            var sum3 = SIMD8<Float>()
            for entry in first..<last {
                let at = Int(positions[entry]) &* stride
                let value = values[entry]
                sum0 += load8(from, at) * value
                sum1 += load8(from, at &+ 32) * value
                sum2 += load8(from, at &+ 64) * value
                sum3 += load8(from, at &+ 96) * value
            }
            for entry in first..<last {
                let at = Int(positions[entry]) &* stride
                let value = values[entry]
                add(sum0 * value, to: to, at)
                add(sum1 * value, to: to, at &+ 32)
                add(sum2 * value, to: to, at &+ 64)
                add(sum3 * value, to: to, at &+ 96)
            }
            first = last
        }
    }

    @inline(__always)
    private func add(_ value: SIMD8<Float>, to target: UnsafeMutableRawPointer, _ offset: Int) {
        target.storeBytes(of: load8(target, offset) + value, toByteOffset: offset, as: SIMD8<Float>.self)
    }
}

/// A tall matrix in panels of 32 columns, each panel row-major by itself: 128 bytes of a row of one panel are adjacent,
/// and a panel of tens of thousands of rows stays in the caches while a sparse matrix runs over it.
///
/// Columns beyond the matrix's own fill the last panel with zeros.  Panels never touch one another, so work that is
/// split by panels gives the same bits whatever the number of threads.
final class Panels: @unchecked Sendable {
    static let width = 32
    let rows: Int
    let columns: Int
    private let block: AlignedBlock

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        block = AlignedBlock(count: rows * (columns + Self.width - 1) / Self.width * Self.width)
    }

    var count: Int { (columns + Self.width - 1) / Self.width }

    func start(of panel: Int) -> UnsafeMutablePointer<Float> { block.base + panel * rows * Self.width }

    /// Writes all columns one after the other, as LAPACK wants them.
    func copyColumns(to target: UnsafeMutablePointer<Float>) {
        for column in 0..<columns {
            let source = start(of: column / Self.width) + column % Self.width
            let start = target + column * rows
            for row in 0..<rows { start[row] = source[row * Self.width] }
        }
    }

    /// The inverse of ``copyColumns(to:)``.
    func takeColumns(from source: UnsafePointer<Float>) {
        for column in 0..<columns {
            let target = start(of: column / Self.width) + column % Self.width
            let start = source + column * rows
            for row in 0..<rows { target[row * Self.width] = start[row] }
        }
    }
}
