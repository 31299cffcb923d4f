import CShims
import TestSupport
import Testing

/// The loops over lists of words, in every version that this processor has.
@Suite(.serialized) struct PostingsLoopTests {
    @Test(arguments: [0, 1, 2] as [Int32]) func `gaps become rows`(version: Int32) {
        discover_rows_use(version)
        defer { discover_rows_use(2) }
        var random = SplitMix(seed: 5)
        for count in [0, 1, 15, 16, 17, 127, 128] {
            let gaps = (0..<count).map { _ in UInt8(random.below(256)) }
            for previous in [UInt32.max, 0, 70_000] {
                var rows = [UInt32](repeating: 0, count: count)
                discover_gap_rows(gaps, count, previous, &rows)
                var last = previous
                let expected = gaps.map { gap in
                    last = last &+ UInt32(gap) &+ 1
                    return last
                }
                #expect(rows == expected)
            }
        }
    }

    @Test(arguments: [0.0, 0.02, 0.5, 1]) func `rows that are in a bitmap are found`(share: Double) {
        var random = SplitMix(seed: 6)
        let bitmap = (0..<40).map { _ in
            (0..<64).reduce(UInt64(0)) { $0 | (random.fraction() < share ? 1 << UInt64($1) : 0) }
        }
        let rows = (0..<128).map { UInt32($0 * 20 + random.below(20)) }
        for (from, to) in [(0, 128), (0, 0), (127, 128), (40, 90)] {
            var places = [UInt8](repeating: 0, count: 128)
            let found = discover_rows_in(rows, from, to, bitmap, &places)
            #expect(
                places.prefix(found).map(Int.init)
                    == (from..<to).filter { bitmap[Int(rows[$0] >> 6)] >> UInt64(rows[$0] & 63) & 1 == 1 })
        }
    }
}
