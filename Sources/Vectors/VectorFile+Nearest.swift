internal import CShims
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
    /// The rows with the highest scores, the best first; equal scores by row.  Rows without a vector are left out.
    ///
    /// With an inverted file nearly all of the best are found, and scores are exact; without one, and among few rows,
    /// all are.
    package func nearest(
        to query: [Float], limit: Int, among selection: RowSelection = .all
    ) throws(VectorsError) -> [Neighbor] {
        try check(query)
        // Codes distinguish scores that differ by 0.001; exact scores then decide.
        let keep = limit + max(10, limit / 4)
        guard limit > 0, let likely = try likely(query, limit: limit, keep: keep, among: selection) else {
            return try scan(query, limit: limit, among: selection)
        }
        let rows = likely.rows
        let scores = try query.withUnsafeBufferPointer { buffer throws(VectorsError) in
            guard let base = buffer.baseAddress else { return [Float]() }
            return try scatteredScores(of: base, rows: rows)
        }
        var best = BestRows(limit: limit)
        for (row, score) in zip(rows, scores) { best.offer(score, row) }
        return best.sorted
    }

    /// Nearly the same rows, ascending, for those who compute scores themselves: codes alone decide which of two rows
    /// is nearer.  Nil without an inverted file.
    package func likelyNearest(
        to query: [Float], limit: Int, among selection: RowSelection = .all
    ) throws(VectorsError) -> [UInt32]? {
        try check(query)
        return try likely(query, limit: limit, keep: limit, among: selection)?.rows
    }

    /// Rows that are likely to be the nearest, `limit` of them wanted, `keep` given; nil where there are no lists, or
    /// the query has no direction.
    private func likely(
        _ query: [Float], limit: Int, keep: Int, among selection: RowSelection
    ) throws(VectorsError) -> BestRows? {
        guard let lists, let unit = Self.unit(query) else { return nil }
        switch selection {
        case .all:
            return try lists.candidates(for: unit, limit: limit, keep: keep, allowed: nil)
        case .rows(let rows):
            try check(rows)
            guard rows.count > fewRows else { return try lists.candidates(for: unit, keep: keep, rows: rows) }
            var words = [UInt64](repeating: 0, count: (count + 63) / 64)
            for row in rows { words[Int(row >> 6)] |= 1 << UInt64(row & 63) }
            return try likely(query, limit: limit, keep: keep, among: .bitmap(words))
        case .bitmap(let words):
            var members: UInt64 = 0
            discover_bits_count(words, words.count, &members)
            let allowed = Int(members)
            guard allowed > fewRows else {
                return try lists.candidates(for: unit, keep: keep, rows: rows(in: words))
            }
            return try words.withUnsafeBufferPointer { buffer throws(VectorsError) in
                try lists.candidates(
                    for: unit, limit: limit, keep: keep, allowed: AllowedRows(words: buffer, count: allowed))
            }
        }
    }

    /// The same for many queries at once, one answer each: matrix products where every row is looked at, all cores
    /// where there are lists.
    package func nearest(
        to queries: Matrix, limit: Int, among selection: RowSelection = .all, threads: Int = Workers.cores
    ) throws(VectorsError) -> [[Neighbor]] {
        try check(queries)
        guard lists != nil, limit > 0 else { return try scan(queries, limit: limit, among: selection) }
        let answers = Answers(count: queries.rows)
        let workers = max(1, min(threads, queries.rows))
        Workers.run(count: workers) { worker in
            for index in stride(from: worker, to: queries.rows, by: workers) {
                do throws(VectorsError) {
                    let found = try self.nearest(to: queries.row(index), limit: limit, among: selection)
                    answers.set(.success(found), at: index)
                } catch {
                    answers.set(.failure(error), at: index)
                }
            }
        }
        return try answers.all()
    }

    /// The query at length one; nil when it has no direction, or one that floats cannot hold.
    private static func unit(_ query: [Float]) -> [Float]? {
        guard let square = Product.dot(query, query), square.isFinite, square >= .leastNormalMagnitude else {
            return nil
        }
        let factor = 1 / square.squareRoot()
        return query.map { $0 * factor }
    }
}

/// Answers that several threads write, each its own.
private final class Answers: Sendable {
    private nonisolated(unsafe) let results: UnsafeMutableBufferPointer<Result<[Neighbor], VectorsError>>

    init(count: Int) {
        results = .allocate(capacity: count)
        results.initialize(repeating: .success([]))
    }

    deinit {
        results.deinitialize()
        results.deallocate()
    }

    func set(_ result: Result<[Neighbor], VectorsError>, at index: Int) { results[index] = result }

    func all() throws(VectorsError) -> [[Neighbor]] {
        var answers: [[Neighbor]] = []
        for result in results { answers.append(try result.get()) }
        return answers
    }
}
