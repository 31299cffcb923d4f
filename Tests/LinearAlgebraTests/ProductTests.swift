import LinearAlgebra
import Testing

@Suite struct ProductTests {
    @Test(arguments: [0, 1, 7, 8, 31, 32, 33, 384])
    func `a dot product is the sum of products at any length`(count: Int) throws {
        let a = (0..<count).map { Float($0 % 5) - 2 }
        let b = (0..<count).map { Float($0 % 7) - 3 }
        let expected = zip(a, b).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        #expect(Product.dot(a, b) == expected)
        #expect(Product.dot(a, b + [1]) == nil)
    }

    @Test func `products follow their definition, with scale, keep and strides`() throws {
        let a: [Float] = [1, 2, 99, 3, 4, 99]
        let b: [Float] = [5, 6, 7, 8, 9, 10]
        var c: [Float] = [1, 1, 1, 0, 1, 1, 1, 0]
        Product.timesTransposed(
            a, stride: 3, b, stride: 2, into: &c, stride: 4, rows: 2, columns: 3, depth: 2, scale: 2, keep: 10)
        #expect(c == [44, 56, 68, 0, 88, 116, 144, 0])
        var d = [Float](repeating: 0, count: 6)
        Product.times(a, stride: 3, b, stride: 3, into: &d, stride: 3, rows: 2, columns: 3, depth: 2)
        #expect(d == [21, 24, 27, 47, 54, 61])
    }

    @Test(arguments: [1, 3, 22, 41, 80], [1, 16, 17, 100, 400])
    func `products of few rows, which are computed in slices, are those of plain sums`(rows: Int, columns: Int) {
        let depth = 384
        let a = (0..<rows * depth).map { Float($0 % 7) - 3 }
        let b = (0..<columns * depth).map { Float($0 % 5) - 2 }
        var c = [Float](repeating: 1, count: rows * columns)
        Product.timesTransposed(
            a, stride: depth, b, stride: depth, into: &c, stride: columns, rows: rows, columns: columns, depth: depth,
            keep: 1)
        for row in 0..<rows {
            for column in stride(from: row % 3, to: columns, by: 7) {
                let expected = (0..<depth).reduce(Float(1)) { $0 + a[row * depth + $1] * b[column * depth + $1] }
                #expect(c[row * columns + column] == expected)
            }
        }
    }

    @Test func `rows of two matrices are compared all with all`() throws {
        let left = try #require(Matrix([[1, 0], [0, 1], [1, 1]]))
        let right = try #require(Matrix([[2, 3], [4, 5]]))
        let dots = Product.dots(left, right)
        #expect((0..<3).map(dots.row) == [[2, 4], [3, 5], [5, 9]])
    }

    @Test func `normalising gives length one and leaves zero alone`() {
        var vector: [Float] = [3, 0, -4]
        Product.normalize(&vector, count: 3)
        #expect(vector == [0.6, 0, -0.8])
        var zero: [Float] = [0, 0]
        Product.normalize(&zero, count: 2)
        #expect(zero == [0, 0])
    }

    @Test func `rows of different length are no matrix, no rows are an empty one`() throws {
        #expect(Matrix([[1, 2], [3]]) == nil)
        #expect(try #require(Matrix([])).rows == 0)
        let empty = try Product.dots(#require(Matrix([])), #require(Matrix([])))
        #expect(empty.rows == 0)
    }

    @Test(arguments: [0, 1, 2, 17, 200]) func `products of rows among themselves are those of two matrices`(
        count: Int
    ) throws {
        let numbers = (0..<count).map { row -> [Float] in
            (0..<384).map { column -> Float in Float((row * 31 + column * 17) % 23 - 11) / 16 }
        }
        let rows = try #require(Matrix(numbers))
        let (among, both) = (Product.dots(among: rows), Product.dots(rows, rows))
        #expect((0..<count).allSatisfy { among.row($0) == both.row($0) }, "sums of few binary digits are exact")
    }

    @Test func `a number that is not finite is found anywhere`() {
        for index in 0..<40 {
            var vector = [Float](repeating: 1, count: 40)
            #expect(Product.isFinite(vector))
            vector[index] = index % 2 == 0 ? .nan : -.infinity
            #expect(!Product.isFinite(vector))
        }
    }
}
