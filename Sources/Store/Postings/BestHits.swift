internal import Collections

/// The top k hits so far: a heap with the worst on top.
struct BestHits {
    /// A hit in the order of how good it is: later rows lose ties.
    private struct Ranked: Comparable {
        let hit: TextHit

        static func < (left: Ranked, right: Ranked) -> Bool {
            left.hit.score != right.hit.score
                ? left.hit.score < right.hit.score : left.hit.row > right.hit.row
        }
    }

    private var heap = Heap<Ranked>()
    private let limit: Int
    private let floor: Double

    /// - Parameter floor: only what exceeds it is wanted.
    init(_ limit: Int, above floor: Double = -.infinity) {
        self.limit = limit
        self.floor = floor
        heap.reserveCapacity(min(limit, 1024))
    }

    /// What a row must exceed to come in; later rows lose ties.
    var threshold: Double { isFull ? heap.first?.hit.score ?? floor : floor }

    var isFull: Bool { heap.count >= limit }

    /// In no order.
    var rows: [Int] { heap.elements.map(\.hit.row) }

    var sorted: [TextHit] { heap.elements.sorted(by: >).map(\.hit) }

    mutating func add(_ row: Int, _ score: Double) {
        guard limit > 0, isFull || score > floor else { return }
        let ranked = Ranked(hit: TextHit(row: row, score: score))
        if !isFull {
            heap.insert(ranked)
        } else if let worst = heap.first, worst < ranked {
            heap.replaceFirst(with: ranked)
        }
    }
}
