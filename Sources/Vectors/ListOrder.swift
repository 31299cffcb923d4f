/// Lists from the highest score to the lowest, the lower number first where scores are equal.  Only as many are sorted
/// as are taken (a heap), since most queries take few.
struct ListOrder {
    /// The score in the upper half in an order that integers have too; the list, turned round, in the lower half.
    private var heap: [UInt64]

    init(scores: [Float]) {
        heap = scores.enumerated().map { list, score in
            let bits = score.bitPattern
            let key = bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
            return UInt64(key) << 32 | UInt64(~UInt32(list))
        }
        for parent in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(parent, count: heap.count) }
    }

    /// Takes the next list.
    mutating func next() -> Int? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            sink(0, count: heap.count)
        }
        return Int(~UInt32(truncatingIfNeeded: first))
    }

    private mutating func sink(_ start: Int, count: Int) {
        heap.withUnsafeMutableBufferPointer { heap in
            var parent = start
            let moved = heap[parent]
            while true {
                var child = 2 * parent + 1
                guard child < count else { break }
                if child + 1 < count, heap[child + 1] > heap[child] { child += 1 }
                guard heap[child] > moved else { break }
                heap[parent] = heap[child]
                parent = child
            }
            heap[parent] = moved
        }
    }
}
