internal import Glibc
internal import LinearAlgebra
internal import Mapping
internal import Vectors

/// Makes a latent model of counted texts, and the vectors of these texts.  The same texts in the same order give the
/// same bytes on one machine, whatever the number of threads.
package enum LatentModelBuilder {
    /// Texts whose vectors are made at a time.
    private static let part = 4096

    /// What a run is doing; numbers are texts.
    package typealias Progress = (_ done: Int, _ total: Int) throws -> Void

    /// Writes the model and the vectors, one row a text in their order; a text without a known word has none.
    ///
    /// - Parameters:
    ///   - model: path of the model; files beside it, named after it, are made and removed.
    ///   - vectors: path of the vector file.
    ///   - progress: called between the steps; what it throws ends the run.
    /// - Returns: nil, and no file, when no word is in enough texts: nothing then relates one text to another.
    package static func build(
        _ counts: WordCounts, model path: String, vectors: String, threads: Int = Workers.cores, progress: Progress
    ) throws -> LatentModel? {
        try counts.finish()
        let entries = try CountedTexts(counts)
        try progress(0, counts.count)
        let weights = WordWeights(counts, entries: entries)
        guard let singular = try decompose(entries, weights, counts, beside: path, threads: threads),
            !singular.values.isEmpty
        else { return nil }
        try progress(0, counts.count)
        try write(singular.right, weights, texts: counts.count, to: path)
        let model = try LatentModel(path: path)
        let writer = try VectorWriter(path: vectors, dimensions: model.dimensions, identity: model.identity)
        for first in stride(from: 0, to: counts.count, by: part) {
            let range = first..<min(counts.count, first + part)
            try writer.append(project(entries, range, weights, model, threads: threads))
            try progress(range.upperBound, counts.count)
        }
        try writer.finish()
        return model
    }

    /// The leading singular vectors of the weighted counts; nil without words.
    private static func decompose(
        _ entries: CountedTexts, _ weights: WordWeights, _ counts: WordCounts, beside path: String, threads: Int
    ) throws(VectorsError) -> SingularVectors? {
        guard !weights.keys.isEmpty else { return nil }
        let (positions, values) = ("\(path).positions", "\(path).values")
        defer {
            OutputFile.remove(positions)
            OutputFile.remove(values)
        }
        let ends = try writeMatrix(entries, weights, positions: positions, values: values)
        let matrix = try WeightedCounts(ends: ends, columns: weights.keys.count, positions: positions, values: values)
        do {
            return try SingularVectors(
                of: matrix.rows, rank: counts.settings.dimensions(texts: counts.count), threads: threads)
        } catch {
            throw VectorsError(.invalid, "the records' words cannot be analysed: \(error.detail)")
        }
    }

    /// Writes the weighted counts as sparse rows of length one: a long text counts as much as a short one.  Returns
    /// where rows end.
    private static func writeMatrix(
        _ entries: CountedTexts, _ weights: WordWeights, positions: String, values: String
    ) throws(VectorsError) -> [UInt64] {
        let placesFile = try OutputFile(path: positions, headerSize: 0)
        let valuesFile = try OutputFile(path: values, headerSize: 0)
        var (columns, numbers): ([UInt32], [Float]) = ([], [])
        var ends: [UInt64] = [0]
        ends.reserveCapacity(entries.count + 1)
        var written: UInt64 = 0
        for text in 0..<entries.count {
            let first = numbers.count
            var square: Float = 0
            entries.forEach(of: text) { number, count in
                let column = weights.columns[Int(number)]
                guard column != WordWeights.none else { return }
                let value = WordWeights.local(count) * weights.global[Int(column)]
                guard value > 0 else { return }
                columns.append(column)
                numbers.append(value)
                square += value * value
            }
            let factor = 1 / max(square.squareRoot(), .leastNormalMagnitude)
            for index in first..<numbers.count { numbers[index] *= factor }
            ends.append(written + UInt64(numbers.count))
            guard numbers.count >= 1 << 18 || text + 1 == entries.count else { continue }
            try placesFile.append(columns[...])
            try valuesFile.append(numbers[...])
            written += UInt64(numbers.count)
            columns.removeAll(keepingCapacity: true)
            numbers.removeAll(keepingCapacity: true)
        }
        try placesFile.close()
        try valuesFile.close()
        return ends
    }

    /// Writes the model file: every row scaled to a greatest number of one, so that half floats lose nothing of rare
    /// words.
    private static func write(
        _ right: Matrix, _ weights: WordWeights, texts: Int, to path: String
    ) throws(VectorsError) {
        let count = weights.keys.count
        var factors = [Float](repeating: 0, count: count)
        var halves = [UInt16](repeating: 0, count: count * right.columns)
        var scaled = [Float](repeating: 0, count: right.columns)
        for word in 0..<count {
            let row = UnsafeBufferPointer(start: right.start(of: word), count: right.columns)
            let greatest = row.reduce(Float(0)) { max($0, abs($1)) }
            guard greatest > 0 else { continue }
            factors[word] = greatest * weights.global[word]
            for index in 0..<right.columns { scaled[index] = row[index] / greatest }
            halves.withUnsafeMutableBufferPointer { target in
                guard let base = target.baseAddress else { return }
                HalfFloat.convert(scaled, to: base + word * right.columns, count: right.columns)
            }
        }
        let file = try OutputFile(path: path, headerSize: LatentModelHeader.size)
        var checksum = Fingerprint()
        func append<Number: BitwiseCopyable>(_ numbers: [Number]) throws(VectorsError) {
            let length = numbers.count * MemoryLayout<Number>.stride
            var bytes = [UInt8](repeating: 0, count: FileHeader.padded(length))
            bytes.withUnsafeMutableBytes { target in numbers.withUnsafeBytes { target.copyMemory(from: $0) } }
            bytes.withUnsafeBytes { checksum.add(words: $0) }
            try file.append(bytes[...])
        }
        try append(weights.keys)
        try append(factors)
        try append(halves)
        try file.finish(
            header: LatentModelHeader(
                words: count, dimensions: right.columns, texts: texts, checksum: checksum.value
            ).bytes)
    }

    /// The vectors of texts that follow one another.
    private static func project(
        _ entries: CountedTexts, _ range: Range<Int>, _ weights: WordWeights, _ model: LatentModel, threads: Int
    ) -> Matrix {
        Matrix(rows: range.count, columns: model.dimensions) { base in
            let target = Target(base)
            let workers = max(1, min(threads, range.count / 64))
            Workers.run(count: workers) { worker in
                var sum = LatentModel.Sum(model)
                for position in worker * range.count / workers..<(worker + 1) * range.count / workers {
                    entries.forEach(of: range.lowerBound + position) { number, count in
                        let column = weights.columns[Int(number)]
                        if column != WordWeights.none { sum.add(Int(column), count: count) }
                    }
                    let vector = sum.vector
                    (target.base + position * vector.count).update(from: vector, count: vector.count)
                }
            }
        }
    }

    /// Where the vectors go.  `@unchecked Sendable`: each thread writes rows of its own.
    private struct Target: @unchecked Sendable {
        let base: UnsafeMutablePointer<Float>
        init(_ base: UnsafeMutablePointer<Float>) { self.base = base }
    }
}

