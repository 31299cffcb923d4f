package import LinearAlgebra

/// A row and how close it is.
package struct Neighbor: Sendable, Hashable {
    package let row: UInt32
    /// Dot product with the query: the cosine, for unit vectors.
    package let score: Float

    package init(row: UInt32, score: Float) {
        self.row = row
        self.score = score
    }
}

/// Which rows of a file a query may find.
package enum RowSelection: Sendable {
    case all
    /// Row numbers, ascending.
    case rows([UInt32])
    /// One bit a row, the lowest bit of the first word for row 0; rows beyond the last word are out.
    case bitmap([UInt64])
}

extension VectorFile {
    /// Dot products of a query with all rows, in row order.  Costs one pass over the file.
    package func scores(of query: [Float]) throws(VectorsError) -> [Float] {
        try check(query)
        return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            query.withUnsafeBufferPointer { query in
                guard let query = query.baseAddress, let target = buffer.baseAddress else { return }
                Product.dots(query, rows: matrix.base, count: count, width: dimensions, into: target)
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
                    guard let query = query.baseAddress, let target = buffer.baseAddress else { return }
                    Product.dots(query, rows: matrix.base, chosen: rows, width: dimensions, into: target)
                }
            }
            filled = rows.count
        }
    }

    /// Dot products of many queries with all rows, one row of the result a query: one matrix product on the threads
    /// that ``BLAS`` may use.
    package func scores(of queries: Matrix) throws(VectorsError) -> Matrix {
        guard queries.columns == dimensions else {
            throw VectorsError(.invalid, "queries of \(queries.columns) numbers, rows of \(dimensions)")
        }
        guard Product.isFinite(queries.base, count: queries.rows * queries.columns) else {
            throw VectorsError(.invalid, "a query has a number that is not finite")
        }
        return Product.dots(queries, matrix)
    }

    /// The rows with the highest scores, the best first; equal scores by row.  Rows without a vector are left out.
    package func nearest(
        to query: [Float], limit: Int, among selection: RowSelection = .all
    ) throws(VectorsError) -> [Neighbor] {
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
            return try nearest(to: query, limit: limit, among: .rows(rows(in: words)))
        }
    }

    private func offer(_ score: Float, _ row: UInt32, to best: inout BestRows) {
        guard best.wants(score, row) else { return }
        // Only a row of zeros scores exactly nothing, or one of the rare rows that stand at a right angle.
        if score == 0, isBlank(Int(row)) { return }
        best.add(Neighbor(row: row, score: score))
    }

    private func rows(in words: [UInt64]) -> [UInt32] {
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

    private func check(_ query: [Float]) throws(VectorsError) {
        guard query.count == dimensions else {
            throw VectorsError(.invalid, "a query of \(query.count) numbers, rows of \(dimensions)")
        }
        guard Product.isFinite(query) else {
            throw VectorsError(.invalid, "the query has a number that is not finite")
        }
    }

    private func check(_ rows: [UInt32]) throws(VectorsError) {
        for row in rows where Int(row) >= count { throw VectorsError(.invalid, "row \(row) of \(count)") }
    }
}
