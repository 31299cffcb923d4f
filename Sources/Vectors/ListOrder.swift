internal import Collections

/// Lists from the highest score to the lowest, the lower number first where scores are equal.  Only as many are sorted
/// as are taken (a heap), since most queries take few.
struct ListOrder {
    /// The score in the upper half in an order that integers have too, turned round so that the highest is the least;
    /// the list in the lower half.
    private var heap: Heap<UInt64>

    init(scores: [Float]) {
        heap = Heap(
            scores.enumerated().map { list, score in
                let bits = score.bitPattern
                let key = bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
                return UInt64(~key) << 32 | UInt64(UInt32(list))
            })
    }

    /// Takes the next list.
    mutating func next() -> Int? { heap.popFirst().map { Int(UInt32(truncatingIfNeeded: $0)) } }
}
