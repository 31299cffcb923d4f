import CShims
import Foundation
import LinearAlgebra
import Testing

/// Numbers that look random and are the same everywhere, between -1 and 1.
private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int64(bitPattern: state) >> 40) / Float(1 << 23)
    }
}

/// The product in whole numbers, on the given version of the kernels.
private func product(
    _ rows: [Float], _ weights: Matrix, bias: [Float]?, onto start: [Float]? = nil, version: Int32 = 2
) -> [Float] {
    discover_rows_use(version)
    defer { discover_rows_use(2) }
    let count = rows.count / weights.columns
    var result = start ?? [Float](repeating: .nan, count: count * weights.rows)
    guard let fixed = FixedMatrix([weights]) else { return [] }
    let input = FixedRows()
    input.round(rows, count: count, for: fixed)
    fixed.multiply(input, bias: bias, keep: start != nil, into: &result)
    return result
}

@Suite(.serialized) struct FixedMatrixTests {
    @Test(arguments: [(1, 1, 2), (12, 32, 384), (13, 33, 386), (25, 48, 768), (7, 100, 1536)])
    func `a product in whole numbers is that of floats but for rounding`(rows: Int, columns: Int, depth: Int) throws {
        let weights = try #require(Matrix((0..<columns).map { numbers(depth, seed: UInt64($0) + 10) }))
        let input = numbers(rows * depth, seed: 1)
        let bias = numbers(columns, seed: 2)
        let start = numbers(rows * columns, seed: 3)
        let plain = product(input, weights, bias: bias)
        let added = product(input, weights, bias: nil, onto: start)
        // What rounding may lose of one product of unit numbers, with some room.
        let tolerance = 1e-3 * Double(depth).squareRoot()
        for row in 0..<rows {
            for column in 0..<columns {
                let exact = (0..<depth).reduce(0.0) {
                    $0 + Double(input[row * depth + $1]) * Double(weights.base[column * depth + $1])
                }
                let at = row * columns + column
                #expect(abs(Double(plain[at]) - exact - Double(bias[column])) < tolerance)
                #expect(abs(Double(added[at]) - exact - Double(start[at])) < tolerance)
            }
        }
    }

    @Test(arguments: [(1, 1, 2), (13, 33, 386), (25, 48, 1536)])
    func `every version of the kernel gives the same bits`(rows: Int, columns: Int, depth: Int) throws {
        let weights = try #require(Matrix((0..<columns).map { numbers(depth, seed: UInt64($0) + 20) }))
        let input = numbers(rows * depth, seed: 4)
        let bias = numbers(columns, seed: 5)
        let best = product(input, weights, bias: bias)
        #expect(product(input, weights, bias: bias, version: 0) == best)
        #expect(product(input, weights, bias: bias, version: 1) == best)
    }

    @Test func `the largest numbers do not overflow`() throws {
        let weights = try #require(Matrix([[Float](repeating: 3, count: 1536), [Float](repeating: -3, count: 1536)]))
        let result = product([Float](repeating: 100, count: 1536), weights, bias: nil)
        #expect(abs(result[0] / 460_800 - 1) < 1e-3)
        #expect(abs(result[1] / -460_800 - 1) < 1e-3)
    }

    @Test func `rows and weights of zeros give zeros`() throws {
        let weights = try #require(Matrix([[Float](repeating: 0, count: 8), numbers(8, seed: 6)]))
        #expect(product([Float](repeating: 0, count: 16), weights, bias: nil) == [0, 0, 0, 0])
        #expect(product(numbers(8, seed: 7), weights, bias: [1, 0])[0] == 1)
    }

    @Test func `an odd depth is refused`() throws {
        #expect(FixedMatrix([try #require(Matrix([[1, 2, 3]]))]) == nil)
        #expect(FixedMatrix([]) == nil)
    }

    @Test(arguments: [1, 3, 4, 33, 70], [2, 24, 32, 64])
    func `attention is that of its definition`(length: Int, depth: Int) {
        let stride = depth + 5
        let (queries, keys) = (numbers(length * stride, seed: 8), numbers(length * stride, seed: 9))
        let values = numbers(length * stride, seed: 10)
        var scratch = [Float](repeating: .nan, count: RowFunctions.attentionScratch(length: length, depth: depth))
        var results: [[Float]] = []
        for version: Int32 in [0, 1, 2] {
            discover_rows_use(version)
            var result = [Float](repeating: 0, count: length * depth)
            RowFunctions.attend(
                queries, keys, values, stride: stride, length: length, depth: depth, scale: 0.5, into: &result,
                stride: depth, scratch: &scratch)
            results.append(result)
        }
        #expect(results[0] == results[1] && results[1] == results[2])
        for row in 0..<length {
            let shares = (0..<length).map { other in
                exp(
                    (0..<depth).reduce(0.0) {
                        $0 + 0.5 * Double(queries[row * stride + $1]) * Double(keys[other * stride + $1])
                    })
            }
            let total = shares.reduce(0, +)
            for column in 0..<depth {
                let exact = (0..<length).reduce(0.0) { $0 + shares[$1] * Double(values[$1 * stride + column]) } / total
                #expect(abs(Double(results[2][row * depth + column]) - exact) < 1e-5)
            }
        }
    }
}
