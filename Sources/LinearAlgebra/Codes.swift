import CShims

/// Vectors in 8 bits a number: the greatest number of a row becomes ±127, all others follow in proportion, and the row
/// keeps the one factor (scalar quantisation; Gersho and Gray 1992).
///
/// No mean is taken away, and no rotation comes before: neither loses less (`make bench-vectors` compares them), and
/// exact scores decide among the best anyway.
package enum Codes {
    /// Bytes that a code takes: whole cache lines, padded with zeros.
    package static func width(of dimensions: Int) -> Int { (dimensions + 63) / 64 * 64 }

    /// Writes the code of a vector and returns its factor; zeros and 0 for a vector of zeros.
    package static func encode(
        _ vector: UnsafePointer<Float>, dimensions: Int, into code: UnsafeMutablePointer<Int8>
    ) -> Float {
        var greatest: Float = 0
        for index in 0..<dimensions { greatest = max(greatest, abs(vector[index])) }
        code.update(repeating: 0, count: width(of: dimensions))
        let factor = greatest / 127
        // So small that its inverse is infinite, it is nothing.
        guard factor >= .leastNormalMagnitude else { return 0 }
        let inverse = 1 / factor
        for index in 0..<dimensions {
            let number = (vector[index] * inverse).rounded(.toNearestOrEven)
            code[index] = Int8(max(-127, min(127, number)))
        }
        return factor
    }

    /// A query in the same form, once for all codes it is compared with.
    package struct Query {
        fileprivate let code: [Int8]
        fileprivate let factor: Float

        package init(_ vector: UnsafePointer<Float>, dimensions: Int) {
            var factor: Float = 0
            code = [Int8](unsafeUninitializedCapacity: Codes.width(of: dimensions)) { buffer, filled in
                if let target = buffer.baseAddress {
                    factor = Codes.encode(vector, dimensions: dimensions, into: target)
                }
                filled = Codes.width(of: dimensions)
            }
            self.factor = factor
        }
    }

    /// Approximate dot products of a query with codes that follow one another.  Of two unit vectors of 384 numbers the
    /// result is right to about 0.001.
    package static func dots(
        _ query: Query, codes: UnsafePointer<Int8>, factors: UnsafePointer<Float>, count: Int,
        into scores: UnsafeMutablePointer<Float>
    ) {
        discover_code_dots(query.code, query.factor, codes, factors, query.code.count, nil, count, scores)
    }

    /// The same with chosen codes.  Every index must be a code.
    package static func dots(
        _ query: Query, codes: UnsafePointer<Int8>, factors: UnsafePointer<Float>,
        chosen: UnsafeBufferPointer<UInt32>, into scores: UnsafeMutablePointer<Float>
    ) {
        guard let rows = chosen.baseAddress else { return }
        discover_code_dots(query.code, query.factor, codes, factors, query.code.count, rows, chosen.count, scores)
    }
}
