/// The best rows seen so far, at most `limit`: a heap whose root is the worst of them.
struct BestRows {
    private let limit: Int
    private var heap: [Neighbor] = []

    init(limit: Int) {
        self.limit = max(0, limit)
    }

    /// The rows from best to worst; equal scores by row.
    var sorted: [Neighbor] { heap.sorted { Self.isBetter($0, $1) } }

    /// The lowest score kept; nil while there is room.
    var worst: Float? { limit > 0 && heap.count >= limit ? heap.first?.score : nil }

    /// Whether a row would be kept.
    func wants(_ score: Float, _ row: UInt32) -> Bool {
        guard heap.count >= limit else { return true }
        guard let worst = heap.first else { return false }
        return score > worst.score || (score == worst.score && row < worst.row)
    }

    /// Keeps a row that is wanted and drops the worst where there are too many.
    mutating func add(_ neighbor: Neighbor) {
        if heap.count < limit {
            heap.append(neighbor)
            rise()
        } else if !heap.isEmpty {
            heap[0] = neighbor
            sink()
        }
    }

    private static func isBetter(_ a: Neighbor, _ b: Neighbor) -> Bool {
        a.score > b.score || (a.score == b.score && a.row < b.row)
    }

    private mutating func rise() {
        var child = heap.count - 1
        while child > 0, Self.isBetter(heap[(child - 1) / 2], heap[child]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if Self.isBetter(heap[worst], heap[child]) { worst = child }
            }
            guard worst != parent else { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }
}
