import Glibc

/// A row-major matrix of floats that never changes: it either owns 64-byte aligned memory, or views memory that
/// something else keeps alive, such as a ``MappedFile``.  A vector is a matrix of one row.
package struct Matrix: @unchecked Sendable {
    package let rows: Int
    package let columns: Int
    /// The first element; valid for as long as a copy of this matrix lives.
    package let base: UnsafePointer<Float>
    private let owner: any AnyObject & Sendable

    /// Views `rows * columns` floats at an address that `owner` keeps alive and unchanged.
    package init(rows: Int, columns: Int, at base: UnsafePointer<Float>, keptBy owner: any AnyObject & Sendable) {
        self.rows = rows
        self.columns = columns
        self.base = base
        self.owner = owner
    }

    /// Owns its memory, zero until `fill` has written it.
    package init(rows: Int, columns: Int, fill: (UnsafeMutablePointer<Float>) -> Void) {
        let block = AlignedBlock(count: rows * columns)
        fill(block.base)
        self.init(rows: rows, columns: columns, at: UnsafePointer(block.base), keptBy: block)
    }

    /// Rows of equal length; nil when they are not.
    package init?(_ vectors: [[Float]]) {
        let width = vectors.first?.count ?? 0
        guard vectors.allSatisfy({ $0.count == width }) else { return nil }
        self.init(rows: vectors.count, columns: width) { base in
            for (index, vector) in vectors.enumerated() {
                vector.withUnsafeBufferPointer { source in
                    if let start = source.baseAddress { (base + index * width).update(from: start, count: width) }
                }
            }
        }
    }

    /// A copy of one row.
    package func row(_ index: Int) -> [Float] {
        precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
        return Array(UnsafeBufferPointer(start: base + index * columns, count: columns))
    }

    /// Where a row begins.
    package func start(of index: Int) -> UnsafePointer<Float> {
        precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
        return base + index * columns
    }
}

/// Memory on a cache line boundary, zeroed, freed with its last reference.  Whoever holds it alone may write it;
/// once shared it is only read.
package final class AlignedBlock: @unchecked Sendable {
    package let base: UnsafeMutablePointer<Float>
    package let count: Int

    package init(count: Int) {
        precondition(count >= 0, "a block of \(count) floats")
        let bytes = max(64, (count * MemoryLayout<Float>.stride + 63) / 64 * 64)
        guard let raw = aligned_alloc(64, bytes) else { fatalError("no memory for \(bytes) bytes") }
        memset(raw, 0, bytes)
        base = raw.bindMemory(to: Float.self, capacity: bytes / MemoryLayout<Float>.stride)
        self.count = count
    }

    deinit { free(base) }
}
