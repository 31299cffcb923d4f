internal import Glibc
internal import Records

/// BM25 over the postings of a question's words, with the scores that FTS5 gives: the same formula, the same order of
/// steps, on x86-64 the same bits.
///
/// Rows are taken in windows.  Within one, each word's entries are added to an array of sums (as Lucene's
/// `BooleanScorer` does).  Where only the best are asked for, a window whose bounds cannot reach them is skipped, and
/// words that cannot make a difference on their own are looked at only for rows that others brought (MaxScore: Turtle
/// and Flood 1995; by blocks: Ding and Suel 2011).
struct BM25Scorer: ~Copyable {
    private let file: PostingsFile
    private let cursors: UnsafeMutableBufferPointer<PostingsCursor>
    /// The same postings once more, for looking up single rows.
    private let probes: UnsafeMutableBufferPointer<PostingsCursor>
    private let weighted: UnsafeMutablePointer<Double>
    private let rows: UnsafeMutablePointer<UInt32>
    private let deadline: Deadline
    /// Length of all postings together.
    private let entries: Int

    /// Rows of a window, a multiple of 64: where words are rare, more, so that a window is worth its trouble.
    private let window: Int

    /// - Parameters:
    ///   - tokens: as the index holds them, in the order in which FTS5 adds them up; a repeated one counts twice.
    ///   - weights: one a column, none negative.
    ///   - passesCommon: skips words of more than half of the records, each of which adds less than a hundred
    ///     thousandth, if other words are left.
    init(
        _ file: PostingsFile, tokens: [[UInt8]], weights: [Double], passesCommon: Bool = false, until deadline: Deadline
    ) throws(StoreError) {
        var lists: [PostingsFile.List] = []
        for token in tokens {
            if let list = try file.list(of: token) { lists.append(list) }
        }
        if passesCommon {
            let telling = lists.filter { BM25Scorer.rarity(of: $0.count, among: file.count) > BM25Scorer.leastRarity }
            if !telling.isEmpty { lists = telling }
        }
        self.file = file
        self.deadline = deadline
        weighted = .allocate(capacity: 256)
        weighted.initialize(repeating: 0, count: 256)
        for (code, tuple) in file.codes.enumerated() { weighted[code] = BM25Scorer.weighted(tuple, weights) }
        entries = lists.reduce(0) { $0 + $1.count }
        var window = 2048
        while window < 16_384, entries * window < 512 * file.count { window *= 2 }
        self.window = window
        let space = 2 * PostingsCursor.spaceForRows * max(1, lists.count)
        rows = .allocate(capacity: space)
        rows.initialize(repeating: 0, count: space)
        cursors = .allocate(capacity: lists.count)
        probes = .allocate(capacity: lists.count)
        for (index, list) in lists.enumerated() {
            let rarity = BM25Scorer.rarity(of: list.count, among: file.count)
            for (offset, target) in [(2 * index, cursors), (2 * index + 1, probes)] {
                let cursor = PostingsCursor(
                    file: file, list: list, rarity: rarity, weights: weights, weighted: weighted,
                    rows: rows + offset * PostingsCursor.spaceForRows)
                target.initializeElement(at: index, to: cursor)
            }
        }
    }

    deinit {
        cursors.deinitialize()
        cursors.deallocate()
        probes.deinitialize()
        probes.deallocate()
        weighted.deallocate()
        rows.deallocate()
    }

    /// The weighted number of occurrences, added up one by one as FTS5 does; where a word occurs more than a thousand
    /// times in a column, the last bits may differ.
    static func weighted(_ tuple: Frequencies, _ weights: [Double]) -> Double {
        var sum = 0.0
        for column in weights.indices {
            if tuple[column] <= 1024 {
                for _ in 0..<tuple[column] { sum += weights[column] }
            } else {
                sum += weights[column] * Double(tuple[column])
            }
        }
        return sum
    }

    /// FTS5's inverse document frequency of a word that more than half of the records have.
    private static let leastRarity = 1e-6

    /// FTS5's inverse document frequency.
    private static func rarity(of count: Int, among records: Int) -> Double {
        let value = log((Double(records) - Double(count) + 0.5) / (Double(count) + 0.5))
        return value <= 0 ? leastRarity : value
    }

