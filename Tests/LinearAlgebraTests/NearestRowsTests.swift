import CShims
import Testing

@testable import LinearAlgebra

/// Rows near to rows.
struct NearestRowsTests {
    private func invented(_ rows: Int, _ columns: Int, seed: UInt64, steps: Int) -> Matrix {
        var state = seed
        return Matrix(rows: rows, columns: columns) { base in
            for index in 0..<rows * columns {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                base[index] = Float(Int(state >> 33) % steps) - Float(steps / 2)
            }
        }
    }

    @Test(arguments: [(1, 3), (2, 1), (7, 3), (40, 5), (40, 100), (130, 25)], [3, 1000])
    func `they are those of a full sort, the first of equal ones, on every processor`(
        size: (rows: Int, limit: Int), steps: Int
    ) {
        defer { discover_rows_use(2) }
        // Few steps make many equal products.
        let matrix = invented(size.rows, 4, seed: UInt64(size.rows), steps: steps)
        let all = Product.dots(among: matrix)
        let versions = [0, 1, 2].map { (version: Int32) in
            discover_rows_use(version)
            return NearestRows(size.limit, among: matrix)
        }
        for (found, row) in versions.flatMap({ found in (0..<size.rows).map { (found, $0) } }) {
            let expected = all.row(row).enumerated().filter { $0.offset != row && $0.element > 0 }
                .sorted { ($0.element, $1.offset) > ($1.element, $0.offset) }.prefix(size.limit)
                .sorted { $0.offset < $1.offset }
            #expect(found.of(row).map(\.row) == expected.map(\.offset))
            #expect(found.of(row).map(\.product) == expected.map(\.element))
        }
    }

    @Test(arguments: [(0, 5), (5, 0), (1, 1)])
    func `where there are none to keep, none are kept`(size: (rows: Int, limit: Int)) {
        let found = NearestRows(size.limit, among: invented(size.rows, 2, seed: 1, steps: 9))
        for row in 0..<size.rows { #expect(Array(found.of(row)).isEmpty) }
    }
}
