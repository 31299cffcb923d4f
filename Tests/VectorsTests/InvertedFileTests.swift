import Foundation
import LinearAlgebra
import Testing
import Vectors

/// Unit rows around directions that themselves scatter around fewer, as sentence vectors do.
func scattered(_ count: Int, dimensions: Int = 32, seed: UInt64 = 9) -> [[Float]] {
    var numbers = Numbers(seed: seed)
    let centers = (0..<60).map { _ in numbers.vector(dimensions) }
    return (0..<count).map { row in
        let vector = zip(centers[row * 7 % 60], numbers.vector(dimensions)).map { $0 + 0.9 * $1 }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return vector.map { $0 / length }
    }
}

/// Writes rows and lists over them: the paths of both files, and the half floats that the first was made of.
func write(
    _ rows: [[Float]], dimensions: Int, lists: Int?, in folder: URL, threads: Int = 2, isSettled: Bool = false
) throws -> (vectors: String, lists: String, halves: VectorFile) {
    let halves = try vectorFile(rows, dimensions: dimensions, in: folder, isSettled: isSettled)
    let path = folder.appending(path: "vectors.ivf").path
    try InvertedFileBuilder.build(halves, path: path, lists: lists, threads: threads)
    return (folder.appending(path: "vectors.bin").path, path, halves)
}

/// The nearest rows by the scores of all rows of a file, sorted.
private func sorted(
    _ file: VectorFile, by query: [Float], limit: Int, where isAllowed: (Int) -> Bool = { _ in true }
) throws -> [Neighbor] {
    let scores = try file.scores(of: query)
    let rows = try (0..<file.count).filter { isAllowed($0) }.filter { try file.row($0).contains { $0 != 0 } }
    return rows.map { Neighbor(row: UInt32($0), score: scores[$0]) }
        .sorted { ($0.score, $1.row) > ($1.score, $0.row) }.prefix(limit).map(\.self)
}

@Suite struct InvertedFileTests {
    /// Bits of rows for which a condition holds.
    private func bits(_ count: Int, where holds: (Int) -> Bool) -> [UInt64] {
        var words = [UInt64](repeating: 0, count: (count + 63) / 64)
        for row in 0..<count where holds(row) { words[row / 64] |= 1 << UInt64(row % 64) }
        return words
    }

    @Test func `lists find what a scan of all rows finds, whatever the filter`() throws {
        let count = 12_000
        let rows = scattered(count)
        let queries = scattered(40, seed: 77)
        try withTemporaryFolder { folder in
            let paths = try write(rows, dimensions: 32, lists: 100, in: folder)
            let exact = paths.halves
            let file = try VectorFile(path: paths.vectors, lists: paths.lists, fewRows: 1300)
            // Half of all; those of a few directions; a tenth and fewer, which are looked at one by one.
            let filters: [RowSelection] = [
                .all, .bitmap(bits(count) { $0 % 2 == 0 }), .bitmap(bits(count) { $0 * 7 % 60 < 25 }),
                .rows((0..<count).filter { $0 % 60 < 25 }.map(UInt32.init)), .bitmap(bits(count) { $0 % 10 == 3 }),
                .rows((0..<count).filter { $0 % 1000 == 1 }.map(UInt32.init)), .bitmap([1 << 40]),
            ]
            for (number, filter) in filters.enumerated() {
                var found = 0
                var wanted = 0
                for query in queries {
                    let expected = try exact.nearest(to: query, limit: 10, among: filter)
                    let neighbors = try file.nearest(to: query, limit: 10, among: filter)
                    #expect(neighbors.count == expected.count)
                    #expect(
                        neighbors == neighbors.sorted { ($0.score, $1.row) > ($1.score, $0.row) }, "filter \(number)")
                    let scores = try file.scores(of: query, rows: neighbors.map(\.row))
                    #expect(neighbors.map(\.score) == scores, "scores are exact")
                    found += Set(neighbors.map(\.row)).intersection(expected.map(\.row)).count
                    wanted += expected.count
                }
                #expect(Double(found) >= 0.95 * Double(wanted), "filter \(number): \(found) of \(wanted)")
            }
            let many = try file.nearest(to: #require(Matrix(queries)), limit: 10, among: filters[1], threads: 3)
            #expect(many == (try queries.map { try file.nearest(to: $0, limit: 10, among: filters[1]) }))
        }
    }

    @Test(arguments: [1, 7, 200], [1, 3, 64])
    func `among chosen rows the nearest are those of a full sort`(limit: Int, step: Int) throws {
        let rows = scattered(900)
        try withTemporaryFolder { folder in
            let paths = try write(rows, dimensions: 32, lists: 6, in: folder)
            let file = try VectorFile(path: paths.vectors, lists: paths.lists)
            for query in scattered(10, seed: 5) {
                let expected = try sorted(file, by: query, limit: limit) { $0 % step == 0 }
                let chosen = (0..<900).filter { $0 % step == 0 }.map(UInt32.init)
                #expect(try file.nearest(to: query, limit: limit, among: .rows(chosen)) == expected)
                let words = bits(900) { $0 % step == 0 }
                #expect(try file.nearest(to: query, limit: limit, among: .bitmap(words)) == expected)
            }
        }
    }

