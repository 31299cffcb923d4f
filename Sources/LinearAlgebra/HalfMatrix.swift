import CShims

/// A row-major matrix of half floats (IEEE 754 binary16) that never changes and views memory that something else keeps
/// alive, such as a ``MappedFile``.
///
/// A number of a unit vector keeps 11 digits of two: cosines are right to about 0.00001, in half the memory.
package struct HalfMatrix: RowMatrix, @unchecked Sendable {
    package let rows: Int
    package let columns: Int
    /// The first element; valid for as long as a copy of this matrix lives.
    package let base: UnsafePointer<UInt16>
    private let owner: any AnyObject & Sendable

    /// Views `rows * columns` half floats at an address that `owner` keeps alive and unchanged.
    package init(rows: Int, columns: Int, at base: UnsafePointer<UInt16>, keptBy owner: any AnyObject & Sendable) {
        self.rows = rows
        self.columns = columns
        self.base = base
        self.owner = owner
    }

    package func copyRows(_ range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        discover_half_to_float(base + range.lowerBound * columns, target, range.count * columns)
    }

    package func dots(
        _ vector: UnsafePointer<Float>, rows range: Range<Int>, into scores: UnsafeMutablePointer<Float>
    ) {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        discover_half_dots(vector, base + range.lowerBound * columns, columns, nil, range.count, scores)
    }

    package func dots(
        _ vector: UnsafePointer<Float>, chosen: UnsafeBufferPointer<UInt32>, into scores: UnsafeMutablePointer<Float>
    ) {
        discover_half_dots(vector, base, columns, chosen.baseAddress, chosen.count, scores)
    }

    package func isZero(_ row: Int) -> Bool {
        let start = base + row * columns
        for index in 0..<columns where start[index] & 0x7FFF != 0 { return false }
        return true
    }
}

/// Conversion to half floats.
package enum HalfFloat {
    /// The greatest finite one.
    package static let greatest: Float = 65_504

    /// The floats of half floats at any address, exactly.
    package static func widen(
        _ source: UnsafeRawPointer, into target: UnsafeMutablePointer<Float>, count: Int
    ) {
        withAligned(source, count: count) { discover_half_to_float($0, target, count) }
    }

    /// Rounds to the nearest, ties to even.
    package static func convert(
        _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<UInt16>, count: Int
    ) {
        discover_float_to_half(source, target, count)
    }

    /// The floats that half floats represent.
    package static func convert(
        _ source: UnsafePointer<UInt16>, to target: UnsafeMutablePointer<Float>, count: Int
    ) {
        discover_half_to_float(source, target, count)
    }
}

/// Which version of the row functions runs: all give the same bits, which tests show by forcing each.
package enum RowVersion: Int32, CaseIterable, Sendable {
    case plain, avx2, avx512

    /// Takes a version from now on, in the whole process; false where the processor lacks it.
    package static func use(_ version: RowVersion) -> Bool { discover_rows_use(version.rawValue) == version.rawValue }

    /// Takes the best again.
    package static func useBest() { _ = discover_rows_use(.max) }
}

/// Conversion of bfloat16, the upper half of a float.
package enum BrainFloat {
    /// The floats of numbers at any address, exactly.
    package static func widen(
        _ source: UnsafeRawPointer, into target: UnsafeMutablePointer<Float>, count: Int
    ) {
        for index in 0..<count {
            let bits = source.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self)
            target[index] = Float(bitPattern: UInt32(UInt16(littleEndian: bits)) << 16)
        }
    }
}

/// Half floats at an address that C may read them from: the same, or that of a copy.
private func withAligned(_ source: UnsafeRawPointer, count: Int, _ body: (UnsafePointer<UInt16>) -> Void) {
    if Int(bitPattern: source) % MemoryLayout<UInt16>.alignment == 0 {
        body(source.assumingMemoryBound(to: UInt16.self))
    } else {
        let copy = UnsafeMutablePointer<UInt16>.allocate(capacity: count)
        UnsafeMutableRawPointer(copy).copyMemory(from: source, byteCount: 2 * count)
        body(copy)
        copy.deallocate()
    }
}
