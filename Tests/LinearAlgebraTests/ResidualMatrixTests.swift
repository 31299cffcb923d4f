import LinearAlgebra
import Testing

/// Numbers that stay at one address.
private final class Memory<Number: BitwiseCopyable>: @unchecked Sendable {
    let base: UnsafePointer<Number>

    init(_ numbers: [Number]) {
        let copy = UnsafeMutableBufferPointer<Number>.allocate(capacity: max(1, numbers.count))
        _ = copy.initialize(from: numbers)
        guard let base = copy.baseAddress else { fatalError("no memory") }
        self.base = UnsafePointer(base)
    }

    deinit { base.deallocate() }
}

@Suite(.serialized) struct ResidualMatrixTests {
    /// Runs the body with each version that this processor has.
    private func withEachVersion(_ body: (RowVersion) throws -> Void) rethrows {
        defer { RowVersion.useBest() }
        for version in RowVersion.allCases where RowVersion.use(version) { try body(version) }
    }

    /// A row in its parts.
    private struct Encoded: Hashable {
        var code: [Int8]
        var residuals: [UInt8]
        var factor: Float = 0

        init(_ row: [Float]) {
            code = [Int8](repeating: 9, count: Codes.width(of: row.count))
            residuals = [UInt8](repeating: 9, count: ResidualMatrix.width(of: row.count))
            factor = ResidualMatrix.encode(row, columns: row.count, code: &code, residuals: &residuals)
        }

        /// The residuals as numbers, as the header of the C functions describes them.
        var restNumbers: [Int] {
            code.indices.map { index in
                let byte = residuals[index / 64 * 32 + index % 32]
                let bits = Int(index % 64 < 32 ? byte & 15 : byte >> 4)
                return bits > 7 ? bits - 16 : bits
            }
        }

        /// The numbers, as the matrix reads them.
        func decoded(_ columns: Int) -> [Float] {
            let (code, residuals, factor) = (Memory(code), Memory(residuals), Memory([factor]))
            let entry = Memory([UInt32(0)])
            let coded = ResidualMatrix.Coded(codes: code.base, factors: factor.base, count: 1, entries: entry.base)
            return ResidualMatrix(
                rows: 1, columns: columns, coded: coded, residuals: residuals.base,
                keptBy: [code, residuals, factor, entry]
            ).row(0)
        }
    }

    private func rounded(_ row: [Float]) -> [Float] { row.map { Float(Float16($0)) } }

    private func settled(_ row: [Float]) -> [Float] {
        var row = row
        ResidualMatrix.settle(&row, count: row.count)
        return row
    }

    /// Rows of half floats of all sizes: one number, zeros, the least and the greatest of all, huge ratios, and every
    /// half float up to a greatest.
    private var samples: [[Float]] {
        var numbers = Numbers(seed: 12)
        let least = Float(Float16.leastNonzeroMagnitude)
        var rows: [[Float]] = [
            [0], [-0.0], [1], [-1], [least], [65_504], [65_504, least], [least, -least, 0], [1, 6.1e-5, -6e-8],
            [Float](repeating: 0, count: 70),
        ]
        for columns in [1, 2, 17, 64, 65, 384] {
            for exponent in stride(from: -24, through: 15, by: 3) {
                let scale = Float(sign: .plus, exponent: exponent, significand: 1)
                for _ in 0..<4 {
                    rows.append(rounded(numbers.vector(columns).map { $0 * scale }))
                    // Cubes: most are far smaller than the greatest.
                    rows.append(rounded(numbers.vector(columns).map { $0 * $0 * $0 * scale }))
                }
            }
        }
        for greatest in stride(from: UInt16(1), to: 0x7C00, by: 311) {
            let least = greatest > 4000 ? greatest - 4000 : 0
            rows.append((least...greatest).map { Float(Float16(bitPattern: $0)) * ($0 % 2 == 0 ? 1 : -1) })
        }
        return rows
    }