    @Test func `the same rows give the same bytes, whatever the number of threads`() throws {
        let rows = scattered(2000)
        try withTemporaryFolder { folder in
            var files: Set<Data> = []
            for threads in [1, 2, 3, 2] {
                let paths = try write(rows, dimensions: 32, lists: nil, in: folder, threads: threads)
                files.insert(
                    try Data(contentsOf: URL(filePath: paths.lists)) + Data(contentsOf: URL(filePath: paths.vectors)))
            }
            #expect(files.count == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
        }
    }

    @Test(arguments: [0, 1, 2, 3, 9, 100], [nil, 1, 8, 1000])
    func `few rows, none, and fewer than lists are found like any others`(count: Int, lists: Int?) throws {
        let rows = scattered(count)
        try withTemporaryFolder { folder in
            let paths = try write(rows, dimensions: 32, lists: lists, in: folder)
            let file = try VectorFile(path: paths.vectors, lists: paths.lists)
            try file.verify()
            let query = scattered(1, seed: 3)[0]
            for limit in [1, 5, 200] {
                let found = try file.nearest(to: query, limit: limit)
                #expect(found.count == min(limit, count))
                #expect(try found.map(\.score) == file.scores(of: query, rows: found.map(\.row)))
                #expect(try file.nearest(to: query, limit: limit, among: .bitmap([])).isEmpty)
            }
            #expect(try file.nearest(to: query, limit: 200) == sorted(file, by: query, limit: 200))
            #expect(try file.nearest(to: query, limit: 0).isEmpty)
            #expect(try file.nearest(to: query, limit: -1).isEmpty)
        }
    }

    @Test func `rows of zeros are nobody's neighbours and a file of them has none`() throws {
        try withTemporaryFolder { folder in
            var rows = scattered(300)
            for row in stride(from: 0, to: 300, by: 3) { rows[row] = [Float](repeating: 0, count: 32) }
            var paths = try write(rows, dimensions: 32, lists: 10, in: folder)
            var file = try VectorFile(path: paths.vectors, lists: paths.lists)
            try file.verify()
            let found = try file.nearest(to: rows[1], limit: 300)
            #expect(found.count == 200)
            #expect(found.allSatisfy { $0.row % 3 != 0 })
            #expect(try file.nearest(to: rows[1], limit: 5, among: .rows([0, 3, 4])).map(\.row) == [4])

            paths = try write(
                [[Float]](repeating: [Float](repeating: 0, count: 32), count: 40), dimensions: 32, lists: nil,
                in: folder)
            file = try VectorFile(path: paths.vectors, lists: paths.lists)
            try file.verify()
            #expect(try file.nearest(to: rows[1], limit: 5).isEmpty)
            #expect(try file.nearest(to: rows[1], limit: 5, among: .rows([0, 3, 4])).isEmpty)
        }
    }

    @Test func `equal rows are ordered by row`() throws {
        try withTemporaryFolder { folder in
            let rows = [[Float]](repeating: scattered(1)[0], count: 500)
            let paths = try write(rows, dimensions: 32, lists: 20, in: folder)
            let file = try VectorFile(path: paths.vectors, lists: paths.lists)
            let found = try file.nearest(to: rows[0], limit: 500).map(\.row)
            #expect(found == found.sorted())
            #expect(found.count == 500)
            #expect(try file.nearest(to: rows[0], limit: 3, among: .rows([77, 99, 400])).map(\.row) == [77, 99, 400])
        }
    }

    @Test(arguments: [0, 1e-30, 1e-3, 1, 1e4, 1e30] as [Float])
    func `the length of a query changes no neighbour`(scale: Float) throws {
        let rows = scattered(600)
        try withTemporaryFolder { folder in
            // So few lists are all looked at.
            let paths = try write(rows, dimensions: 32, lists: 4, in: folder)
            let file = try VectorFile(path: paths.vectors, lists: paths.lists)
            let query = scattered(1, seed: 4)[0].map { $0 * scale }
            #expect(try file.nearest(to: query, limit: 3) == sorted(file, by: query, limit: 3))
        }
    }

