import COpenBLAS

/// Settings of the BLAS library, which are the process's.
package enum BLAS {
    /// How many threads one product may use from now on.  Work that is split by ``Workers`` wants one.
    package static func use(threads: Int) { openblas_set_num_threads(Int32(clamping: max(1, threads))) }

    /// How many threads one product may use.
    package static var threads: Int { Int(openblas_get_num_threads()) }
}

/// Products of matrices and vectors.  Pointers are to row-major floats; a stride is the distance between two rows in
/// floats.  The caller answers for sizes.
package enum Product {
    /// `c ← scale · a · bᵀ + keep · c`, with `a` of `rows × depth`, `b` of `columns × depth` and `c` of
    /// `rows × columns`.  The shape of a linear layer, whose weights are stored output by input.
    package static func timesTransposed(
        _ a: UnsafePointer<Float>, stride aStride: Int, _ b: UnsafePointer<Float>, stride bStride: Int,
        into c: UnsafeMutablePointer<Float>, stride cStride: Int, rows: Int, columns: Int, depth: Int,
        scale: Float = 1, keep: Float = 0
    ) {
        guard rows > 0, columns > 0, depth > 0 else { return }
        let slice = sliceWidth(rows: rows, columns: columns, depth: depth)
        for start in stride(from: 0, to: columns, by: slice) {
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(min(slice, columns - start)), Int32(depth),
                scale, a, Int32(aStride), b + start * bStride, Int32(bStride), keep, c + start, Int32(cStride))
        }
    }

    /// How many columns to compute at a time.
    ///
    /// OpenBLAS copies all of `b` before it multiplies, which for the few rows of one query takes as long as the
    /// product itself.  Products of at most 1200 results and 10⁶ steps it computes without copying, so those of few
    /// rows are cut to that size: 22 rows by 384 × 384 then run at 107 instead of 69 GFLOPS.
    private static func sliceWidth(rows: Int, columns: Int, depth: Int) -> Int {
        let width = min(1200 / rows, 1_000_000 / (rows * depth)) / 16 * 16
        return width >= 16 && width < columns ? width : columns
    }

    /// `c ← a · b`, with `a` of `rows × depth`, `b` of `depth × columns` and `c` of `rows × columns`.
    package static func times(
        _ a: UnsafePointer<Float>, stride aStride: Int, _ b: UnsafePointer<Float>, stride bStride: Int,
        into c: UnsafeMutablePointer<Float>, stride cStride: Int, rows: Int, columns: Int, depth: Int
    ) {
        guard rows > 0, columns > 0, depth > 0 else { return }
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(depth), 1, a,
            Int32(aStride), b, Int32(bStride), 0, c, Int32(cStride))
    }

    /// `c ← aᵀ · bᵀ`, with the columns of `aᵀ`, of `rows` floats each, one after the other, and `b` of as many columns:
    /// rows of `c` are the combinations of the columns that the rows of `b` name.
    static func combine(
        columns a: UnsafePointer<Float>, rows: Int, by b: Matrix, into c: UnsafeMutablePointer<Float>
    ) {
        guard rows > 0, b.rows > 0, b.columns > 0 else { return }
        cblas_sgemm(
            CblasRowMajor, CblasTrans, CblasTrans, Int32(rows), Int32(b.rows), Int32(b.columns), 1, a, Int32(rows),
            b.base, Int32(b.columns), 0, c, Int32(b.rows))
    }

    /// Adds a row, times a factor, to a target of as many floats.
    package static func add(
        _ row: UnsafePointer<Float>, times factor: Float, to target: UnsafeMutablePointer<Float>, count: Int
    ) {
        let source = UnsafeRawPointer(row)
        let sink = UnsafeMutableRawPointer(target)
        var index = 0
        while index &+ 8 <= count {
            sink.storeBytes(
                of: load8(sink, index &* 4) + load8(source, index &* 4) * factor, toByteOffset: index &* 4,
                as: SIMD8<Float>.self)
            index &+= 8
        }
        while index < count {
            target[index] += row[index] * factor
            index &+= 1
        }
    }

    /// `a · bᵀ` as a new matrix: the dot product of every row of `a` with every row of `b`.  The matrices must have
    /// the same number of columns.
    package static func dots(_ a: Matrix, _ b: Matrix) -> Matrix {
        precondition(a.columns == b.columns, "rows of \(a.columns) and of \(b.columns) numbers")
        return Matrix(rows: a.rows, columns: b.rows) { target in
            timesTransposed(
                a.base, stride: a.columns, b.base, stride: b.columns, into: target, stride: b.rows, rows: a.rows,
                columns: b.rows, depth: a.columns)
        }
    }

    /// The dot product of every row with every row: half the work of ``dots(_:_:)``.
    package static func dots(among matrix: Matrix) -> Matrix {
        let count = matrix.rows
        return Matrix(rows: count, columns: count) { target in
            guard count > 0, matrix.columns > 0 else { return }
            cblas_ssyrk(
                CblasRowMajor, CblasUpper, CblasNoTrans, Int32(count), Int32(matrix.columns), 1, matrix.base,
                Int32(matrix.columns), 0, target, Int32(count))
            for row in 0..<count {
                for column in 0..<row { target[row * count + column] = target[column * count + row] }
            }
        }
    }

    /// Dot product of two vectors of `count` floats.  Rounding depends on `count` alone, so the same vectors always
    /// give the same score.
    package static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
        let x = UnsafeRawPointer(a)
        let y = UnsafeRawPointer(b)
        var sum0 = SIMD8<Float>()
        var sum1 = SIMD8<Float>()
        var sum2 = SIMD8<Float>()
        var sum3 = SIMD8<Float>()
        var index = 0
        while index &+ 32 <= count {
            let at = index &* 4
            sum0 += load8(x, at) * load8(y, at)
            sum1 += load8(x, at &+ 32) * load8(y, at &+ 32)
            sum2 += load8(x, at &+ 64) * load8(y, at &+ 64)
            sum3 += load8(x, at &+ 96) * load8(y, at &+ 96)
            index &+= 32
        }
        var sum = ((sum0 + sum1) + (sum2 + sum3)).sum()
        while index < count {
            sum += a[index] * b[index]
            index &+= 1
        }
        return sum
    }

    /// Dot products of one vector with consecutive rows of the same length.
    package static func dots(
        _ vector: UnsafePointer<Float>, rows: UnsafePointer<Float>, count: Int, width: Int,
        into scores: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<count { scores[row] = dot(vector, rows + row &* width, count: width) }
    }

    /// Dot products of one vector with chosen rows of a matrix of the same width.  Every index must be a row.
    package static func dots(
        _ vector: UnsafePointer<Float>, rows: UnsafePointer<Float>, chosen: UnsafeBufferPointer<UInt32>, width: Int,
        into scores: UnsafeMutablePointer<Float>
    ) {
        for position in 0..<chosen.count {
            scores[position] = dot(vector, rows + Int(chosen[position]) &* width, count: width)
        }
    }

    /// Dot product of two vectors; nil when their lengths differ.
    package static func dot(_ a: [Float], _ b: [Float]) -> Float? {
        guard a.count == b.count else { return nil }
        return a.withUnsafeBufferPointer { x in
            b.withUnsafeBufferPointer { y in
                guard let x = x.baseAddress, let y = y.baseAddress else { return 0 }
                return dot(x, y, count: a.count)
            }
        }
    }

    /// Scales a vector to length one; one that is all zero stays so.
    package static func normalize(_ vector: UnsafeMutablePointer<Float>, count: Int) {
        let length = dot(vector, vector, count: count).squareRoot()
        let factor = 1 / max(length, 1e-12)
        for index in 0..<count { vector[index] *= factor }
    }

    /// Whether every number is finite.
    package static func isFinite(_ vector: [Float]) -> Bool {
        vector.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { isFinite($0, count: buffer.count) } ?? true
        }
    }

    /// Whether every number is finite.
    package static func isFinite(_ vector: UnsafePointer<Float>, count: Int) -> Bool {
        // What is not finite leaves a difference from itself that is not zero.
        let numbers = UnsafeRawPointer(vector)
        var first = SIMD8<Float>()
        var second = SIMD8<Float>()
        var index = 0
        while index &+ 16 <= count {
            let low = load8(numbers, index &* 4)
            let high = load8(numbers, index &* 4 &+ 32)
            first += low - low
            second += high - high
            index &+= 16
        }
        var isFinite = (first + second).sum() == 0
        while index < count {
            isFinite = isFinite && vector[index].isFinite
            index &+= 1
        }
        return isFinite
    }
}

/// Eight floats at a byte offset, which need not be aligned.
@inline(__always)
func load8(_ base: UnsafeRawPointer, _ offset: Int) -> SIMD8<Float> {
    base.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
}
