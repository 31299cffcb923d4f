/// A number for some of the rows of a generation: a bitmap of the rows and the numbers in their order.  Takes memory
/// for the rows it holds, and finds one in a few nanoseconds.
package struct RowScores: Sendable {
    /// Rows are in 0..<capacity.
    package let capacity: Int
    /// One bit a row.
    package let bitmap: [UInt64]
    /// Rows before each word of the bitmap.
    @usableFromInline let ranks: [UInt32]
    /// In ascending order of the rows.
    package let values: [Double]

    /// - Parameters:
    ///   - bitmap: one bit a row, 64 rows a word.
    ///   - values: as many as there are bits, in the order of the rows.
    package init(capacity: Int, bitmap: [UInt64], values: [Double]) {
        let (ranks, total) = Bitmaps.ranks(bitmap)
        precondition(total == values.count && bitmap.count == (capacity + 63) / 64, "one value a row")
        self.capacity = capacity
        self.bitmap = bitmap
        self.values = values
        self.ranks = ranks
    }

    /// No rows.
    package init(capacity: Int) {
        self.init(capacity: capacity, bitmap: [UInt64](repeating: 0, count: (capacity + 63) / 64), values: [])
    }

    /// Rows in any order, each once.
    package init(capacity: Int, _ entries: some Collection<(row: Int, value: Double)>) {
        var bitmap = [UInt64](repeating: 0, count: (capacity + 63) / 64)
        for entry in entries { bitmap[entry.row >> 6] |= 1 << UInt64(entry.row & 63) }
        self.init(
            capacity: capacity, bitmap: bitmap, values: entries.sorted { $0.row < $1.row }.map(\.value))
    }

    /// Number of rows.
    @inlinable package var count: Int { values.count }
    @inlinable package var isEmpty: Bool { values.isEmpty }

    /// The number of a row; nil when it has none.
    @inlinable package subscript(row: Int) -> Double? { position(of: row).map { values[$0] } }

    /// The index of a row's number; nil if it has none.
    @inlinable func position(of row: Int) -> Int? {
        guard row >= 0, row < capacity else { return nil }
        let word = bitmap[row >> 6]
        let bit: UInt64 = 1 << UInt64(row & 63)
        guard word & bit != 0 else { return nil }
        return Int(ranks[row >> 6]) + (word & (bit - 1)).nonzeroBitCount
    }

    /// The same rows with other numbers.
    package func mapValues(_ transform: (Double) -> Double) -> RowScores {
        RowScores(copying: self, values: values.map(transform))
    }

    private init(copying other: RowScores, values: [Double]) {
        capacity = other.capacity
        bitmap = other.bitmap
        ranks = other.ranks
        self.values = values
    }

    /// Numbers for the rows of a bitmap, each made of what two others have for the row; 0 where one has none.
    package static func combining(
        _ first: RowScores, _ second: RowScores, over bitmap: [UInt64], _ combine: (Double, Double) -> Double
    ) -> RowScores {
        precondition(first.capacity == second.capacity && first.bitmap.count == bitmap.count, "rows of one generation")
        var values: [Double] = []
        values.reserveCapacity(Bitmaps.count(bitmap))
        for index in bitmap.indices where bitmap[index] != 0 {
            var rest = bitmap[index]
            let (one, other) = (first.bitmap[index], second.bitmap[index])
            let (start, otherStart) = (Int(first.ranks[index]), Int(second.ranks[index]))
            while rest != 0 {
                let bit = rest & (~rest &+ 1)
                rest ^= bit
                values.append(
                    combine(
                        one & bit != 0 ? first.values[start + (one & (bit - 1)).nonzeroBitCount] : 0,
                        other & bit != 0 ? second.values[otherStart + (other & (bit - 1)).nonzeroBitCount] : 0))
            }
        }
        return RowScores(capacity: first.capacity, bitmap: bitmap, values: values)
    }

    /// The same rows, some of them with other numbers and the others with a function of theirs.
    package func replacing(
        _ entries: some Sequence<(row: Int, value: Double)>, others: (Double) -> Double
    ) -> RowScores {
        var values = values.map(others)
        for (row, value) in entries {
            guard let position = position(of: row) else { continue }
            values[position] = value
        }
        return RowScores(copying: self, values: values)
    }

    /// The rows with the greatest numbers, the greatest first, ties by row.
    package func best(_ limit: Int) -> [(row: Int, value: Double)] {
        guard limit > 0 else { return [] }
        var best = BestHits(limit)
        // Most rows are none of the best: they are passed with one comparison.
        var least = -Double.infinity
        forEach { row, value in
            guard value > least else { return }
            best.add(row, value)
            if best.isFull { least = best.threshold }
        }
        return best.sorted.map { ($0.row, $0.score) }
    }

    /// The rows of the greatest numbers in no order, ties by row: for many of them, as each is only compared with
    /// bounds.
    package func leading(_ limit: Int) -> [Int] {
        guard limit > 0, let low = values.min(), let high = values.max() else { return [] }
        // How many are in each of equal parts of the range: all above the part with the last one wanted are in.
        let parts = 512
        let scale = high > low && limit < count ? Double(parts - 1) / (high - low) : 0
        var counts = [Int](repeating: 0, count: parts)
        for value in values { counts[Int((value - low) * scale)] += 1 }
        var edge = parts - 1
        var above = 0
        while edge > 0, above + counts[edge] < limit {
            above += counts[edge]
            edge -= 1
        }
        var rows: [Int] = []
        rows.reserveCapacity(limit)
        var last = BestHits(limit - above)
        forEach { row, value in
            let part = Int((value - low) * scale)
            if part > edge { rows.append(row) } else if part == edge { last.add(row, value) }
        }
        return rows + last.rows
    }

    /// Visits the rows in ascending order.
    @inlinable package func forEach(_ body: (_ row: Int, _ value: Double) throws -> Void) rethrows {
        var position = 0
        for index in bitmap.indices {
            var word = bitmap[index]
            while word != 0 {
                try body(index << 6 + word.trailingZeroBitCount, values[position])
                position += 1
                word &= word - 1
            }
        }
    }
}
