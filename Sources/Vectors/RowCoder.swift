import LinearAlgebra

/// Makes codes and residuals of rows of half floats, many at a time on several threads.
struct RowCoder {
    /// Rows that are coded at a time.
    private static let part = 1 << 15

    let matrix: HalfMatrix
    let threads: Int

    /// What was made of rows that follow one another in the order asked for; valid until the next.
    struct Part {
        /// ``Codes/width(of:)`` bytes a row.
        let codes: UnsafeRawBufferPointer
        /// ``ResidualMatrix/width(of:)`` bytes a row.
        let residuals: UnsafeRawBufferPointer
        let factors: UnsafeBufferPointer<Float>
    }

    /// Passes the rows to the body in the order given, a batch at a time.
    func encode(
        _ rows: [UInt32], _ body: (Part) throws(VectorsError) -> Void
    ) throws(VectorsError) {
        let width = (codes: Codes.width(of: matrix.columns), residuals: ResidualMatrix.width(of: matrix.columns))
        let most = min(Self.part, rows.count)
        let codes = AlignedBlock(count: most * width.codes / 4)
        let residuals = AlignedBlock(count: most * width.residuals / 4)
        let factors = AlignedBlock(count: most)
        for first in stride(from: 0, to: rows.count, by: Self.part) {
            let part = rows[first..<min(rows.count, first + Self.part)]
            encode(part, codes: codes, residuals: residuals, factors: factors)
            try body(
                Part(
                    codes: UnsafeRawBufferPointer(start: codes.base, count: part.count * width.codes),
                    residuals: UnsafeRawBufferPointer(start: residuals.base, count: part.count * width.residuals),
                    factors: UnsafeBufferPointer(start: factors.base, count: part.count)))
        }
    }

    private func encode(
        _ rows: ArraySlice<UInt32>, codes: AlignedBlock, residuals: AlignedBlock, factors: AlignedBlock
    ) {
        let columns = matrix.columns
        let workers = max(1, min(threads, rows.count / 256))
        Workers.run(count: workers) { worker in
            let row = AlignedBlock(count: columns)
            let code = UnsafeMutableRawPointer(codes.base).assumingMemoryBound(to: Int8.self)
            let rest = UnsafeMutableRawPointer(residuals.base).assumingMemoryBound(to: UInt8.self)
            for position in worker * rows.count / workers..<(worker + 1) * rows.count / workers {
                let number = Int(rows[rows.startIndex + position])
                matrix.copyRows(number..<number + 1, to: row.base)
                factors.base[position] = ResidualMatrix.encode(
                    row.base, columns: columns, code: code + position * Codes.width(of: columns),
                    residuals: rest + position * ResidualMatrix.width(of: columns))
            }
        }
    }
}
