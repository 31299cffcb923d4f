package import LinearAlgebra

extension VectorFile {
    /// Rows that are turned into floats at a time for a matrix product.
    private static let block = 1024

    /// Dot products of a query with all rows, in row order.  Costs one pass over the file.
    package func scores(of query: [Float]) throws(VectorsError) -> [Float] {
        try check(query)
        return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            query.withUnsafeBufferPointer { query in
                guard let query = query.baseAddress, let target = buffer.baseAddress else { return }
                matrix.dots(query, rows: 0..<count, into: target)
            }
            filled = count
        }
    }

    /// Dot products of a query with chosen rows, in the order given.
    package func scores(of query: [Float], rows: [UInt32]) throws(VectorsError) -> [Float] {
        try check(query)
        try check(rows)
        return [Float](unsafeUninitializedCapacity: rows.count) { buffer, filled in
            query.withUnsafeBufferPointer { query in
                rows.withUnsafeBufferPointer { rows in
                    guard let query = query.baseAddress, let target = buffer.baseAddress, !rows.isEmpty else { return }
                    matrix.dots(query, chosen: rows, into: target)
                }
            }
            filled = rows.count
        }
    }

    /// Dot products of many queries with all rows, one row of the result a query: matrix products, on the threads that
    /// ``BLAS`` may use.
    package func scores(of queries: Matrix) throws(VectorsError) -> Matrix {
        try check(queries)
        let floats = AlignedBlock(count: min(Self.block, count) * dimensions)
        return Matrix(rows: queries.rows, columns: count) { target in
            for first in stride(from: 0, to: count, by: Self.block) {
                let range = first..<min(count, first + Self.block)
                matrix.copyRows(range, to: floats.base)
                Product.timesTransposed(
                    queries.base, stride: dimensions, floats.base, stride: dimensions, into: target + first,
                    stride: count, rows: queries.rows, columns: range.count, depth: dimensions)
            }
        }
    }

    /// The nearest rows by looking at every row allowed.
    func scan(_ query: [Float], limit: Int, among selection: RowSelection) throws(VectorsError) -> [Neighbor] {
        switch selection {
        case .all:
            let scores = try scores(of: query)
            var best = BestRows(limit: limit)
            for row in 0..<count { offer(scores[row], UInt32(row), to: &best) }
            return best.sorted
        case .rows(let rows):
            let scores = try scores(of: query, rows: rows)
            var best = BestRows(limit: limit)
            for (position, row) in rows.enumerated() { offer(scores[position], row, to: &best) }
            return best.sorted
        case .bitmap(let words):
            return try scan(query, limit: limit, among: .rows(rows(in: words)))
        }
    }

    /// The same for many queries: one matrix product for each block of rows finds those that are likely, and their
    /// scores are computed again as for one query, so that both give the same answer.
    func scan(_ queries: Matrix, limit: Int, among selection: RowSelection) throws(VectorsError) -> [[Neighbor]] {
        let rows: [UInt32]
        switch selection {
        case .all: rows = (0..<count).map { UInt32($0) }
        case .rows(let chosen): rows = chosen
        case .bitmap(let words): rows = self.rows(in: words)
        }
        try check(rows)
        var likely = [BestRows](repeating: BestRows(limit: limit > 0 ? limit + 16 : 0), count: queries.rows)
        let floats = AlignedBlock(count: Self.block * dimensions)
        let scores = AlignedBlock(count: queries.rows * Self.block)
        for first in stride(from: 0, to: rows.count, by: Self.block) {
            let part = rows[first..<min(rows.count, first + Self.block)]
            for (position, row) in part.enumerated() {
                matrix.copyRows(Int(row)..<Int(row) + 1, to: floats.base + position * dimensions)
            }
            Product.timesTransposed(
                queries.base, stride: dimensions, floats.base, stride: dimensions, into: scores.base,
                stride: part.count, rows: queries.rows, columns: part.count, depth: dimensions)
            for index in likely.indices {
                let start = scores.base + index * part.count
                for (position, row) in part.enumerated() { offer(start[position], row, to: &likely[index]) }
            }
        }
        var answers: [[Neighbor]] = []
        for (index, best) in likely.enumerated() {
            answers.append(
                try scan(queries.row(index), limit: limit, among: .rows(best.sorted.map(\.row).sorted())))
        }
        return answers
    }

    private func offer(_ score: Float, _ row: UInt32, to best: inout BestRows) {
        // Only a row of zeros scores exactly zero, or one of the rare rows at a right angle.
        if score == 0, matrix.isZero(Int(row)) { return }
        best.offer(score, row)
    }

    /// The rows of a bitmap, ascending.
    func rows(in words: [UInt64]) -> [UInt32] {
        var rows: [UInt32] = []
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                let row = index * 64 + rest.trailingZeroBitCount
                guard row < count else { return rows }
                rows.append(UInt32(row))
                rest &= rest - 1
            }
        }
        return rows
    }

    func check(_ query: [Float]) throws(VectorsError) {
        guard query.count == dimensions else {
            throw VectorsError(.invalid, "a query of \(query.count) numbers, rows of \(dimensions)")
        }
        guard Product.isFinite(query) else {
            throw VectorsError(.invalid, "the query has a number that is not finite")
        }
    }

    func check(_ queries: Matrix) throws(VectorsError) {
        guard queries.columns == dimensions else {
            throw VectorsError(.invalid, "queries of \(queries.columns) numbers, rows of \(dimensions)")
        }
        guard Product.isFinite(queries.base, count: queries.rows * queries.columns) else {
            throw VectorsError(.invalid, "a query has a number that is not finite")
        }
    }

    func check(_ rows: [UInt32]) throws(VectorsError) {
        for row in rows where Int(row) >= count { throw VectorsError(.invalid, "row \(row) of \(count)") }
    }
}
