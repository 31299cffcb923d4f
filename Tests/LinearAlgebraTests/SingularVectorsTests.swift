import COpenBLAS
import LinearAlgebra
import Testing

@Suite struct SingularVectorsTests {
    /// A sparse matrix and the same numbers in full.
    private final class Sample: @unchecked Sendable {
        let rows: Int
        let columns: Int
        let full: [Double]
        let sparse: SparseRows

        /// `spectrum` scales the directions, about as singular values do; about `share` of the numbers stay.
        init(rows: Int, columns: Int, spectrum: [Float], share: Float = 1, seed: UInt64 = 3) {
            var numbers = Numbers(seed: seed)
            let left = spectrum.map { _ in numbers.vector(rows) }
            let right = spectrum.map { _ in numbers.vector(columns) }
            var full = [Float](repeating: 0, count: rows * columns)
            for row in 0..<rows {
                for column in 0..<columns where abs(numbers.next()) <= share {
                    for index in spectrum.indices {
                        full[row * columns + column] += spectrum[index] * left[index][row] * right[index][column]
                    }
                }
            }
            self.rows = rows
            self.columns = columns
            self.full = full.map(Double.init)
            sparse = Sample.sparse(full, rows: rows, columns: columns)
        }

        init(_ full: [Float], rows: Int, columns: Int) {
            self.rows = rows
            self.columns = columns
            self.full = full.map(Double.init)
            sparse = Sample.sparse(full, rows: rows, columns: columns)
        }

        private static func sparse(_ full: [Float], rows: Int, columns: Int) -> SparseRows {
            var ends: [UInt64] = [0]
            var positions: [UInt32] = []
            var values: [Float] = []
            for row in 0..<rows {
                for column in 0..<columns where full[row * columns + column] != 0 {
                    positions.append(UInt32(column))
                    values.append(full[row * columns + column])
                }
                ends.append(UInt64(positions.count))
            }
            let kept = Kept(ends, positions, values)
            return SparseRows(
                rows: rows, columns: columns, ends: kept.ends, positions: kept.positions, values: kept.values,
                keptBy: kept)
        }

