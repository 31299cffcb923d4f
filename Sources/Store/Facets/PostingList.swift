package import Mapping

/// A sorted list of numbers inside a mapped facet file; copying it copies no numbers.
///
/// `@unchecked Sendable`: the numbers never change, and the list keeps their file mapped.
@safe package struct PostingList: RandomAccessCollection, @unchecked Sendable {
    @usableFromInline let words: UnsafeBufferPointer<UInt32>
    @usableFromInline let owner: MappedFile

    init(_ words: UnsafeBufferPointer<UInt32>, owner: MappedFile) {
        self.words = words
        self.owner = owner
    }

    @inlinable package var startIndex: Int { 0 }
    @inlinable package var endIndex: Int { words.count }
    @inlinable package subscript(position: Int) -> UInt32 {
        precondition(position >= 0 && position < words.count, "position outside of a posting list")
        return UInt32(littleEndian: words[position])
    }

    /// Direct access for hot loops.  On the little-endian machines we build for, the bytes are the numbers.
    @inlinable package func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<UInt32>) throws -> Result
    ) rethrows -> Result? {
        try withExtendedLifetime(owner) { try body(words) }
    }

    /// Whether a number is in the list: binary search.
    @inlinable package func has(_ number: UInt32) -> Bool { words.hasAscending(number) }
}

extension RandomAccessCollection<UInt32> where Index == Int {
    /// Whether a collection whose numbers ascend holds one: binary search.
    @inlinable package func hasAscending(_ number: UInt32) -> Bool {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < endIndex && self[low] == number
    }
}

/// Recorded intervals of one range field, sorted by part.
package struct QuantityList: RandomAccessCollection, Sendable {
    /// One interval and the part it belongs to.
    package struct Element: Sendable, Hashable {
        package let part: UInt32
        package let min: Double
        package let max: Double
    }
    /// The parts alone.
    package let parts: PostingList
    let minima: NumberList
    let maxima: NumberList

    init(parts: PostingList, minima: NumberList, maxima: NumberList) {
        self.parts = parts
        self.minima = minima
        self.maxima = maxima
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { parts.count }
    package subscript(position: Int) -> Element {
        Element(part: parts[position], min: minima[position], max: maxima[position])
    }
}

/// Numbers of 16 bits inside a mapped facet file.
///
/// `@unchecked Sendable` for the reason given at ``PostingList``.
struct ShortList: @unchecked Sendable {
    let numbers: UnsafeBufferPointer<UInt16>
    let owner: MappedFile
}

/// Doubles inside a mapped facet file.
///
/// `@unchecked Sendable` for the reason given at ``PostingList``.
struct NumberList: @unchecked Sendable {
    let numbers: UnsafeBufferPointer<UInt64>
    let owner: MappedFile

    subscript(position: Int) -> Double {
        precondition(position >= 0 && position < numbers.count, "position outside of a number list")
        return Double(bitPattern: UInt64(littleEndian: numbers[position]))
    }
}