    @Test(arguments: [[Float](), [1], [Float](repeating: .nan, count: 32), [Float](repeating: -.infinity, count: 32)])
    func `a query that cannot be compared is an error`(query: [Float]) throws {
        try withTemporaryFolder { folder in
            let paths = try write(scattered(100), dimensions: 32, lists: 4, in: folder)
            let file = try VectorFile(path: paths.vectors, lists: paths.lists)
            #expect(throws: VectorsError.self) { try file.nearest(to: query, limit: 1) }
            #expect(throws: VectorsError.self) { try file.nearest(to: query, limit: 1, among: .bitmap([3])) }
            #expect(throws: VectorsError.self) { try file.nearest(to: #require(Matrix([query])), limit: 1) }
            #expect(throws: VectorsError.self) {
                try file.nearest(to: scattered(1)[0], limit: 1, among: .rows([100]))
            }
        }
    }
}

@Suite struct InvertedFileDamageTests {
    private func withFile(
        _ body: (_ vectors: String, _ lists: URL, _ whole: Data) throws -> Void
    ) throws {
        try withTemporaryFolder { folder in
            let paths = try write(scattered(130), dimensions: 32, lists: 5, in: folder)
            let url = URL(filePath: paths.lists)
            try body(paths.vectors, url, try Data(contentsOf: url))
        }
    }

    @Test func `a file cut anywhere or grown is refused`() throws {
        try withFile { vectors, lists, whole in
            for length in [0, 1, 64, 127, 128, 129, whole.count / 2, whole.count - 64, whole.count - 1] {
                try whole.prefix(length).write(to: lists)
                let error = try #require(throws: VectorsError.self) {
                    try VectorFile(path: vectors, lists: lists.path)
                }
                #expect(error.kind == .corrupt, "\(length)")
            }
            try (whole + Data([0])).write(to: lists)
            #expect(throws: VectorsError.self) { try VectorFile(path: vectors, lists: lists.path) }
        }
    }

    @Test func `a header with any changed bit is refused`() throws {
        try withFile { vectors, lists, whole in
            for offset in 0..<80 {
                var bytes = whole
                bytes[offset] ^= 1 << UInt8(offset % 8)
                try bytes.write(to: lists)
                #expect(throws: VectorsError.self, "\(offset)") { try VectorFile(path: vectors, lists: lists.path) }
            }
        }
    }

    @Test func `lists of other vectors are refused by name, and no file is told apart from damage`() throws {
        try withFile { vectors, lists, whole in
            try withTemporaryFolder { other in
                let paths = try write(scattered(130, seed: 10), dimensions: 32, lists: 5, in: other)
                let error = try #require(throws: VectorsError.self) {
                    try VectorFile(path: vectors, lists: paths.lists)
                }
                #expect(error.kind == .foreign)
                #expect(error.detail.contains("other vectors"))
            }
            let missing = try #require(throws: VectorsError.self) {
                try VectorFile(path: vectors, lists: "/nowhere/vectors.ivf")
            }
            #expect(missing.kind == .missing)
            let foreign = try #require(throws: VectorsError.self) { try VectorFile(path: vectors, lists: vectors) }
            #expect(foreign.detail.contains("no inverted file"))
            try Data(count: whole.count).write(to: lists)
            let unfinished = try #require(throws: VectorsError.self) {
                try VectorFile(path: vectors, lists: lists.path)
            }
            #expect(unfinished.detail.contains("not finished"))
            let unwritable = try #require(throws: VectorsError.self) {
                try withTemporaryFolder { other in
                    let halves = try vectorFile(scattered(9), dimensions: 32, in: other)
                    defer {
                        let left = try? FileManager.default.contentsOfDirectory(atPath: other.path)
                        #expect(left == ["vectors.bin"], "the half floats are still there, and nothing else")
                    }
                    try InvertedFileBuilder.build(halves, path: "/nowhere/vectors.ivf")
                }
            }
            #expect(unwritable.kind == .unwritable)
        }
    }

    @Test(arguments: [0, 1000])
    func `verifying finds any changed byte, and a search meets none that it does not survive`(few: Int) throws {
        try withFile { vectors, lists, whole in
            let query = scattered(1, seed: 3)[0]
            for offset in stride(from: 128, to: whole.count, by: 37) {
                for change: UInt8 in [1, 0x80, 0xFF] {
                    var bytes = whole
                    bytes[offset] ^= change
                    try bytes.write(to: lists)
                    // The ends of lists are checked on opening, rows and entries when they are met.
                    do throws(VectorsError) {
                        let file = try VectorFile(path: vectors, lists: lists.path, fewRows: few)
                        #expect(throws: VectorsError.self, "\(offset)") { try file.verify() }
                        for selection in [RowSelection.all, .rows([0, 5, 129]), .bitmap([.max, .max, .max])] {
                            do throws(VectorsError) {
                                let found = try file.nearest(to: query, limit: 130, among: selection)
                                #expect(found.allSatisfy { $0.row < 130 && $0.score.isFinite })
                            } catch { #expect(error.kind == .corrupt) }
                        }
                    } catch { #expect(error.kind == .corrupt) }
                }
            }
        }
    }
}