        /// All singular values by LAPACK.
        var reference: [Double] {
            var copy = full
            let count = min(rows, columns)
            var values = [Double](repeating: 0, count: count)
            // Vectors are not asked for.
            var (left, right) = ([0.0], [0.0])
            let code = LAPACKE_dgesdd(
                LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "N")), Int32(rows), Int32(columns), &copy, Int32(columns), &values,
                &left, Int32(columns), &right, Int32(columns))
            #expect(code == 0)
            return values
        }

        /// Frobenius norm of what a projection on the vectors leaves of the matrix.
        func rest(after vectors: Matrix) -> Double {
            var square = 0.0
            for row in 0..<rows {
                var left = Array(full[row * columns..<(row + 1) * columns])
                for index in 0..<vectors.columns {
                    var dot = 0.0
                    for column in 0..<columns {
                        dot += full[row * columns + column] * Double(vectors.row(column)[index])
                    }
                    for column in 0..<columns { left[column] -= dot * Double(vectors.row(column)[index]) }
                }
                square += left.reduce(0) { $0 + $1 * $1 }
            }
            return square.squareRoot()
        }
    }

    private final class Kept: @unchecked Sendable {
        let ends: UnsafePointer<UInt64>
        let positions: UnsafePointer<UInt32>
        let values: UnsafePointer<Float>

        init(_ ends: [UInt64], _ positions: [UInt32], _ values: [Float]) {
            func copy<Number: BitwiseCopyable>(_ numbers: [Number]) -> UnsafePointer<Number> {
                let target = UnsafeMutablePointer<Number>.allocate(capacity: max(1, numbers.count))
                target.update(from: numbers, count: numbers.count)
                return UnsafePointer(target)
            }
            (self.ends, self.positions, self.values) = (copy(ends), copy(positions), copy(values))
        }

        deinit {
            ends.deallocate()
            positions.deallocate()
            values.deallocate()
        }
    }

    private static let decaying: [Float] = (0..<60).map { 10 / Float($0 + 1) }

    @Test(arguments: [(90, 70), (70, 90), (200, 65), (64, 64)])
    func `the values are those of a full decomposition by LAPACK`(rows: Int, columns: Int) throws {
        let sample = Sample(rows: rows, columns: columns, spectrum: Self.decaying, share: 0.4)
        let found = try SingularVectors(of: sample.sparse, rank: 20)
        let expected = sample.reference
        #expect(found.values.count == 20)
        for (value, reference) in zip(found.values, expected) {
            #expect(abs(Double(value) - reference) < 2e-3 * reference, "\(value) for \(reference)")
        }
    }

    @Test func `the vectors are orthonormal and leave little more of the matrix than the best of their number`() throws
    {
        let sample = Sample(rows: 150, columns: 100, spectrum: Self.decaying, share: 0.5)
        let rank = 15
        let found = try SingularVectors(of: sample.sparse, rank: rank)
        for first in 0..<rank {
            for second in 0...first {
                let dot = (0..<100).reduce(0.0) { sum, row in
                    sum + Double(found.right.row(row)[first]) * Double(found.right.row(row)[second])
                }
                #expect(abs(dot - (first == second ? 1 : 0)) < 1e-4)
            }
        }
        let best = sample.reference.dropFirst(rank).reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(sample.rest(after: found.right) < 1.01 * best)
    }

    @Test func `a matrix of lower rank than asked for gives as many vectors as it has`() throws {
        let sample = Sample(rows: 80, columns: 60, spectrum: [5, 3, 2])
        let found = try SingularVectors(of: sample.sparse, rank: 20)
        #expect(found.values.count == 3)
        #expect(sample.rest(after: found.right) < 1e-3)
    }

    @Test(arguments: [(1, 1), (1, 5), (5, 1), (2, 3)])
    func `matrices smaller than asked for are decomposed as a whole`(rows: Int, columns: Int) throws {
        let sample = Sample(rows: rows, columns: columns, spectrum: [1, 0.5, 0.25])
        let found = try SingularVectors(of: sample.sparse, rank: 384)
        #expect(found.values.count == min(rows, columns))
        #expect(sample.rest(after: found.right) < 1e-4)
    }

    @Test(arguments: [(0, 0), (0, 4), (4, 0), (4, 4)])
    func `a matrix of nothing has no singular vectors`(rows: Int, columns: Int) throws {
        let sample = Sample([Float](repeating: 0, count: rows * columns), rows: rows, columns: columns)
        let found = try SingularVectors(of: sample.sparse, rank: 10)
        #expect(found.values.isEmpty && found.right.rows == columns && found.right.columns == 0)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `a number that is not finite is refused`(value: Float) {
        var numbers = Numbers(seed: 1)
        var full = numbers.vector(30 * 20)
        full[77] = value
        let sample = Sample(full, rows: 30, columns: 20)
        #expect {
            try SingularVectors(of: sample.sparse, rank: 5)
        } throws: {
            ($0 as? DecompositionError)?.kind == .notFinite
        }
        #expect(throws: DecompositionError.self) { try SingularVectors(of: sample.sparse, rank: 5, rounds: 0) }
    }

    @Test func `the number of threads changes no bit`() throws {
        let sample = Sample(rows: 300, columns: 250, spectrum: Self.decaying, share: 0.2)
        let one = try SingularVectors(of: sample.sparse, rank: 90, threads: 1)
        for threads in [2, 3, 8] {
            let other = try SingularVectors(of: sample.sparse, rank: 90, threads: threads)
            #expect(other.values.map(\.bitPattern) == one.values.map(\.bitPattern))
            #expect(
                (0..<250).allSatisfy { other.right.row($0).map(\.bitPattern) == one.right.row($0).map(\.bitPattern) })
        }
    }

    @Test func `columns that depend on one another become orthonormal all the same`() throws {
        var columns: [Float] = [1, 2, 3, 4, 2, 4, 6, 8, 0, 0, 0, 0]
        try Decomposition.orthonormalize(&columns, rows: 4, columns: 3)
        for first in 0..<3 {
            for second in 0...first {
                let dot = (0..<4).reduce(Float(0)) { $0 + columns[first * 4 + $1] * columns[second * 4 + $1] }
                #expect(abs(dot - (first == second ? 1 : 0)) < 1e-6)
            }
        }
    }

    @Test func `eigenvectors turn a symmetric matrix into its eigenvalues`() throws {
        let matrix: [Double] = [2, 1, 0, 1, 3, 1, 0, 1, 4]
        let (values, vectors) = try Decomposition.eigen(symmetric: matrix, size: 3)
        #expect(values == values.sorted())
        for index in 0..<3 {
            let vector = Array(vectors[index * 3..<index * 3 + 3])
            for row in 0..<3 {
                let product = (0..<3).reduce(0.0) { $0 + matrix[row * 3 + $1] * vector[$1] }
                #expect(abs(product - values[index] * vector[row]) < 1e-12)
            }
        }
    }
}
