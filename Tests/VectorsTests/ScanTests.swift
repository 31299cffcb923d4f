import Foundation
import LinearAlgebra
import Testing
import Vectors

@Suite struct ScanTests {
    /// What a scan must find, in double precision and by sorting everything.
    private func expected(_ rows: [[Float]], _ query: [Float], _ chosen: [UInt32], limit: Int) -> [UInt32] {
        func score(_ row: UInt32) -> Double {
            zip(rounded(rows[Int(row)]), query).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let scored = chosen.filter { row in rows[Int(row)].contains { $0 != 0 } }.map { (score($0), $0) }
        return scored.sorted { $0.0 > $1.0 || ($0.0 == $1.0 && $0.1 < $1.1) }.prefix(limit).map(\.1)
    }

    @Test(arguments: [1, 10, 1000], [3, 40])
    func `the nearest rows are those of a full sort, whatever the selection`(limit: Int, dimensions: Int) throws {
        var numbers = Numbers(seed: 7)
        var rows = (0..<300).map { _ in numbers.vector(dimensions) }
        for row in stride(from: 5, to: 300, by: 17) { rows[row] = [Float](repeating: 0, count: dimensions) }
        let query = numbers.vector(dimensions)
        let some = (0..<300).filter { $0 % 3 != 1 }.map(UInt32.init)
        var words = [UInt64](repeating: 0, count: 7)
        for row in some { words[Int(row) / 64] |= 1 << UInt64(row % 64) }
        words[6] = .max
        try withTemporaryFolder { folder in
            let file = try vectorFile(rows, dimensions: dimensions, in: folder)
            let all = (0..<300).map(UInt32.init)
            #expect(
                try file.nearest(to: query, limit: limit).map(\.row) == expected(rows, query, all, limit: limit))
            let chosen = expected(rows, query, some, limit: limit)
            #expect(try file.nearest(to: query, limit: limit, among: .rows(some)).map(\.row) == chosen)
            #expect(try file.nearest(to: query, limit: limit, among: .bitmap(words)).map(\.row) == chosen)
        }
    }

    @Test func `scores agree between one query, chosen rows and many queries`() throws {
        var numbers = Numbers(seed: 3)
        let rows = (0..<50).map { _ in numbers.vector(33) }
        let queries = (0..<4).map { _ in numbers.vector(33) }
        try withTemporaryFolder { folder in
            let file = try vectorFile(rows, dimensions: 33, in: folder)
            let many = try file.scores(of: #require(Matrix(queries)))
            #expect(many.rows == 4)
            #expect(many.columns == 50)
            for (index, query) in queries.enumerated() {
                let scores = try file.scores(of: query)
                #expect(zip(scores, many.row(index)).allSatisfy { abs($0 - $1) < 1e-5 })
                #expect(try file.scores(of: query, rows: [3, 49, 0]) == [scores[3], scores[49], scores[0]])
            }
        }
    }

    @Test func `many queries at once have the answers they have one by one`() throws {
        var numbers = Numbers(seed: 23)
        var rows = (0..<2500).map { _ in numbers.vector(20) }
        rows[7] = [Float](repeating: 0, count: 20)
        let queries = (0..<5).map { _ in numbers.vector(20) }
        let words = [UInt64](repeating: 0xF0F0_F0F0_0F0F_0F0F, count: 30)
        try withTemporaryFolder { folder in
            let file = try vectorFile(rows, dimensions: 20, in: folder)
            for selection in [RowSelection.all, .bitmap(words), .rows([1, 7, 2499]), .rows([])] {
                let many = try file.nearest(to: #require(Matrix(queries)), limit: 12, among: selection)
                #expect(many == (try queries.map { try file.nearest(to: $0, limit: 12, among: selection) }))
            }
            #expect(try file.nearest(to: #require(Matrix(queries)), limit: 0) == [[], [], [], [], []])
            #expect(throws: VectorsError.self) { try file.nearest(to: #require(Matrix([[1, 2]])), limit: 1) }
            #expect(throws: VectorsError.self) {
                try file.nearest(to: #require(Matrix(queries)), limit: 1, among: .rows([2500]))
            }
        }
    }

    @Test func `equal scores are ordered by row`() throws {
        try withTemporaryFolder { folder in
            let rows = [[Float]](repeating: [1, 0], count: 40) + [[2, 0]] + [[Float]](repeating: [1, 0], count: 40)
            let file = try vectorFile(rows, dimensions: 2, in: folder)
            #expect(try file.nearest(to: [1, 0], limit: 5).map(\.row) == [40, 0, 1, 2, 3])
        }
    }

    @Test func `rows without a vector are nobody's neighbours, rows at a right angle are`() throws {
        try withTemporaryFolder { folder in
            let file = try vectorFile([[0, 0], [0, 1], [-1, 0], [0, 0]], dimensions: 2, in: folder)
            #expect(try file.nearest(to: [1, 0], limit: 10).map(\.row) == [1, 2])
            #expect(try file.scores(of: [1, 0]) == [0, 0, -1, 0])
        }
    }

    @Test(arguments: [[Float](), [1], [1, 2, 3], [Float.nan, 1], [1, Float.infinity]])
    func `a query that cannot be compared is an error`(query: [Float]) throws {
        try withTemporaryFolder { folder in
            let file = try vectorFile([[1, 0]], dimensions: 2, in: folder)
            #expect(throws: VectorsError.self) { try file.scores(of: query) }
            #expect(throws: VectorsError.self) { try file.scores(of: query, rows: [0]) }
            #expect(throws: VectorsError.self) { try file.nearest(to: query, limit: 1) }
            let matrix = try #require(Matrix([query]))
            #expect(throws: VectorsError.self) { try file.scores(of: matrix) }
        }
    }

    @Test func `a row that does not exist is an error, a limit of nothing finds nothing`() throws {
        try withTemporaryFolder { folder in
            let file = try vectorFile([[1, 0]], dimensions: 2, in: folder)
            #expect(throws: VectorsError.self) { try file.nearest(to: [1, 0], limit: 1, among: .rows([1])) }
            #expect(try file.nearest(to: [1, 0], limit: 0).isEmpty)
            #expect(try file.nearest(to: [1, 0], limit: -3).isEmpty)
            #expect(try file.nearest(to: [1, 0], limit: 3, among: .rows([])).isEmpty)
            #expect(try file.nearest(to: [1, 0], limit: 3, among: .bitmap([])).isEmpty)
        }
    }

    @Test func `an empty file has no neighbours`() throws {
        try withTemporaryFolder { folder in
            let file = try vectorFile([], dimensions: 2, in: folder)
            #expect(try file.nearest(to: [1, 0], limit: 3).isEmpty)
            #expect(try file.scores(of: [1, 0]).isEmpty)
        }
    }
}