/// The two scratch files of a sparse matrix, mapped.
private final class WeightedCounts: Sendable {
    private let ends: AlignedEnds
    private let positions: MappedFile
    private let values: MappedFile
    private let columns: Int

    init(ends: [UInt64], columns: Int, positions: String, values: String) throws(VectorsError) {
        do {
            self.positions = try MappedFile(path: positions)
            self.values = try MappedFile(path: values)
        } catch { throw VectorsError(.missing, error.detail) }
        let size = 4 * Int(ends.last ?? 0)
        guard self.positions.count == size, self.values.count == size else {
            throw VectorsError(.corrupt, "\(positions) is not what was written")
        }
        self.ends = AlignedEnds(ends)
        self.columns = columns
    }

    var rows: SparseRows {
        // Without entries there is nothing to point at, and nothing is read.
        let none = UnsafeRawPointer(ends.base)
        return SparseRows(
            rows: ends.count - 1, columns: columns, ends: ends.base,
            positions: (positions.bytes.baseAddress ?? none).assumingMemoryBound(to: UInt32.self),
            values: (values.bytes.baseAddress ?? none).assumingMemoryBound(to: Float.self), keptBy: self)
    }
}

/// An array of numbers at a fixed address.  `@unchecked Sendable`: the numbers never change.
private final class AlignedEnds: @unchecked Sendable {
    let base: UnsafePointer<UInt64>
    let count: Int

    init(_ numbers: [UInt64]) {
        let target = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, numbers.count))
        target.initialize(repeating: 0, count: max(1, numbers.count))
        target.update(from: numbers, count: numbers.count)
        base = UnsafePointer(target)
        count = numbers.count
    }

    deinit { base.deallocate() }
}
