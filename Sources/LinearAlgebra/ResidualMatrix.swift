internal import CShims

/// Rows in 12 bits per number.  8 of them are those of ``Codes``, which are stored elsewhere in an order of their own;
/// the other 4, the *residuals*, are stored in row order.  Number j of a row is
/// `(16 · code[j] + residual[j]) · factor / 16`.
///
/// Where codes exist already for a quick scan, 4 bits more give nearly the precision of half floats: the step is 1/2032
/// of the row's greatest number.  A row of half floats that was settled (``settle(_:count:)``) decodes to the same half
/// floats, which encode to the same code and residuals: it can be decoded and encoded any number of times.
///
/// An entry or a factor that no row can have makes a row of zeros: nothing read leads outside of the memory given.
package struct ResidualMatrix: RowMatrix, @unchecked Sendable {
    package let rows: Int
    package let columns: Int
    private let parts: discover_residual_rows
    private let owners: [any AnyObject & Sendable]

    /// Codes of rows and their positions.
    package struct Coded {
        let codes: UnsafePointer<Int8>
        let factors: UnsafePointer<Float>
        let count: Int
        let entries: UnsafePointer<UInt32>

        /// `count` codes of ``Codes/width(of:)`` bytes and their factors; for each row the number of its code, or any
        /// number beyond them where it is all zero.
        package init(
            codes: UnsafePointer<Int8>, factors: UnsafePointer<Float>, count: Int, entries: UnsafePointer<UInt32>
        ) {
            self.codes = codes
            self.factors = factors
            self.count = count
            self.entries = entries
        }
    }

    /// Views codes, and residuals of ``width(of:)`` bytes a row, that the owners keep alive and unchanged.
    package init(
        rows: Int, columns: Int, coded: Coded, residuals: UnsafePointer<UInt8>,
        keptBy owners: [any AnyObject & Sendable]
    ) {
        self.rows = rows
        self.columns = columns
        self.owners = owners
        parts = discover_residual_rows(
            codes: coded.codes, factors: coded.factors, count: coded.count, entries: coded.entries,
            residuals: residuals,
            width: Codes.width(of: columns))
    }

    /// Bytes that the residuals of a row take: half of its code's.
    package static func width(of columns: Int) -> Int { Codes.width(of: columns) / 2 }

    /// Writes the code and the residuals of a row of half floats and returns the code's factor; zeros and 0 for a row
    /// of zeros.
    package static func encode(
        _ row: UnsafePointer<Float>, columns: Int, code: UnsafeMutablePointer<Int8>,
        residuals: UnsafeMutablePointer<UInt8>
    ) -> Float {
        var factor: Float = 0
        discover_residual_encode(row, columns, code, residuals, &factor)
        return factor
    }

    /// Replaces half floats by those nearest to what their code and residuals decode to.  Doing so again changes
    /// nothing.
    package static func settle(_ row: UnsafeMutablePointer<Float>, count: Int) { discover_residual_settle(row, count) }

    package func copyRows(_ range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        withUnsafePointer(to: parts) { parts in
            for (position, row) in range.enumerated() {
                discover_residual_to_float(parts, row, columns, target + position * columns)
            }
        }
    }

    package func dots(
        _ vector: UnsafePointer<Float>, rows range: Range<Int>, into scores: UnsafeMutablePointer<Float>
    ) {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        var some = parts
        some.entries += range.lowerBound
        some.residuals += range.lowerBound * Self.width(of: columns)
        dots(vector, with: some, chosen: nil, count: range.count, into: scores)
    }

    package func dots(
        _ vector: UnsafePointer<Float>, chosen: UnsafeBufferPointer<UInt32>, into scores: UnsafeMutablePointer<Float>
    ) {
        dots(vector, with: parts, chosen: chosen.baseAddress, count: chosen.count, into: scores)
    }

    package func isZero(_ row: Int) -> Bool { Int(parts.entries[row]) >= parts.count }

    private func dots(
        _ vector: UnsafePointer<Float>, with parts: discover_residual_rows, chosen: UnsafePointer<UInt32>?, count: Int,
        into scores: UnsafeMutablePointer<Float>
    ) {
        withUnsafePointer(to: parts) { parts in
            guard columns < parts.pointee.width else {
                return discover_residual_dots(vector, parts, chosen, count, scores)
            }
            let padded = AlignedBlock(count: parts.pointee.width)
            padded.base.update(from: vector, count: columns)
            discover_residual_dots(padded.base, parts, chosen, count, scores)
        }
    }
}
