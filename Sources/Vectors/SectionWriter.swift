import LinearAlgebra

/// Appends the sections of an inverted file one after the other, each padded to 64 bytes.
struct SectionWriter {
    private let file: OutputFile
    private var fingerprint = Fingerprint()

    init(path: String) throws(VectorsError) { file = try OutputFile(path: path, headerSize: InvertedFileHeader.size) }

    /// Of everything appended so far.
    var checksum: UInt64 { fingerprint.value }

    func finish(_ header: InvertedFileHeader) throws(VectorsError) { try file.finish(header: header.bytes) }

    /// A section of numbers.
    mutating func append<Number: BitwiseCopyable>(_ numbers: [Number]) throws(VectorsError) {
        let length = numbers.count * MemoryLayout<Number>.stride
        var bytes = [UInt8](repeating: 0, count: FileHeader.padded(length))
        bytes.withUnsafeMutableBytes { target in numbers.withUnsafeBytes { target.copyMemory(from: $0) } }
        try bytes.withUnsafeBufferPointer { buffer throws(VectorsError) in
            try append(UnsafeRawBufferPointer(buffer))
        }
    }

    /// The centroids' codes, and their factors.
    mutating func append(codesOf centroids: Matrix) throws(VectorsError) {
        let width = Codes.width(of: centroids.columns)
        var codes = [Int8](repeating: 0, count: centroids.rows * width)
        var factors: [Float] = []
        codes.withUnsafeMutableBufferPointer { buffer in
            guard let target = buffer.baseAddress else { return }
            for list in 0..<centroids.rows {
                factors.append(
                    Codes.encode(
                        centroids.start(of: list), dimensions: centroids.columns, into: target + list * width))
            }
        }
        try append(codes)
        try append(factors)
    }

    /// For each list the mean of its rows' cosines, and their standard deviation.
    mutating func append(cosines: [Float], in groups: Groups) throws(VectorsError) {
        var means: [Float] = []
        var deviations: [Float] = []
        for list in 0..<groups.ends.count - 1 {
            let members = groups.members(of: list)
            let count = Double(max(1, members.count))
            let mean = members.reduce(0) { $0 + Double(cosines[Int($1)]) } / count
            let square = members.reduce(0) {
                $0 + (Double(cosines[Int($1)]) - mean) * (Double(cosines[Int($1)]) - mean)
            }
            means.append(Float(mean))
            deviations.append(Float((square / count).squareRoot()))
        }
        try append(means)
        try append(deviations)
    }

    /// The codes of rows, and their factors.
    mutating func append(codesOf rows: [UInt32], by coder: RowCoder) throws(VectorsError) {
        var factors: [Float] = []
        factors.reserveCapacity(rows.count)
        try coder.encode(rows) { part throws(VectorsError) in
            try append(part.codes)
            factors += part.factors
        }
        try append(factors)
    }

    /// A multiple of 64 bytes.
    private mutating func append(_ bytes: UnsafeRawBufferPointer) throws(VectorsError) {
        fingerprint.add(words: bytes)
        try file.append(bytes)
    }
}
