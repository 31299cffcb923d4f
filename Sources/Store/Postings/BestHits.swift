/// The best hits so far: a heap with the worst on top.
struct BestHits {
    private var heap: [TextHit] = []
    private let limit: Int
    private let floor: Double

    /// - Parameter floor: only what exceeds it is wanted.
    init(_ limit: Int, above floor: Double = -.infinity) {
        self.limit = limit
        self.floor = floor
        heap.reserveCapacity(min(limit, 1024))
    }

    /// What a row must exceed to come in; later rows lose ties.
    var threshold: Double { isFull ? heap[0].score : floor }

    var isFull: Bool { heap.count >= limit }

    /// In no order.
    var rows: [Int] { heap.map(\.row) }

    var sorted: [TextHit] { heap.sorted { BestHits.isWorse($1, $0) } }

    private static func isWorse(_ left: TextHit, _ right: TextHit) -> Bool {
        left.score != right.score ? left.score < right.score : left.row > right.row
    }

    mutating func add(_ row: Int, _ score: Double) {
        guard limit > 0, heap.count == limit || score > floor else { return }
        let hit = TextHit(row: row, score: score)
        if heap.count < limit {
            heap.append(hit)
            var child = heap.count - 1
            while child > 0, BestHits.isWorse(heap[child], heap[(child - 1) / 2]) {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
            return
        }
        guard BestHits.isWorse(heap[0], hit) else { return }
        heap[0] = hit
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, BestHits.isWorse(heap[child + 1], heap[child]) { child += 1 }
            guard BestHits.isWorse(heap[child], heap[parent]) else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
