import Foundation
import LinearAlgebra
import Testing
import Vectors

@Suite struct ResidualFileTests {
    /// Rows of several sizes, some of them zero.
    private func rows(_ count: Int, dimensions: Int) -> [[Float]] {
        var numbers = Numbers(seed: UInt64(dimensions))
        return (0..<count).map { row in
            let scale: Float = row % 11 == 4 ? 0 : [1, 0.05, 3e-5, 900][row % 4]
            return numbers.vector(dimensions).map { $0 * scale }
        }
    }

    @Test(arguments: [1, 2, 31, 64, 65, 384])
    func `rows come back in steps of a 2032nd of their greatest number`(dimensions: Int) throws {
        let rows = rows(120, dimensions: dimensions)
        try withTemporaryFolder { folder in
            let paths = try write(rows, dimensions: dimensions, lists: 5, in: folder)
            let file = try VectorFile(path: paths.vectors, lists: paths.lists, identity: "model-1")
            try file.verify()
            #expect(file.count == 120)
            for (index, row) in rows.enumerated() {
                let halves = rounded(row)
                let most = halves.map(abs).max() ?? 0
                let back = try file.row(index)
                // Half a step, and what half floats lose once more.
                #expect(zip(halves, back).allSatisfy { abs($0 - $1) <= most * (0.5 / 2032 + 1.01 / 2048) })
                if most == 0 { #expect(back.allSatisfy { $0 == 0 }) }
            }
            #expect(throws: VectorsError.self) { try file.row(120) }
            let bytes = try FileManager.default.attributesOfItem(atPath: paths.vectors)[.size] as? Int
            #expect(bytes == 64 + 120 * ((dimensions + 63) / 64 * 32))
        }
    }

    @Test(arguments: [1, 33, 64, 384])
    func `scores are those of the rows given back, whichever way they are asked for`(dimensions: Int) throws {
        var numbers = Numbers(seed: 4)
        let queries = (0..<3).map { _ in numbers.vector(dimensions) }
        let rows = rows(90, dimensions: dimensions).map { $0.map { $0 > 1 || $0 < -1 ? $0 / 900 : $0 } }
        try withTemporaryFolder { folder in
            let paths = try write(rows, dimensions: dimensions, lists: 4, in: folder)
            let file = try VectorFile(path: paths.vectors, lists: paths.lists)
            let many = try file.scores(of: #require(Matrix(queries)))
            for (number, query) in queries.enumerated() {
                let scores = try file.scores(of: query)
                for row in 0..<90 {
                    let exact = zip(try file.row(row), query).reduce(0) { $0 + Double($1.0) * Double($1.1) }
                    #expect(abs(Double(scores[row]) - exact) < 1e-5)
                    #expect(abs(many.row(number)[row] - scores[row]) < 1e-5)
                }
                #expect(try file.scores(of: query, rows: [3, 89, 3, 4]) == [3, 89, 3, 4].map { scores[$0] })
                #expect(try file.nearest(to: query, limit: 90).allSatisfy { $0.score == scores[Int($0.row)] })
            }
        }
    }

    @Test(arguments: [2, 40])
    func `rows taken over any number of times leave the same bytes as new ones`(dimensions: Int) throws {
        let rows = rows(400, dimensions: dimensions)
        try withTemporaryFolder { folder in
            var before: [[Float]] = rows
            var files: Set<Data> = []
            for _ in 0..<3 {
                let paths = try write(before, dimensions: dimensions, lists: 9, in: folder, isSettled: true)
                let file = try VectorFile(path: paths.vectors, lists: paths.lists)
                before = try (0..<400).map(file.row)
                // The half floats that lists were made over are those that come back.
                #expect(try (0..<400).allSatisfy { try paths.halves.row($0) == rounded(before[$0]) })
                files.insert(
                    try Data(contentsOf: URL(filePath: paths.vectors)) + Data(contentsOf: URL(filePath: paths.lists)))
            }
            #expect(files.count == 1)
        }
    }

    @Test
    func `residuals are refused without their lists, with those of other residuals, and as what lists are made over`()
        throws
    {
        try withTemporaryFolder { folder in
            let paths = try write(scattered(130), dimensions: 32, lists: 5, in: folder)
            let alone = try #require(throws: VectorsError.self) { try VectorFile(path: paths.vectors) }
            #expect(alone.kind == .missing)
            #expect(alone.detail.contains("lists"))
            try withTemporaryFolder { other in
                let others = try write(scattered(130, seed: 10), dimensions: 32, lists: 5, in: other)
                for pair in [(paths.vectors, others.lists), (others.vectors, paths.lists)] {
                    let error = try #require(throws: VectorsError.self) {
                        try VectorFile(path: pair.0, lists: pair.1)
                    }
                    #expect(error.kind == .foreign)
                }
            }
            let again = try #require(throws: VectorsError.self) {
                try InvertedFileBuilder.build(
                    VectorFile(path: paths.vectors, lists: paths.lists), path: folder.appending(path: "again").path)
            }
            #expect(again.kind == .invalid)
        }
    }

    @Test func `verifying finds one changed bit of the residuals, and a file cut anywhere is refused`() throws {
        try withTemporaryFolder { folder in
            let paths = try write(scattered(20), dimensions: 32, lists: 2, in: folder)
            let url = URL(filePath: paths.vectors)
            let whole = try Data(contentsOf: url)
            for offset in stride(from: 64, to: whole.count, by: 7) {
                var bytes = whole
                bytes[offset] ^= 1 << UInt8(offset % 8)
                try bytes.write(to: url)
                let file = try VectorFile(path: paths.vectors, lists: paths.lists)
                let error = try #require(throws: VectorsError.self) { try file.verify() }
                #expect(error.kind == .corrupt)
            }
            for length in [0, 63, 64, 65, whole.count - 1] {
                try whole.prefix(length).write(to: url)
                #expect(throws: VectorsError.self, "\(length)") {
                    try VectorFile(path: paths.vectors, lists: paths.lists)
                }
            }
        }
    }

    @Test func `a damaged factor or entry gives no number that cannot be compared`() throws {
        try withTemporaryFolder { folder in
            let paths = try write(scattered(130), dimensions: 32, lists: 5, in: folder)
            let whole = try Data(contentsOf: URL(filePath: paths.lists))
            for offset in stride(from: 128, to: whole.count, by: 29) {
                for value: UInt8 in [0x7F, 0xFF] {
                    var bytes = whole
                    bytes[offset] = value
                    try bytes.write(to: URL(filePath: paths.lists))
                    guard let file = try? VectorFile(path: paths.vectors, lists: paths.lists) else { continue }
                    #expect(try file.scores(of: scattered(1)[0]).allSatisfy(\.isFinite), "\(offset)")
                    for row in 0..<130 { #expect(try file.row(row).allSatisfy(\.isFinite), "\(offset)") }
                }
            }
        }
    }
}
