import Encoder
import Foundation
import LinearAlgebra
import Vectors

/// What follows the name of the step.
struct Arguments {
    let values: [String]
    init(_ skipped: Int) { values = Array(CommandLine.arguments.dropFirst(skipped)) }
    subscript(position: Int) -> String {
        guard values.indices.contains(position) else { fatalError("argument \(position) is missing") }
        return values[position]
    }
}

/// `encode TEXTS VECTORS passage|query`: the vector of each line.
func encode(_ arguments: Arguments) throws {
    let encoder = try SentenceEncoder(folder: try ModelCache.folder())
    let texts = try String(contentsOfFile: arguments[0], encoding: .utf8).split(separator: "\n").map(String.init)
    let purpose: SentenceEncoder.Purpose = arguments[2] == "query" ? .query : .passage
    let vectors = encoder.encode(batch: texts, as: purpose)
    try Data(bytes: vectors.base, count: vectors.rows * vectors.columns * 4).write(to: URL(filePath: arguments[1]))
}

/// `write VECTORS FILE`: a vector file of these rows, of 384 numbers each.
func write(_ arguments: Arguments) throws {
    let floats = try Data(contentsOf: URL(filePath: arguments[0]), options: .alwaysMapped)
    let writer = try VectorWriter(path: arguments[1], dimensions: dimensions, identity: "bench")
    let start = ContinuousClock.now
    try floats.withUnsafeBytes { bytes in
        let numbers = bytes.assumingMemoryBound(to: Float.self)
        for row in stride(from: 0, to: numbers.count, by: dimensions) {
            try writer.append(Array(numbers[row..<row + dimensions]))
        }
    }
    try writer.finish()
    report(["seconds": seconds(since: start)])
}

/// `build FILE LISTS [COUNT [THREADS]]`: the inverted file of a vector file, which is replaced by its residuals.
func build(_ arguments: Arguments) throws {
    let start = ContinuousClock.now
    let file = try VectorFile(path: arguments[0])
    let threads = arguments.values.count > 3 ? Int(arguments[3]) ?? 0 : Workers.cores
    try InvertedFileBuilder.build(
        file, path: arguments[1], lists: arguments.values.count > 2 ? Int(arguments[2]) : nil, threads: threads)
    report(["seconds": seconds(since: start)])
}

/// `search FILE LISTS|- QUERIES LIMIT OUTPUT [BITMAP|-]`: the nearest rows of each query, one after the other on one
/// thread, as 32-bit row numbers, `LIMIT` a query and 2³² - 1 where there are fewer.
func search(_ arguments: Arguments) throws {
    let opening = ContinuousClock.now
    let lists = arguments[1] == "-" ? nil : arguments[1]
    let file = try VectorFile(path: arguments[0], lists: lists)
    let opened = seconds(since: opening)
    let numbers = try Data(contentsOf: URL(filePath: arguments[2])).withUnsafeBytes {
        Array($0.assumingMemoryBound(to: Float.self))
    }
    let queries = stride(from: 0, to: numbers.count, by: dimensions).map { Array(numbers[$0..<$0 + dimensions]) }
    let limit = Int(arguments[3]) ?? 10
    var selection = RowSelection.all
    if arguments.values.count > 5, arguments[5] != "-" {
        let words = try Data(contentsOf: URL(filePath: arguments[5])).withUnsafeBytes {
            Array($0.assumingMemoryBound(to: UInt64.self))
        }
        selection = .bitmap(words)
    }
    let before = residentBytes()
    var found: [UInt32] = []
    var times: [Double] = []
    for query in queries { _ = try file.nearest(to: query, limit: limit, among: selection) }
    for query in queries {
        let start = ContinuousClock.now
        let neighbors = try file.nearest(to: query, limit: limit, among: selection)
        times.append(seconds(since: start))
        found += neighbors.map(\.row) + [UInt32](repeating: .max, count: limit - neighbors.count)
    }
    try found.withUnsafeBytes { try Data($0).write(to: URL(filePath: arguments[4])) }
    times.sort()
    report([
        "opened": opened, "median": times[times.count / 2], "p95": times[times.count * 95 / 100],
        "mean": times.reduce(0, +) / Double(times.count), "bytesBefore": before, "bytesAfter": residentBytes(),
    ])
}

/// Numbers of a vector.
let dimensions = 384

func seconds(since start: ContinuousClock.Instant) -> Double { start.duration(to: .now) / .seconds(1) }

/// Memory of this process as the kernel counts it, mapped files included.
func residentBytes() -> Double {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return Double(fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Double(sysconf(Int32(_SC_PAGESIZE)))
}

func report(_ values: [String: Double]) {
    let data = try? JSONSerialization.data(withJSONObject: values, options: .sortedKeys)
    print(String(decoding: data ?? Data(), as: UTF8.self))
}
