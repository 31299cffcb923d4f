import LinearAlgebra
import Testing

@Suite(.serialized) struct HalfMatrixTests {
    /// Runs the body with each version that this processor has.
    private func withEachVersion(_ body: (RowVersion) throws -> Void) rethrows {
        defer { RowVersion.useBest() }
        for version in RowVersion.allCases where RowVersion.use(version) { try body(version) }
    }

    private func halves(_ floats: [Float]) -> [UInt16] {
        [UInt16](unsafeUninitializedCapacity: floats.count) { buffer, filled in
            if let target = buffer.baseAddress { HalfFloat.convert(floats, to: target, count: floats.count) }
            filled = floats.count
        }
    }

    private func floats(_ halves: [UInt16]) -> [Float] {
        [Float](unsafeUninitializedCapacity: halves.count) { buffer, filled in
            if let target = buffer.baseAddress { HalfFloat.convert(halves, to: target, count: halves.count) }
            filled = halves.count
        }
    }

    @Test func `every half float is read as the standard says`() {
        let all = (UInt16.min...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 || $0 & 0x03FF == 0 }
        let expected = all.map { Float(Float16(bitPattern: $0)).bitPattern }
        withEachVersion { #expect(floats(all).map(\.bitPattern) == expected, "\($0)") }
    }

    @Test func `floats are rounded to the nearest half float, ties to even`() {
        var numbers = Numbers(seed: 11)
        var all: [Float] = [
            0, -0, 1, -1, 65_504, 65_519, 65_520, 1e30, -1e30, 6.0e-8, 2.9e-8, 2.98e-8, 6.1e-5, .leastNonzeroMagnitude,
        ]
        for exponent in -26...16 {
            let scale = Float(sign: .plus, exponent: exponent, significand: 1)
            for _ in 0..<200 { all.append(numbers.next() * scale) }
            // Half-way between two half floats.
            all += [scale * (1 + 1 / 2048), scale * (1 + 3 / 2048), -scale * (1 + 1 / 2048)]
        }
        let expected = all.map { Float16($0).bitPattern }
        withEachVersion { #expect(halves(all) == expected, "\($0)") }
    }

    @Test(arguments: [1, 7, 31, 32, 33, 64, 100, 384])
    func `every version of a processor gives the same bits`(width: Int) {
        var numbers = Numbers(seed: UInt64(width))
        let rows = 9
        let query = numbers.vector(width)
        let owner = AlignedBlock(count: rows * width)
        let base = UnsafeMutableRawPointer(owner.base).assumingMemoryBound(to: UInt16.self)
        HalfFloat.convert(numbers.vector(rows * width), to: base, count: rows * width)
        let matrix = HalfMatrix(rows: rows, columns: width, at: base, keptBy: owner)
        let chosen: [UInt32] = [8, 0, 3, 3, 1, 7, 2, 5, 4, 6]
        var bits: Set<[UInt32]> = []
        withEachVersion { _ in
            var all = [Float](repeating: 0, count: rows)
            matrix.dots(query, rows: 0..<rows, into: &all)
            var some = [Float](repeating: 0, count: chosen.count)
            chosen.withUnsafeBufferPointer { matrix.dots(query, chosen: $0, into: &some) }
            #expect(some == chosen.map { all[Int($0)] })
            for row in 0..<rows {
                let exact = zip(matrix.row(row), query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                #expect(abs(Double(all[row]) - exact) < 1e-4)
            }
            bits.insert(all.map(\.bitPattern))
        }
        #expect(bits.count == 1)
    }

    @Test(arguments: [1, 63, 64, 65, 128, 384])
    func `codes give the product of the rounded numbers in every version`(dimensions: Int) {
        var numbers = Numbers(seed: UInt64(dimensions))
        let width = Codes.width(of: dimensions)
        let count = 20
        var codes = [Int8](repeating: 0, count: count * width)
        var factors: [Float] = []
        var vectors: [[Float]] = []
        for row in 0..<count {
            // Ones and their opposites are where sums of bytes could overflow.
            let vector = row < 2 ? [Float](repeating: row == 0 ? 1 : -1, count: dimensions) : numbers.vector(dimensions)
            vectors.append(vector)
            codes.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                factors.append(Codes.encode(vector, dimensions: dimensions, into: base + row * width))
            }
        }
        for query in [vectors[0], vectors[1], vectors[5]] {
            var bits: Set<[UInt32]> = []
            withEachVersion { _ in
                var scores = [Float](repeating: 0, count: count)
                let code = Codes.Query(query, dimensions: dimensions)
                Codes.dots(code, codes: codes, factors: factors, count: count, into: &scores)
                bits.insert(scores.map(\.bitPattern))
                for row in 0..<count {
                    let exact = zip(vectors[row], query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                    // Half a step of 1/127 for each number on either side, at the worst.
                    #expect(abs(Double(scores[row]) - exact) <= Double(dimensions) * 1.01 / 127 + 1e-5)
                }
                let chosen: [UInt32] = [19, 0, 7, 7, 3, 2, 1, 4, 11]
                var some = [Float](repeating: 0, count: chosen.count)
                chosen.withUnsafeBufferPointer {
                    Codes.dots(code, codes: codes, factors: factors, chosen: $0, into: &some)
                }
                #expect(some == chosen.map { scores[Int($0)] })
            }
            #expect(bits.count == 1)
        }
    }

    @Test(arguments: [[Float](repeating: 0, count: 5), [.leastNonzeroMagnitude, 0, 0, 0, 0]])
    func `a vector of nothing has a code of nothing`(vector: [Float]) {
        var code = [Int8](repeating: 9, count: 64)
        #expect(Codes.encode(vector, dimensions: 5, into: &code) == 0)
        #expect(code.allSatisfy { $0 == 0 })
    }

    @Test func `numbers of any size have a code`() {
        var code = [Int8](repeating: 0, count: 64)
        for scale: Float in [1e-30, 1, 1e38] {
            let factor = Codes.encode([scale, -scale, scale / 4], dimensions: 3, into: &code)
            #expect(code[..<3].elementsEqual([127, -127, 32]))
            #expect(abs(factor * 127 / scale - 1) < 1e-6)
        }
    }
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
