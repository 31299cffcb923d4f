import Store

/// A set of small integers, one bit each: records or parts of one generation.
///
/// All operations are linear in the capacity, a machine word at a time; sets that are combined have one capacity.
package struct Bitset: Sendable, Hashable {
    /// Members are in 0..<capacity.
    package let capacity: Int
    fileprivate(set) var words: [UInt64]

    /// An empty set.
    package init(capacity: Int) {
        self.capacity = capacity
        words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
    }

    /// A bitmap as a set, 64 members a word; bits beyond the capacity are clear.
    package init(capacity: Int, words: [UInt64]) {
        precondition(words.count == (capacity + 63) / 64, "one bit a member")
        self.capacity = capacity
        self.words = words
    }

    /// A set of some numbers.
    package init(members: some Sequence<Int>, capacity: Int) {
        self.init(capacity: capacity)
        for member in members { insert(member) }
    }

    /// The set of all numbers below the capacity.
    package init(all capacity: Int) {
        self.capacity = capacity
        words = [UInt64](repeating: ~0, count: (capacity + 63) / 64)
        clearTail()
    }

    /// Number of members.
    package var count: Int { Bitmaps.count(words) }
    package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// Members in ascending order.
    package var members: [Int] {
        var result: [Int] = []
        result.reserveCapacity(count)
        forEach { result.append($0) }
        return result
    }

    package func contains(_ member: Int) -> Bool {
        member >= 0 && member < capacity && words[member >> 6] & (1 << UInt64(member & 63)) != 0
    }

    package mutating func insert(_ member: Int) {
        precondition(member >= 0 && member < capacity, "a member lies below the capacity")
        words[member >> 6] |= 1 << UInt64(member & 63)
    }

    /// Takes a number out; nothing happens when it is no member.
    package mutating func remove(_ member: Int) {
        guard contains(member) else { return }
        words[member >> 6] &= ~(1 << UInt64(member & 63))
    }

    /// Visits the members in ascending order.
    package func forEach(_ body: (Int) throws -> Void) rethrows {
        for index in words.indices {
            var word = words[index]
            while word != 0 {
                try body(index << 6 + word.trailingZeroBitCount)
                word &= word - 1
            }
        }
    }

    package static func & (left: Bitset, right: Bitset) -> Bitset { left.joined(right, Bitmaps.and) }
    package static func | (left: Bitset, right: Bitset) -> Bitset { left.joined(right, Bitmaps.or) }
    /// Members of the first that are not in the second.
    package static func - (left: Bitset, right: Bitset) -> Bitset { left.joined(right, Bitmaps.minus) }
    package static func &= (left: inout Bitset, right: Bitset) { left = left & right }
    package static func |= (left: inout Bitset, right: Bitset) { left = left | right }
    package static func -= (left: inout Bitset, right: Bitset) { left = left - right }

    /// Everything below the capacity that is no member.
    package static prefix func ! (set: Bitset) -> Bitset {
        var result = set
        for index in result.words.indices { result.words[index] = ~result.words[index] }
        result.clearTail()
        return result
    }

    /// Number of members two sets share.
    package func countOfIntersection(with other: Bitset) -> Int {
        precondition(capacity == other.capacity, "sets that are combined have one capacity")
        return Bitmaps.shared(words, other.words)
    }

    /// The same set as a list of its words that are not empty, for what is compared with many others.
    var sparse: SparseBitset {
        SparseBitset(capacity: capacity, words: words.indices.filter { words[$0] != 0 }.map { ($0, words[$0]) })
    }

    private func joined(_ other: Bitset, _ operation: ([UInt64], [UInt64]) -> [UInt64]) -> Bitset {
        precondition(capacity == other.capacity, "sets that are combined have one capacity")
        return Bitset(capacity: capacity, words: operation(words, other.words))
    }

    private mutating func clearTail() {
        let used = capacity & 63
        if used != 0, let last = words.indices.last { words[last] &= (1 << UInt64(used)) - 1 }
    }
}

/// The words of a ``Bitset`` that are not empty.
struct SparseBitset {
    let capacity: Int
    let words: [(index: Int, word: UInt64)]

    /// Number of members two sets share.
    func countOfIntersection(with other: Bitset) -> Int {
        precondition(capacity == other.capacity, "sets that are combined have one capacity")
        var count = 0
        for (index, word) in words { count += (word & other.words[index]).nonzeroBitCount }
        return count
    }
}

extension Bitset {
    /// Adds all members of a posting list.
    mutating func insert(_ postings: PostingList) { postings.insert(into: &words) }
}
