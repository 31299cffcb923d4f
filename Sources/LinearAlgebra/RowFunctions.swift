import Glibc

/// The functions of a transformer that run over the rows of a matrix, in place, each in as few passes as it can.
/// Approximations are good to a few units in the last place of a float.
package enum RowFunctions {
    /// Writes the same row into every row: how a linear layer's bias is laid down before its product is added.
    package static func fill(
        _ target: UnsafeMutablePointer<Float>, rows: Int, width: Int, with row: UnsafePointer<Float>
    ) {
        for index in 0..<rows { (target + index &* width).update(from: row, count: width) }
    }

    /// Adds `addend` to `target`, element by element.
    package static func add(_ addend: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int) {
        let source = UnsafeRawPointer(addend)
        let sink = UnsafeMutableRawPointer(target)
        var index = 0
        while index &+ 8 <= count {
            sink.storeBytes(
                of: load8(sink, index &* 4) + load8(source, index &* 4), toByteOffset: index &* 4, as: SIMD8<Float>.self
            )
            index &+= 8
        }
        while index < count {
            target[index] += addend[index]
            index &+= 1
        }
    }

    /// Adds a bias to every row and applies the exact GELU, `x/2 · (1 + erf(x/√2))`
    /// (Hendrycks and Gimpel 2016, arXiv:1606.08415).
    package static func addBiasAndGELU(
        _ target: UnsafeMutablePointer<Float>, rows: Int, width: Int, bias: UnsafePointer<Float>
    ) {
        let biases = UnsafeRawPointer(bias)
        for row in 0..<rows {
            let start = target + row &* width
            let raw = UnsafeMutableRawPointer(start)
            var index = 0
            while index &+ 8 <= width {
                let x = load8(raw, index &* 4) + load8(biases, index &* 4)
                raw.storeBytes(of: gelu(x), toByteOffset: index &* 4, as: SIMD8<Float>.self)
                index &+= 8
            }
            while index < width {
                start[index] = gelu(SIMD8<Float>(repeating: start[index] + bias[index]))[0]
                index &+= 1
            }
        }
    }

    /// Adds a bias to every row, brings the row to mean 0 and variance 1, then scales and shifts it
    /// (Ba, Kiros and Hinton 2016, arXiv:1607.06450).
    package static func addBiasAndNormalize(
        _ target: UnsafeMutablePointer<Float>, rows: Int, width: Int, bias: UnsafePointer<Float>?,
        scale: UnsafePointer<Float>, shift: UnsafePointer<Float>, epsilon: Float
    ) {
        guard width > 0 else { return }
        for row in 0..<rows {
            let start = target + row &* width
            if let bias { add(bias, to: start, count: width) }
            normalizeLayer(start, width: width, scale: scale, shift: shift, epsilon: epsilon)
        }
    }

    private static func normalizeLayer(
        _ row: UnsafeMutablePointer<Float>, width: Int, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
        epsilon: Float
    ) {
        let raw = UnsafeMutableRawPointer(row)
        let whole = width / 8 * 8
        var sums = SIMD8<Float>()
        for index in stride(from: 0, to: whole, by: 8) { sums += load8(raw, index &* 4) }
        var sum = sums.sum()
        for index in whole..<width { sum += row[index] }
        let mean = sum / Float(width)

        let means = SIMD8<Float>(repeating: mean)
        var squares = SIMD8<Float>()
        for index in stride(from: 0, to: whole, by: 8) {
            let difference = load8(raw, index &* 4) - means
            squares += difference * difference
        }
        var square = squares.sum()
        for index in whole..<width { square += (row[index] - mean) * (row[index] - mean) }
        let factor = 1 / (square / Float(width) + epsilon).squareRoot()

        let factors = SIMD8<Float>(repeating: factor)
        for index in stride(from: 0, to: whole, by: 8) {
            let at = index &* 4
            let value = (load8(raw, at) - means) * factors * load8(scale, at) + load8(shift, at)
            raw.storeBytes(of: value, toByteOffset: at, as: SIMD8<Float>.self)
        }
        for index in whole..<width { row[index] = (row[index] - mean) * factor * scale[index] + shift[index] }
    }

    /// Turns every row into probabilities, `exp(x - max) / sum`.
    package static func softmax(_ target: UnsafeMutablePointer<Float>, rows: Int, width: Int) {
        guard width > 0 else { return }
        for row in 0..<rows { softmax(target + row &* width, width: width) }
    }

    private static func softmax(_ row: UnsafeMutablePointer<Float>, width: Int) {
        let raw = UnsafeMutableRawPointer(row)
        let whole = width / 8 * 8
        var greatest = -Float.infinity
        if whole > 0 {
            var most = load8(raw, 0)
            for index in stride(from: 8, to: whole, by: 8) {
                let next = load8(raw, index &* 4)
                most.replace(with: next, where: next .> most)
            }
            greatest = most.max()
        }
        for index in whole..<width where row[index] > greatest { greatest = row[index] }

        let most = SIMD8<Float>(repeating: greatest)
        var sums = SIMD8<Float>()
        for index in stride(from: 0, to: whole, by: 8) {
            let value = exponential(load8(raw, index &* 4) - most)
            sums += value
            raw.storeBytes(of: value, toByteOffset: index &* 4, as: SIMD8<Float>.self)
        }
        var sum = sums.sum()
        for index in whole..<width {
            row[index] = exponential(SIMD8<Float>(repeating: row[index] - greatest))[0]
            sum += row[index]
        }
        let factor = 1 / sum
        let factors = SIMD8<Float>(repeating: factor)
        for index in stride(from: 0, to: whole, by: 8) {
            raw.storeBytes(of: load8(raw, index &* 4) * factors, toByteOffset: index &* 4, as: SIMD8<Float>.self)
        }
        for index in whole..<width { row[index] *= factor }
    }
}

