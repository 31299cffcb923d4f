import COpenBLAS

/// Why a matrix has no decomposition here.
package struct DecompositionError: Error, CustomStringConvertible, Sendable {
    package enum Kind: String, Sendable {
        /// A number is not finite.
        case notFinite
        /// LAPACK did not converge.
        case diverged
    }
    package let kind: Kind
    package let detail: String
    package var description: String { "decomposition \(kind.rawValue): \(detail)" }
}

/// Decompositions of dense matrices by LAPACK, on the calling thread, so that the same numbers give the same bits.
package enum Decomposition {
    /// Replaces the columns of a tall matrix, which are stored one after the other, by an orthonormal basis of what
    /// they span (Householder QR).  Columns that depend on others are replaced by any that are orthogonal to the rest.
    package static func orthonormalize(
        _ matrix: UnsafeMutablePointer<Float>, rows: Int, columns: Int
    ) throws(DecompositionError) {
        precondition(columns <= rows, "\(columns) columns of \(rows) numbers cannot be orthogonal")
        guard columns > 0 else { return }
        BLAS.use(threads: 1)
        var factors = [Float](repeating: 0, count: columns)
        let (m, n) = (Int32(rows), Int32(columns))
        try check(LAPACKE_sgeqrf(LAPACK_COL_MAJOR, m, n, matrix, m, &factors), "sgeqrf")
        try check(LAPACKE_sorgqr(LAPACK_COL_MAJOR, m, n, n, matrix, m, factors), "sorgqr")
    }

    /// Eigenvalues, ascending, and unit eigenvectors of a symmetric matrix; eigenvector j is row j of the result.
    package static func eigen(
        symmetric matrix: [Double], size: Int
    ) throws(DecompositionError) -> (values: [Double], vectors: [Double]) {
        precondition(matrix.count == size * size, "\(matrix.count) numbers for \(size) rows")
        BLAS.use(threads: 1)
        var vectors = matrix
        var values = [Double](repeating: 0, count: size)
        guard size > 0 else { return (values, vectors) }
        let n = Int32(size)
        // By columns: what comes back as columns is read as rows.
        try check(
            LAPACKE_dsyevd(
                LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), n, &vectors, n, &values),
            "dsyevd")
        return (values, vectors)
    }

    /// LAPACKE refuses arguments that are not finite as it refuses wrong ones, by a negative number; ours are never
    /// wrong.
    private static func check(_ code: Int32, _ routine: String) throws(DecompositionError) {
        if code < 0 {
            throw DecompositionError(kind: .notFinite, detail: "\(routine) was given a number that is not finite")
        }
        if code > 0 { throw DecompositionError(kind: .diverged, detail: "\(routine) did not converge (\(code))") }
    }
}
