import LinearAlgebra

/// The rows a query may find, one bit a row from the lowest of the first word on; rows beyond the last word are out.
struct AllowedRows {
    let words: UnsafeBufferPointer<UInt64>
    /// Rows that are in.
    let count: Int

    func contains(_ row: UInt32) -> Bool {
        let word = Int(row >> 6)
        return word < words.count && words[word] >> UInt64(row & 63) & 1 == 1
    }
}

extension InvertedFile {
    /// Lists probed before recall is first estimated, and how many more before it is estimated again.
    private static let firstCheck = 8
    private static func nextCheck(after visited: Int) -> Int { visited + max(2, visited / 8) }

    /// Rows that are likely to be the nearest, with scores right to about 0.001: `limit` of them wanted, `keep` given.
    ///
    /// - Parameter query: of length one.
    func candidates(
        for query: [Float], limit: Int, keep: Int, allowed: AllowedRows?
    ) throws(VectorsError) -> BestRows {
        var scan = Scan(self, query: query, limit: limit, keep: keep)
        let cosines = scan.centroidScores()
        var model = RecallModel(self, cosines: cosines, weights: weights(allowed: allowed))
        var order = ListOrder(scores: cosines)
        var visited = 0
        var check = Self.firstCheck
        while let list = order.next() {
            let seen = try scan.visit(list, allowed: allowed)
            model.visit(list, allowed: seen)
            visited += 1
            guard visited == check else { continue }
            if let last = scan.lastWanted, model.isEnough(beyond: last) { break }
            check = Self.nextCheck(after: visited)
        }
        return scan.kept
    }

    /// The same among few rows, each of which is looked at.
    func candidates(for query: [Float], keep: Int, rows: some Sequence<UInt32>) throws(VectorsError) -> BestRows {
        var scan = Scan(self, query: query, limit: keep, keep: keep)
        var chosen: [UInt32] = []
        for row in rows {
            let entry = entries[Int(row)]
            if entry == .max { continue }
            guard Int(entry) < header.entries else { throw damaged }
            chosen.append(entry)
        }
        try scan.look(at: chosen)
        return scan.kept
    }

    /// Rows allowed in each list.  With a filter they are guessed from up to eight rows of each.
    private func weights(allowed: AllowedRows?) -> [Float] {
        let ends = ends
        guard let allowed else { return (0..<lists).map { Float(ends[$0 + 1] - ends[$0]) } }
        let share = Float(allowed.count) / Float(max(1, header.entries))
        let rows = rows
        return (0..<lists).map { list in
            let first = Int(ends[list])
            let size = Int(ends[list + 1]) - first
            let sample = min(8, size)
            var hits: Float = 0
            for index in 0..<sample where allowed.contains(rows[first + index * size / sample]) { hits += 1 }
            // One more of the common share keeps a list that the sample missed from counting as empty.
            return Float(size) * (hits + share) / Float(sample + 1)
        }
    }
}

/// The state of one query while it probes lists.
private struct Scan {
    /// The best rows by approximate score.
    private(set) var kept: BestRows
    /// The best scores, as many as rows are wanted; nil where all that are kept are.
    private var wanted: BestRows?
    private let file: InvertedFile
    private let query: Codes.Query
    private var scores: [Float] = []
    private var chosen: [UInt32] = []
    private var least = -Float.infinity

    init(_ file: InvertedFile, query: [Float], limit: Int, keep: Int) {
        self.file = file
        self.query = query.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { fatalError("a query without numbers") }
            return Codes.Query(base, dimensions: buffer.count)
        }
        kept = BestRows(limit: keep)
        wanted = keep > limit ? BestRows(limit: limit) : nil
    }

    /// The score of the last row wanted; nil while there are too few.
    var lastWanted: Float? { (wanted ?? kept).worst }

    func centroidScores() -> [Float] {
        [Float](unsafeUninitializedCapacity: file.lists) { buffer, filled in
            if let target = buffer.baseAddress {
                Codes.dots(
                    query, codes: file.centroidCodes, factors: file.centroidFactors, count: file.lists, into: target)
            }
            filled = file.lists
        }
    }

    /// Scores a list; returns how many of its rows are allowed.
    mutating func visit(_ list: Int, allowed: AllowedRows?) throws(VectorsError) -> Int {
        let first = Int(file.ends[list])
        let count = Int(file.ends[list + 1]) - first
        guard let allowed else {
            reserve(count)
            scores.withUnsafeMutableBufferPointer { buffer in
                guard let target = buffer.baseAddress else { return }
                Codes.dots(
                    query, codes: file.codes + first * file.header.width, factors: file.factors + first, count: count,
                    into: target)
            }
            for index in 0..<count where scores[index] >= least {
                try offer(scores[index], file.rows[first + index])
            }
            return count
        }
        if chosen.count < count { chosen = [UInt32](repeating: 0, count: count) }
        let rows = file.rows
        var found = 0
        for entry in first..<first + count {
            chosen[found] = UInt32(truncatingIfNeeded: entry)
            if allowed.contains(rows[entry]) { found += 1 }
        }
        try score(found)
        return found
    }

    /// Scores entries.
    mutating func look(at entries: [UInt32]) throws(VectorsError) {
        chosen = entries
        try score(entries.count)
    }

    /// Scores the first entries of ``chosen``.
    private mutating func score(_ count: Int) throws(VectorsError) {
        reserve(count)
        scores.withUnsafeMutableBufferPointer { scores in
            chosen.withUnsafeBufferPointer { chosen in
                guard let target = scores.baseAddress else { return }
                Codes.dots(
                    query, codes: file.codes, factors: file.factors,
                    chosen: UnsafeBufferPointer(rebasing: chosen[..<count]), into: target)
            }
        }
        for index in 0..<count where scores[index] >= least {
            try offer(scores[index], file.rows[Int(chosen[index])])
        }
    }

    private mutating func reserve(_ count: Int) {
        if scores.count < count { scores = [Float](repeating: 0, count: count) }
    }

    private mutating func offer(_ score: Float, _ row: UInt32) throws(VectorsError) {
        guard Int(row) < file.header.rows else { throw file.damaged }
        guard kept.offer(score, row) else { return }
        wanted?.offer(score, row)
        if let worst = kept.worst { least = worst }
    }
}