/// `x/2 · (1 + erf(x/√2))`.
@inline(__always)
private func gelu(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let half = x * 0.5
    return half + half * errorFunction(x * 0.707_106_77)
}

/// The error function: an odd rational function up to 3.92, where it is ±1 to float precision.  The minimax
/// coefficients are those Eigen and XLA use.
@inline(__always)
private func errorFunction(_ argument: SIMD8<Float>) -> SIMD8<Float> {
    let limit = SIMD8<Float>(repeating: 3.92)
    var x = argument
    x.replace(with: limit, where: x .> limit)
    x.replace(with: -limit, where: x .< -limit)
    let y = x * x
    var p = y * -2.726_142_4e-10 + 2.770_681_4e-8
    p = p * y - 2.101_024e-6
    p = p * y - 5.692_506_4e-5
    p = p * y - 7.349_906_3e-4
    p = p * y - 2.954_6e-3
    p = p * y - 1.609_603_3e-2
    var q = y * -1.456_607_2e-5 - 2.133_740_6e-4
    q = q * y - 1.682_827e-3
    q = q * y - 7.373_329e-3
    q = q * y - 1.426_474e-2
    var result = x * p / q
    result.replace(with: 1, where: argument .>= limit)
    result.replace(with: -1, where: argument .<= -limit)
    return result
}

/// `exp(x)` for x ≤ 0: the power of two is split off and the rest is a polynomial, as in Cephes `expf`.
@inline(__always)
func exponential(_ argument: SIMD8<Float>) -> SIMD8<Float> {
    let lowest = SIMD8<Float>(repeating: -87)
    var x = argument
    x.replace(with: lowest, where: x .< lowest)
    // Adding 1.5 · 2²³ rounds to a whole number, which is then in the low bits.
    let magic = SIMD8<Float>(repeating: 12_582_912)
    let shifted = x * 1.442_695_04 + magic
    let whole = shifted - magic
    let rest = x - whole * 0.693_359_375 + whole * 2.121_944_4e-4
    var p = rest * 1.987_569_1e-4 + 1.398_2e-3
    p = p * rest + 8.333_452e-3
    p = p * rest + 4.166_579_6e-2
    p = p * rest + 0.166_666_65
    p = p * rest + 0.5
    p = p * rest * rest + rest + 1
    let exponent = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &- unsafeBitCast(magic, to: SIMD8<UInt32>.self)
    return p * unsafeBitCast((exponent &+ 127) &<< 23, to: SIMD8<Float>.self)
}
