/// The greatest singular values of a sparse matrix and the right singular vectors that belong to them: what a truncated
/// singular value decomposition keeps of it.
///
/// Found by randomised subspace iteration (Halko, Martinsson and Tropp 2011, doi:10.1137/090771806, algorithms 4.4 and
/// 5.1, on AᵀA): a few more random directions than are wanted are multiplied by AᵀA and made orthonormal again, a few
/// times over; within the space they then span the small problem is solved exactly (Rayleigh-Ritz).
package struct SingularVectors: Sendable {
    /// Singular values, the greatest first; those that cannot be distinguished from zero are left out.
    package let values: [Float]
    /// One row a column of the matrix, one number a singular value: the projection of a row of the matrix is the sum of
    /// these rows by its values.
    package let right: Matrix

    /// Directions beyond those wanted; twenty or more make the answer near the best (Halko et al., section 4).
    package static let oversampling = 32
    /// Singular values below this share of the greatest are rounding: their squares are computed in 32 bits.
    private static let smallest = 1e-3

    /// Finds them.  The same matrix gives the same bits on one machine, whatever the number of threads.  Memory: three
    /// times `columns × (rank + oversampling)` floats.
    ///
    /// - Parameters:
    ///   - rank: how many at most.
    ///   - rounds: multiplications by AᵀA before the last; each makes small singular values fade as their square.
    /// - Throws: when a number is not finite.
    package init(
        of matrix: SparseRows, rank: Int, rounds: Int = 3, seed: UInt64 = 1, threads: Int = Workers.cores
    ) throws(DecompositionError) {
        let size = max(0, min(rank + Self.oversampling, matrix.rows, matrix.columns))
        guard size > 0, rank > 0 else {
            values = []
            right = Matrix(rows: matrix.columns, columns: 0) { _ in }
            return
        }
        let basis = Panels(rows: matrix.columns, columns: size)
        let image = Panels(rows: matrix.columns, columns: size)
        let columns = AlignedBlock(count: matrix.columns * size)
        Self.fillWithSigns(columns.base, count: matrix.columns * size, seed: seed)
        for round in 0...max(0, rounds) {
            if round > 0 { image.copyColumns(to: columns.base) }
            try Decomposition.orthonormalize(columns.base, rows: matrix.columns, columns: size)
            basis.takeColumns(from: columns.base)
            Self.multiplyByGram(matrix, basis, into: image, threads: threads)
        }
        let (squares, vectors) = try Self.solve(columns: columns, image: image)
        let greatest = squares.last ?? 0
        let kept = squares.indices.reversed().prefix(rank)
            .prefix { squares[$0] > max(greatest * Self.smallest * Self.smallest, .leastNormalMagnitude) }
        values = kept.map { Float(squares[$0].squareRoot()) }
        // Ritz vectors: the basis, turned.
        let turn = Matrix(rows: kept.count, columns: size) { target in
            for (row, index) in kept.enumerated() {
                for column in 0..<size { target[row * size + column] = Float(vectors[index * size + column]) }
            }
        }
        right = Matrix(rows: matrix.columns, columns: kept.count) { target in
            Product.combine(
                columns: UnsafePointer(columns.base), rows: matrix.columns, by: turn, into: target)
        }
    }

    /// `image ← AᵀA · basis`, panel by panel.
    private static func multiplyByGram(_ matrix: SparseRows, _ basis: Panels, into image: Panels, threads: Int) {
        let workers = max(1, min(threads, basis.count))
        Workers.run(count: workers) { worker in
            for panel in stride(from: worker, to: basis.count, by: workers) {
                matrix.multiplyByGram(UnsafePointer(basis.start(of: panel)), into: image.start(of: panel))
            }
        }
    }

    /// Eigenvalues and eigenvectors of `Qᵀ AᵀA Q`, given the columns of Q and the image `AᵀA Q`.
    private static func solve(
        columns: AlignedBlock, image: Panels
    ) throws(DecompositionError) -> (values: [Double], vectors: [Double]) {
        let size = image.columns
        let other = AlignedBlock(count: image.rows * size)
        image.copyColumns(to: other.base)
        BLAS.use(threads: 1)
        var small = [Float](repeating: 0, count: size * size)
        // Columns stored one after the other are the rows of the transposed matrix.
        Product.timesTransposed(
            UnsafePointer(columns.base), stride: image.rows, UnsafePointer(other.base), stride: image.rows,
            into: &small,
            stride: size, rows: size, columns: size, depth: image.rows)
        var symmetric = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0..<size {
                symmetric[row * size + column] =
                    (Double(small[row * size + column]) + Double(small[column * size + row])) / 2
            }
        }
        return try Decomposition.eigen(symmetric: symmetric, size: size)
    }

    /// Random signs (SplitMix64): as good as normal numbers here, and the same on every machine.
    private static func fillWithSigns(_ target: UnsafeMutablePointer<Float>, count: Int, seed: UInt64) {
        var state = seed
        var bits: UInt64 = 0
        for index in 0..<count {
            if index & 63 == 0 {
                state &+= 0x9E37_79B9_7F4A_7C15
                bits = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
                bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
                bits ^= bits >> 31
            }
            target[index] = bits & 1 == 0 ? 1 : -1
            bits >>= 1
        }
    }
}