    @Test func `what a row gives back gives the same code and residuals again, in every version`() {
        for row in samples {
            var found: Set<Encoded> = []
            withEachVersion { version in
                let encoded = Encoded(row)
                found.insert(encoded)
                // A number of the row, to how it is kept and back, is what settling makes of it.
                let back = rounded(encoded.decoded(row.count))
                let settled = settled(row)
                #expect(back == settled, "\(version), greatest \(row.map(abs).max() ?? 0)")
                #expect(Encoded(settled) == encoded, "\(version), greatest \(row.map(abs).max() ?? 0)")
                #expect(self.settled(settled) == settled)
            }
            #expect(found.count == 1)
        }
    }

    @Test func `codes and residuals are within their bounds and add up to the nearest step`() {
        for row in samples {
            let encoded = Encoded(row)
            let most = row.map(abs).max() ?? 0
            #expect(encoded.factor == most / 127)
            #expect(encoded.code.allSatisfy { $0 >= -127 })
            let residuals = encoded.restNumbers
            #expect(residuals.allSatisfy { (-8...7).contains($0) })
            let step = Double(encoded.factor) / 16
            var isNear = true
            for index in encoded.code.indices {
                let number = Double(16 * Int(encoded.code[index]) + residuals[index]) * step
                let wanted = index < row.count ? Double(row[index]) : 0
                // Half a step, and as much again where half floats are as coarse as steps.
                if abs(number - wanted) > 1.01 * step { isNear = false }
            }
            #expect(isNear, "greatest \(most)")
        }
    }

    @Test(arguments: [1, 7, 63, 64, 65, 384])
    func `scores are the same bits in every version and way, and those of the rows`(columns: Int) {
        var numbers = Numbers(seed: UInt64(columns))
        let query = numbers.vector(columns)
        let count = 40
        let rows = (0..<count).map { row in
            row % 9 == 5 ? [Float](repeating: 0, count: columns) : settled(rounded(numbers.vector(columns)))
        }
        // Codes stand in another order than rows.
        let order = (0..<count).filter { $0 % 9 != 5 }.sorted { $0 * 7 % count < $1 * 7 % count }
        let codes = Memory(order.flatMap { Encoded(rows[$0]).code })
        let factors = Memory(order.map { Encoded(rows[$0]).factor })
        let residuals = Memory(rows.flatMap { Encoded($0).residuals })
        var places = [UInt32](repeating: .max, count: count)
        for (entry, row) in order.enumerated() { places[row] = UInt32(entry) }
        let entries = Memory(places)
        let matrix = ResidualMatrix(
            rows: count, columns: columns,
            coded: ResidualMatrix.Coded(
                codes: codes.base, factors: factors.base, count: order.count, entries: entries.base),
            residuals: residuals.base, keptBy: [codes, factors, residuals, entries])
        let chosen: [UInt32] = [39, 0, 5, 3, 3, 1, 17, 12, 14, 38, 20, 21, 22, 23, 24, 2]
        var bits: Set<[UInt32]> = []
        withEachVersion { _ in
            var all = [Float](repeating: 0, count: count)
            matrix.dots(query, rows: 0..<count, into: &all)
            var part = [Float](repeating: 0, count: 10)
            matrix.dots(query, rows: 7..<17, into: &part)
            #expect(part == Array(all[7..<17]))
            var some = [Float](repeating: 0, count: chosen.count)
            chosen.withUnsafeBufferPointer { matrix.dots(query, chosen: $0, into: &some) }
            #expect(some == chosen.map { all[Int($0)] })
            for row in 0..<count {
                #expect(matrix.isZero(row) == (row % 9 == 5))
                #expect(rounded(matrix.row(row)) == rows[row])
                let exact = zip(matrix.row(row), query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                #expect(abs(Double(all[row]) - exact) < 1e-5)
            }
            bits.insert(all.map(\.bitPattern))
        }
        #expect(bits.count == 1)
    }
}
