import Foundation
import LinearAlgebra
import Testing
import Vectors

/// A folder that is gone after the body.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "vectors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}

/// Numbers that look random and are the same everywhere.
struct Numbers {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    /// Between -1 and 1.
    mutating func next() -> Float {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int64(bitPattern: state) >> 40) / Float(1 << 23)
    }

    mutating func vector(_ count: Int) -> [Float] { (0..<count).map { _ in next() } }
}

/// The numbers as a vector file keeps them.
func rounded(_ vector: [Float]) -> [Float] { vector.map { Float(Float16($0)) } }

/// Writes rows to a file and opens it.
func vectorFile(
    _ rows: [[Float]], dimensions: Int, in folder: URL, isSettled: Bool = false
) throws -> VectorFile {
    let path = folder.appending(path: "vectors.bin").path
    let writer = try VectorWriter(path: path, dimensions: dimensions, identity: "model-1", isSettled: isSettled)
    for row in rows { try writer.append(row) }
    try writer.finish()
    return try VectorFile(path: path, identity: "model-1")
}

@Suite struct VectorFileTests {
    @Test(arguments: [0, 1, 2, 7, 700], [1, 3, 384])
    func `rows come back as they were written, rounded to half floats`(count: Int, dimensions: Int) throws {
        var numbers = Numbers(seed: 1)
        let rows = (0..<count).map { _ in numbers.vector(dimensions) }
        try withTemporaryFolder { folder in
            let file = try vectorFile(rows, dimensions: dimensions, in: folder)
            #expect(file.count == count)
            #expect(file.dimensions == dimensions)
            for (index, row) in rows.enumerated() { #expect(try file.row(index) == rounded(row)) }
            try file.verify()
            #expect(throws: VectorsError.self) { try file.row(count) }
            #expect(throws: VectorsError.self) { try file.row(-1) }
        }
    }

    @Test func `a matrix is appended row by row, and zeros stay zeros`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "v").path
            let writer = try VectorWriter(path: path, dimensions: 2, identity: "")
            try writer.append(#require(Matrix([[1, 2], [3, 4]])))
            try writer.append([0, 0])
            #expect(writer.count == 3)
            try writer.finish()
            let file = try VectorFile(path: path)
            #expect(try (0..<3).map(file.row) == [[1, 2], [3, 4], [0, 0]])
        }
    }

    @Test(arguments: [[Float.nan, 0], [Float.infinity, 0], [0, -Float.infinity], [65_520, 0], [1], [1, 2, 3], []])
    func `a vector that cannot be compared is refused and leaves the file as it was`(vector: [Float]) throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "v").path
            let writer = try VectorWriter(path: path, dimensions: 2, identity: "")
            try writer.append([1, 0])
            let error = try #require(throws: VectorsError.self) { try writer.append(vector) }
            #expect(error.kind == .invalid)
            #expect(error.detail.contains("row 1"))
            try writer.append([0, 1])
            try writer.finish()
            #expect(try VectorFile(path: path).count == 2)
        }
    }

    @Test func `a file of another model is refused by name`() throws {
        try withTemporaryFolder { folder in
            _ = try vectorFile([[1, 0]], dimensions: 2, in: folder)
            let path = folder.appending(path: "vectors.bin").path
            let error = try #require(throws: VectorsError.self) { try VectorFile(path: path, identity: "model-2") }
            #expect(error.kind == .foreign)
            #expect(error.detail.contains("model-2"))
        }
    }

    @Test func `a file that was not finished is refused`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "v").path
            do {
                let writer = try VectorWriter(path: path, dimensions: 2, identity: "")
                try writer.append([1, 0])
            }
            let error = try #require(throws: VectorsError.self) { try VectorFile(path: path) }
            #expect(error.detail.contains("not finished"))
        }
    }

    @Test func `a file cut anywhere or grown is refused`() throws {
        try withTemporaryFolder { folder in
            _ = try vectorFile([[1, 0], [0, 1], [1, 1]], dimensions: 2, in: folder)
            let whole = try Data(contentsOf: folder.appending(path: "vectors.bin"))
            let path = folder.appending(path: "w")
            for length in [0, 1, 63, 64, 65, whole.count - 1] {
                try whole.prefix(length).write(to: path)
                let error = try #require(throws: VectorsError.self) { try VectorFile(path: path.path) }
                #expect(error.kind == .corrupt, "\(length)")
            }
            try (whole + Data([0])).write(to: path)
            #expect(throws: VectorsError.self) { try VectorFile(path: path.path) }
        }
    }

    @Test(arguments: [0, 8, 12, 20, 23, 24, 31])
    func `a header with any wrong field is refused`(offset: Int) throws {
        try withTemporaryFolder { folder in
            _ = try vectorFile([[1, 0], [0, 1]], dimensions: 2, in: folder)
            let path = folder.appending(path: "vectors.bin")
            var bytes = try Data(contentsOf: path)
            bytes[offset] ^= 0xFF
            try bytes.write(to: path)
            #expect(throws: VectorsError.self) { try VectorFile(path: path.path) }
        }
    }

    @Test func `verifying finds one changed bit`() throws {
        try withTemporaryFolder { folder in
            _ = try vectorFile([[1, 0, 2], [0, 1, 3]], dimensions: 3, in: folder)
            let path = folder.appending(path: "vectors.bin")
            let whole = try Data(contentsOf: path)
            for offset in 64..<whole.count {
                var bytes = whole
                bytes[offset] ^= 1
                try bytes.write(to: path)
                #expect(throws: VectorsError.self) { try VectorFile(path: path.path).verify() }
            }
        }
    }

    @Test func `no file and no folder are told apart from damage`() throws {
        let error = try #require(throws: VectorsError.self) { try VectorFile(path: "/nowhere/vectors.bin") }
        #expect(error.kind == .missing)
        let writing = try #require(throws: VectorsError.self) {
            try VectorWriter(path: "/nowhere/vectors.bin", dimensions: 2, identity: "")
        }
        #expect(writing.kind == .unwritable)
        #expect(throws: VectorsError.self) { try VectorFile(path: FileManager.default.temporaryDirectory.path) }
    }
}
