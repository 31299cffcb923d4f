import CShims

/// The functions of a transformer that run over the rows of a matrix, in place, each in as few passes as it can.
/// Approximations are good to a few units in the last place of a float.
package enum RowFunctions {
    /// Writes the same row into every row: a linear layer's bias, before its product is added.
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
        discover_activate(target, rows, width, bias, 0)
    }

    /// Adds a bias to every row and applies the GELU that is computed with a tangent,
    /// `x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³)))`: what configurations call `gelu_new`.
    package static func addBiasAndGELUByTanh(
        _ target: UnsafeMutablePointer<Float>, rows: Int, width: Int, bias: UnsafePointer<Float>
    ) {
        discover_activate(target, rows, width, bias, 1)
    }

    /// Adds a bias to every row and makes what is below zero zero.
    package static func addBiasAndReLU(
        _ target: UnsafeMutablePointer<Float>, rows: Int, width: Int, bias: UnsafePointer<Float>
    ) {
        discover_activate(target, rows, width, bias, 2)
    }

    /// Adds a bias to every row, brings the row to mean 0 and variance 1, then scales and shifts it
    /// (Ba, Kiros and Hinton 2016, arXiv:1607.06450).
    package static func addBiasAndNormalize(
        _ target: UnsafeMutablePointer<Float>, rows: Int, width: Int, bias: UnsafePointer<Float>?,
        scale: UnsafePointer<Float>, shift: UnsafePointer<Float>, epsilon: Float
    ) {
        guard width > 0 else { return }
        discover_normalize(target, rows, width, bias, scale, shift, epsilon)
    }

    /// Floats that ``attend(_:_:_:stride:length:depth:scale:into:stride:scratch:)`` needs to work in.
    package static func attentionScratch(length: Int, depth: Int) -> Int {
        discover_attention_scratch(length, depth)
    }

    /// One head of scaled dot-product attention over the `length` rows of one text (Vaswani et al. 2017,
    /// arXiv:1706.03762): rows of `depth` numbers, of queries, keys and values, `stride` floats apart.  The result may
    /// overwrite the queries.
    package static func attend(
        _ queries: UnsafePointer<Float>, _ keys: UnsafePointer<Float>, _ values: UnsafePointer<Float>, stride: Int,
        length: Int, depth: Int, scale: Float, into result: UnsafeMutablePointer<Float>, stride resultStride: Int,
        scratch: UnsafeMutablePointer<Float>
    ) {
        guard length > 0, depth > 0 else { return }
        discover_attention(queries, keys, values, stride, length, depth, scale, result, resultStride, scratch)
    }
}

/// `exp(x)` for x ≤ 0: the power of two is split off and the rest is a polynomial, as in Cephes `expf`.
@inline(__always)
func exponential(_ argument: SIMD8<Float>) -> SIMD8<Float> {
    let lowest = SIMD8<Float>(repeating: -87)
    var x = argument
    x.replace(with: lowest, where: x .< lowest)
    // Adding 1.5 · 2²³ rounds to an integer, which is then in the low bits.
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
