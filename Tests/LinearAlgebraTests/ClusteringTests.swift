import Foundation
import LinearAlgebra
import Testing

@Suite struct ClusteringTests {
    /// A matrix of half floats.
    private func matrix(_ rows: [[Float]]) -> HalfMatrix {
        let width = rows[0].count
        let owner = AlignedBlock(count: rows.count * width)
        let base = UnsafeMutableRawPointer(owner.base).assumingMemoryBound(to: UInt16.self)
        HalfFloat.convert(rows.flatMap(\.self), to: base, count: rows.count * width)
        return HalfMatrix(rows: rows.count, columns: width, at: base, keptBy: owner)
    }

    /// Rows around a few directions, those of one direction `groups` apart.
    private func rows(_ count: Int, around groups: Int, width: Int) -> [[Float]] {
        var numbers = Numbers(seed: 5)
        let centers = (0..<groups).map { _ in numbers.vector(width) }
        return (0..<count).map { row in
            let row = zip(centers[row % groups], numbers.vector(width)).map { $0 + 0.1 * $1 }
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return row.map { $0 / length }
        }
    }

    private func bits(_ matrix: Matrix) -> [[UInt32]] {
        (0..<matrix.rows).map { matrix.row($0).map(\.bitPattern) }
    }

    @Test func `groups that stand apart are found`() {
        let groups = 7
        let matrix = matrix(rows(700, around: groups, width: 20))
        let all = (0..<700).map(UInt32.init)
        let centroids = Clustering.centroids(of: matrix, rows: all, count: groups, rounds: 5)
        let found = Clustering.assign(matrix, rows: all, to: centroids)
        for row in groups..<700 { #expect(found.centroids[row] == found.centroids[row % groups]) }
        #expect(Set(found.centroids).count == groups)
        #expect(found.cosines.allSatisfy { $0 > 0.9 })
    }

    @Test func `the number of threads changes no bit`() {
        let matrix = matrix(rows(3000, around: 40, width: 24))
        let all = (0..<3000).map(UInt32.init)
        let one = Clustering.centroids(of: matrix, rows: all, count: 600, rounds: 3, threads: 1)
        let expected = Clustering.assign(matrix, rows: all, to: one, threads: 1)
        for threads in [2, 3, 5] {
            let other = Clustering.centroids(of: matrix, rows: all, count: 600, rounds: 3, threads: threads)
            #expect(bits(other) == bits(one))
            let found = Clustering.assign(matrix, rows: all, to: other, threads: threads)
            #expect(found.centroids == expected.centroids)
            #expect(found.cosines == expected.cosines)
        }
    }

    @Test func `the nearest centroid is that of a plain search`() {
        let matrix = matrix(rows(300, around: 50, width: 10))
        let all = (0..<300).map(UInt32.init)
        let centroids = Clustering.centroids(of: matrix, rows: all, count: 70, rounds: 2)
        let found = Clustering.assign(matrix, rows: [299, 0, 17], to: centroids)
        for (position, row) in [299, 0, 17].enumerated() {
            let scores = (0..<70).map { zip(centroids.row($0), matrix.row(row)).reduce(0) { $0 + $1.0 * $1.1 } }
            #expect(abs((scores.max() ?? 0) - found.cosines[position]) < 1e-5)
            #expect(abs(scores[Int(found.centroids[position])] - found.cosines[position]) < 1e-5)
        }
    }

    @Test func `rows that are all the same leave centroids that can be used`() {
        let matrix = matrix([[Float]](repeating: [0.6, 0.8], count: 20))
        let all = (0..<20).map(UInt32.init)
        let centroids = Clustering.centroids(of: matrix, rows: all, count: 5, rounds: 4)
        for index in 0..<5 {
            #expect(zip(centroids.row(index), [0.6, 0.8]).allSatisfy { abs($0 - $1) < 0.01 })
        }
        #expect(Clustering.assign(matrix, rows: all, to: centroids).cosines.allSatisfy { abs($0 - 1) < 0.01 })
    }

    @Test func `members of groups come in order, empty groups included`() {
        let groups = Groups([2, 0, 2, 2, 0], count: 4)
        #expect((0..<4).map { Array(groups.members(of: $0)) } == [[1, 4], [], [0, 2, 3], []])
        #expect(groups.ends == [0, 2, 2, 5, 5])
        #expect(Groups([], count: 1).members(of: 0).isEmpty)
    }
}

@Suite struct TailsTests {
    @Test(arguments: [-6, -1, -0.1, 0, 0.1, 0.5, 1, 2, 3, 4, 5, 7] as [Float])
    func `a tail is near the true one and never far too small`(z: Float) {
        let exact = 0.5 * erfc(Double(z) / 2.0.squareRoot())
        for count in [1, 8, 11] {
            let means = [Float](repeating: 0.25, count: count)
            let inverses = [Float](repeating: 4, count: count)
            let weights = [Float](repeating: 2, count: count)
            let sum = Tails.sum(
                beyond: 0.25 + z / 4, means: means, inverses: inverses, weights: weights, count: count)
            let one = Double(sum) / Double(2 * count)
            #expect(abs(one - exact) < 0.01)
            #expect(one > exact * 0.9)
            #expect(z > 5 || one < exact * 4)
        }
    }

    @Test func `nothing weighs nothing`() {
        #expect(Tails.sum(beyond: 0, means: [], inverses: [], weights: [], count: 0) == 0)
        #expect(Tails.sum(beyond: 0, means: [1], inverses: [1], weights: [0], count: 1) == 0)
    }
}