    /// Scores of all rows that hold any of the words, or of those of them that a bitmap allows.
    mutating func all(among allowed: [UInt64]?) throws(StoreError) -> RowScores {
        guard let allowed else { return try all(among: nil, atMost: file.count) }
        // Not in a closure: what cannot be copied cannot be captured there and changed.
        let bits = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: allowed.count)
        defer { bits.deallocate() }
        _ = bits.initialize(from: allowed)
        return try all(among: UnsafeBufferPointer(bits), atMost: Bitmaps.count(allowed))
    }

    private mutating func all(
        among allowed: UnsafeBufferPointer<UInt64>?, atMost count: Int
    ) throws(StoreError) -> RowScores {
        var bitmap = [UInt64](repeating: 0, count: (file.count + 63) / 64)
        var values: [Double] = []
        values.reserveCapacity(min(entries, count))
        let sums = Sums(window)
        var base = 0
        var turn = 0
        while let next = nextRow(from: base) {
            base = next / window * window
            turn += 1
            if turn & 63 == 1 { try check() }
            let end = min(base + window, file.count)
            if let allowed, !allowed[(base / 64)..<((end + 63) / 64)].contains(where: { $0 != 0 }) {
                base = end
                continue
            }
            for index in cursors.indices { try sums.add(&cursors[index], from: base, to: end, among: allowed) }
            sums.take(base, to: end, bitmap: &bitmap, values: &values)
            base = end
        }
        return RowScores(capacity: file.count, bitmap: bitmap, values: values)
    }

    /// The best rows and their scores, ties by row.
    ///
    /// - Parameter floor: only scores above it are wanted; the higher it is, the fewer rows are looked at.
    mutating func best(_ limit: Int, above floor: Double = -.infinity) throws(StoreError) -> [TextHit] {
        var best = BestHits(limit, above: floor)
        guard limit > 0 else { return [] }
        let sums = Sums(window)
        var bounds = [Double](repeating: 0, count: cursors.count)
        var order = Array(cursors.indices)
        var isEssential = [Bool](repeating: true, count: cursors.count)
        var candidates: [(row: Int, sum: Double)] = []
        var base = 0
        var turn = 0
        while let next = nextRow(from: base) {
            base = next / window * window
            turn += 1
            if turn & 63 == 1 { try check() }
            let end = min(base + window, file.count)
            var total = 0.0
            for index in cursors.indices {
                bounds[index] = cursors[index].bound(before: end)
                total += bounds[index]
            }
            // Sums of bounds are rounded as well.
            let threshold = best.threshold * (1 - 1e-9)
            if total <= threshold {
                base = end
                continue
            }
            // The words with the lowest bounds that together stay below the threshold bring no row on their own.
            order.sort { bounds[$0] < bounds[$1] }
            var rest = 0.0
            for index in order {
                isEssential[index] = rest + bounds[index] > threshold
                if !isEssential[index] { rest += bounds[index] }
            }
            for index in cursors.indices where isEssential[index] {
                try sums.add(&cursors[index], from: base, to: end)
            }
            if rest == 0 {
                // All were added, in their order.
                sums.drain(base, to: end, above: threshold) { row, score in best.add(row, score) }
            } else {
                candidates.removeAll(keepingCapacity: true)
                sums.drain(base, to: end, above: threshold - rest) { row, sum in candidates.append((row, sum)) }
                for (row, sum) in candidates {
                    // What the other words may add to this row is less than what they may add to some row.
                    var most = sum
                    for index in probes.indices where !isEssential[index] { most += probes[index].bound(of: row) }
                    if most <= best.threshold * (1 - 1e-9) { continue }
                    var score = 0.0
                    for index in probes.indices { score += try probes[index].contribution(of: row) }
                    best.add(row, score)
                }
            }
            base = end
        }
        return best.sorted
    }

    /// The first row at or behind one that some word may have; nil at the end.
    private func nextRow(from base: Int) -> Int? {
        var next = Int.max
        for index in cursors.indices {
            cursors[index].seek(base)
            if !cursors[index].isAtEnd { next = min(next, max(base, cursors[index].nextRow)) }
        }
        return next >= file.count ? nil : next
    }

    private func check() throws(StoreError) {
        if deadline.isOver { throw StoreError(.interrupted, "the reader's deadline passed") }
    }
}
