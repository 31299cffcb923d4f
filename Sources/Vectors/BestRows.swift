internal import Collections

/// The top k of the rows that are offered: a heap with the worst on top.
///
/// A row and its score are one number, whose order is theirs: the score's bits as an ordered number in the upper half
/// (IEEE 754 orders by magnitude), the row turned round in the lower one, so that of equal scores the lower row is
/// better.
struct BestRows {
    private let limit: Int
    private var heap = Heap<UInt64>()

    init(limit: Int) {
        self.limit = max(0, limit)
    }

    /// The rows from best to worst; equal scores by row.
    var sorted: [Neighbor] { heap.elements.sorted(by: >).map(Self.neighbor) }

    /// The rows kept, ascending.
    var rows: [UInt32] { heap.elements.map { ~UInt32(truncatingIfNeeded: $0) }.sorted() }

    /// The lowest score kept; nil until the heap is full.
    var worst: Float? { limit > 0 && heap.count >= limit ? heap.first.map { Self.neighbor($0).score } : nil }

    /// Keeps a row where it is among the best, and drops the worst where there are too many; whether it did.
    @discardableResult
    mutating func offer(_ score: Float, _ row: UInt32) -> Bool {
        let key = Self.key(score, row)
        if heap.count < limit {
            heap.insert(key)
            return true
        }
        guard let worst = heap.first, key > worst else { return false }
        heap.replaceFirst(with: key)
        return true
    }

    private static func key(_ score: Float, _ row: UInt32) -> UInt64 {
        // -0 and 0 are one score.
        let bits = (score + 0).bitPattern
        let ordered = bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
        return UInt64(ordered) << 32 | UInt64(~row)
    }

    private static func neighbor(_ key: UInt64) -> Neighbor {
        let ordered = UInt32(truncatingIfNeeded: key >> 32)
        let bits = ordered & 0x8000_0000 != 0 ? ordered & 0x7FFF_FFFF : ~ordered
        return Neighbor(row: ~UInt32(truncatingIfNeeded: key), score: Float(bitPattern: bits))
    }
}
