import CShims
import Glibc

/// The weights of a linear layer in 13-bit integers, with one scale per column of the result, packed as the kernel
/// reads them.
///
/// Twice as fast as floats on a processor with VNNI, in half the memory, and the same bits on every processor: what is
/// added up is exact.  Rounding both sides loses about 0.0003 of a product, measured on numbers of equal spread.
package final class FixedMatrix: @unchecked Sendable {
    /// Whether this processor computes in integers faster than BLAS in floats.
    package static var isFast: Bool { discover_rows_version() > 0 }

    /// Numbers of a result.
    package let columns: Int
    /// Numbers of an input; even.
    package let depth: Int
    /// The greatest number an input may be rounded to.
    let limit: Int32
    private let numbers: UnsafeMutablePointer<Int16>
    private let scales: UnsafeMutablePointer<Float>

    /// Rounds and packs weights that are output by input; matrices of equal depth are laid side by side.  Nil where the
    /// depth is odd.
    package init?(_ parts: [Matrix]) {
        guard let depth = parts.first?.columns, depth % 2 == 0, parts.allSatisfy({ $0.columns == depth }) else {
            return nil
        }
        self.depth = depth
        columns = parts.reduce(0) { $0 + $1.rows }
        numbers = Self.block(of: Int16.self, count: discover_packed_size(columns, depth))
        scales = Self.block(of: Float.self, count: columns)
        guard parts.count > 1 else {
            limit = discover_pack(parts[0].base, columns, depth, numbers, scales)
            return
        }
        let all = Matrix(rows: columns, columns: depth) { target in
            var row = 0
            for part in parts {
                (target + row * depth).update(from: part.base, count: part.rows * depth)
                row += part.rows
            }
        }
        limit = discover_pack(all.base, columns, depth, numbers, scales)
    }

    deinit {
        free(numbers)
        free(scales)
    }

    /// `keep · result + rows · weightsᵀ + bias`.
    package func multiply(
        _ rows: FixedRows, bias: UnsafePointer<Float>?, keep: Bool = false, into result: UnsafeMutablePointer<Float>
    ) {
        precondition(rows.width == depth, "rows of \(rows.width) numbers, weights of \(depth)")
        discover_linear(
            rows.numbers, rows.scales, rows.count, depth, numbers, scales, columns, bias, keep ? 1 : 0, result)
    }

    fileprivate static func block<Value>(of type: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
        let bytes = (max(1, count) * MemoryLayout<Value>.stride + 63) / 64 * 64
        guard let raw = aligned_alloc(64, bytes) else { fatalError("no memory for \(bytes) bytes") }
        memset(raw, 0, bytes)
        return raw.bindMemory(to: Value.self, capacity: count)
    }
}

/// Rows that are rounded to integers for a ``FixedMatrix``, each with a scale.  The memory is reused for the next rows;
/// belongs to one thread.
package final class FixedRows {
    /// Rows that one step of the kernel takes; it reads that many whether they are there or not.
    private static let tile = 12
    fileprivate private(set) var numbers: UnsafeMutablePointer<Int16>
    fileprivate private(set) var scales: UnsafeMutablePointer<Float>
    fileprivate private(set) var count = 0
    fileprivate private(set) var width = 0
    private var capacity = 0
    private var scaleCapacity = 0

    package init() {
        numbers = FixedMatrix.block(of: Int16.self, count: 0)
        scales = FixedMatrix.block(of: Float.self, count: 0)
    }

    deinit {
        free(numbers)
        free(scales)
    }

    /// Takes rows that follow one another, rounded as the weights need it.
    package func round(_ rows: UnsafePointer<Float>, count: Int, for weights: FixedMatrix) {
        let padded = (count + Self.tile - 1) / Self.tile * Self.tile
        if padded * weights.depth > capacity {
            capacity = padded * weights.depth
            free(numbers)
            numbers = FixedMatrix.block(of: Int16.self, count: capacity)
        }
        if padded > scaleCapacity {
            scaleCapacity = padded
            free(scales)
            scales = FixedMatrix.block(of: Float.self, count: scaleCapacity)
        }
        self.count = count
        width = weights.depth
        discover_quantize(rows, count, width, weights.limit, numbers, scales)
    }
}
