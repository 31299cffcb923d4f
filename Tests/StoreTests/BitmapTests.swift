import CShims
import TestSupport
import Testing

@testable import Store

/// Operations on bitmaps, in every version that this processor has.
@Suite(.serialized) struct BitmapTests {
    @Test(arguments: [0, 1, 2] as [Int32], [0, 1, 7, 8, 9, 1000]) func `words are joined and counted`(
        version: Int32, count: Int
    ) {
        discover_rows_use(version)
        defer { discover_rows_use(2) }
        var random = SplitMix(seed: UInt64(count))
        let a = (0..<count).map { _ in random.next() & random.next() }
        let b = (0..<count).map { _ in random.next() | random.next() }
        #expect(Bitmaps.and(a, b) == zip(a, b).map { $0 & $1 })
        #expect(Bitmaps.or(a, b) == zip(a, b).map { $0 | $1 })
        #expect(Bitmaps.minus(a, b) == zip(a, b).map { $0 & ~$1 })
        #expect(Bitmaps.count(a) == a.reduce(0) { $0 + $1.nonzeroBitCount })
        #expect(Bitmaps.shared(a, b) == zip(a, b).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount })
        let (before, total) = Bitmaps.ranks(a)
        #expect(before.indices.allSatisfy { Int(before[$0]) == Bitmaps.count(Array(a[..<$0])) })
        #expect(total == Bitmaps.count(a))
    }
}
