import Foundation
import LinearAlgebra
import Testing

/// Widths with and without a remainder after whole SIMD vectors.
private let widths = [1, 7, 8, 19, 384]

/// Numbers that look random and are the same everywhere, between -8 and 8.
private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int64(bitPattern: state) >> 40) / Float(1 << 20)
    }
}

private func isClose(_ a: Float, _ b: Double, _ tolerance: Double) -> Bool {
    abs(Double(a) - b) <= tolerance * max(1, abs(b))
}

@Suite struct RowFunctionTests {
    @Test(arguments: widths)
    func `GELU is exact to float precision`(width: Int) {
        let bias = numbers(width, seed: 2)
        let input = numbers(3 * width, seed: 1)
        var output = input
        RowFunctions.addBiasAndGELU(&output, rows: 3, width: width, bias: bias)
        for index in input.indices {
            let x = Double(input[index]) + Double(bias[index % width])
            #expect(isClose(output[index], x / 2 * (1 + erf(x / 2.0.squareRoot())), 2e-6))
        }
    }

    @Test(arguments: widths)
    func `GELU by tanh and ReLU are those of their definitions`(width: Int) {
        let bias = numbers(width, seed: 12)
        let input = numbers(3 * width, seed: 11)
        var (byTanh, linear) = (input, input)
        RowFunctions.addBiasAndGELUByTanh(&byTanh, rows: 3, width: width, bias: bias)
        RowFunctions.addBiasAndReLU(&linear, rows: 3, width: width, bias: bias)
        for index in input.indices {
            let x = Double(input[index]) + Double(bias[index % width])
            let u = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
            #expect(isClose(byTanh[index], x / 2 * (1 + tanh(u)), 2e-6))
            #expect(isClose(linear[index], max(0, x), 1e-6))
        }
    }

    @Test func `GELU of extreme numbers stays finite`() {
        var output: [Float] = [-1e30, -100, -6, -0.0, 0, 6, 100, 1e30]
        let bias = [Float](repeating: 0, count: 8)
        RowFunctions.addBiasAndGELU(&output, rows: 1, width: 8, bias: bias)
        #expect(output[0] == 0)
        #expect(output[1] == 0)
        #expect(abs(output[2]) < 1e-6)
        #expect(output[5] == 6)
        #expect(output[7] == 1e30)
    }

    @Test(arguments: widths)
    func `layer normalisation has the mean and variance of its definition`(width: Int) {
        let (input, bias) = (numbers(2 * width, seed: 5), numbers(width, seed: 6))
        let (scale, shift) = (numbers(width, seed: 7), numbers(width, seed: 8))
        var output = input
        RowFunctions.addBiasAndNormalize(
            &output, rows: 2, width: width, bias: bias, scale: scale, shift: shift, epsilon: 1e-3)
        for row in 0..<2 {
            let x = (0..<width).map { Double(input[row * width + $0]) + Double(bias[$0]) }
            let mean = x.reduce(0, +) / Double(width)
            let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            for column in 0..<width {
                let value = (x[column] - mean) / (variance + 1e-3).squareRoot()
                let expected = value * Double(scale[column]) + Double(shift[column])
                #expect(isClose(output[row * width + column], expected, 1e-4))
            }
        }
    }
}
