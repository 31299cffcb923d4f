/// Spherical k-means: groups rows by direction (Dhillon and Modha 2001, doi:10.1023/A:1007612920971).  Distances are
/// matrix products; everything else follows the rows' order, so the same rows give the same bits whatever the number
/// of threads.
package enum Clustering {
    /// What ``assign(_:rows:to:threads:)`` gives: for each row asked for, its nearest centroid and the cosine to it.
    package struct Assignment: Sendable {
        package var centroids: [UInt32]
        package var cosines: [Float]
    }

    /// Rows and centroids of one product: the result stays in the second cache.
    private static let rowTile = 256
    private static let centroidTile = 512

    /// Finds unit centroids.  `rows` are the rows to learn from, at least as many as centroids, none of them zero; the
    /// first ones are the first centroids, so they must come shuffled.
    package static func centroids(
        of matrix: HalfMatrix, rows: [UInt32], count: Int, rounds: Int, threads: Int = Workers.cores
    ) -> Matrix {
        precondition(count > 0 && rows.count >= count, "\(rows.count) rows for \(count) centroids")
        var centroids = gather(matrix, rows[..<count])
        for _ in 0..<rounds {
            let assignment = assign(matrix, rows: rows, to: centroids, threads: threads)
            centroids = means(of: matrix, rows: rows, assignment.centroids, before: centroids, threads: threads)
        }
        return centroids
    }

    /// The nearest centroid of each row by dot product, the first of equal ones.
    package static func assign(
        _ matrix: HalfMatrix, rows: [UInt32], to centroids: Matrix, threads: Int = Workers.cores
    ) -> Assignment {
        // Work is split here, in the same way whatever the number of threads; BLAS would split it once more, in
        // another.
        BLAS.use(threads: 1)
        let count = rows.count
        var result = Assignment(
            centroids: [UInt32](repeating: 0, count: count), cosines: [Float](repeating: -.infinity, count: count))
        result.centroids.withUnsafeMutableBufferPointer { nearest in
            result.cosines.withUnsafeMutableBufferPointer { best in
                guard let nearest = nearest.baseAddress, let best = best.baseAddress else { return }
                let targets = Targets(nearest: nearest, best: best)
                let tiles = (count + rowTile - 1) / rowTile
                let workers = max(1, min(threads, tiles))
                Workers.run(count: workers) { worker in
                    let floats = AlignedBlock(count: rowTile * matrix.columns)
                    let scores = AlignedBlock(count: rowTile * centroidTile)
                    for tile in stride(from: worker, to: tiles, by: workers) {
                        let range = tile * rowTile..<min(count, (tile + 1) * rowTile)
                        assign(matrix, rows[range], to: centroids, floats.base, scores.base, targets)
                    }
                }
            }
        }
        return result
    }

    /// Each thread writes the rows of its own tiles.
    private struct Targets: @unchecked Sendable {
        let nearest: UnsafeMutablePointer<UInt32>
        let best: UnsafeMutablePointer<Float>
    }

    private static func assign(
        _ matrix: HalfMatrix, _ rows: ArraySlice<UInt32>, to centroids: Matrix,
        _ floats: UnsafeMutablePointer<Float>, _ scores: UnsafeMutablePointer<Float>, _ targets: Targets
    ) {
        let width = matrix.columns
        for (position, row) in rows.enumerated() {
            matrix.copyRows(Int(row)..<Int(row) + 1, to: floats + position * width)
        }
        for first in stride(from: 0, to: centroids.rows, by: centroidTile) {
            let columns = min(centroidTile, centroids.rows - first)
            Product.timesTransposed(
                floats, stride: width, centroids.start(of: first), stride: width, into: scores, stride: columns,
                rows: rows.count, columns: columns, depth: width)
            for position in 0..<rows.count {
                let found = greatest(scores + position * columns, count: columns)
                let at = rows.startIndex + position
                if found.value > targets.best[at] {
                    targets.best[at] = found.value
                    targets.nearest[at] = UInt32(first + found.index)
                }
            }
        }
    }

    /// The greatest number and its first position.
    static func greatest(_ numbers: UnsafePointer<Float>, count: Int) -> (value: Float, index: Int) {
        let raw = UnsafeRawPointer(numbers)
        let whole = count / 8 * 8
        var value = -Float.infinity
        if whole > 0 {
            var most = load8(raw, 0)
            for index in stride(from: 8, to: whole, by: 8) {
                let next = load8(raw, index &* 4)
                most.replace(with: next, where: next .> most)
            }
            value = most.max()
        }
        for index in whole..<count where numbers[index] > value { value = numbers[index] }
        for index in 0..<count where numbers[index] == value { return (value, index) }
        return (value, 0)
    }

    /// Sums of the rows of each centroid, scaled to length one.  A centroid without rows takes half of the largest
    /// group: both continue from slightly different directions.
    private static func means(
        of matrix: HalfMatrix, rows: [UInt32], _ nearest: [UInt32], before: Matrix, threads: Int
    ) -> Matrix {
        let count = before.rows
        let groups = Groups(nearest, count: count)
        let width = matrix.columns
        return Matrix(rows: count, columns: width) { base in
            let target = Shared(base)
            let workers = max(1, min(threads, count))
            Workers.run(count: workers) { worker in
                let row = AlignedBlock(count: width)
                for centroid in worker * count / workers..<(worker + 1) * count / workers {
                    let sum = target.base + centroid * width
                    for member in groups.members(of: centroid) {
                        let number = Int(rows[Int(member)])
                        matrix.copyRows(number..<number + 1, to: row.base)
                        RowFunctions.add(row.base, to: sum, count: width)
                    }
                    Product.normalize(sum, count: width)
                }
            }
            var sizes = (0..<count).map { groups.members(of: $0).count }
            for empty in 0..<count where sizes[empty] == 0 {
                guard let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }), sizes[largest] > 1 else { break }
                for index in 0..<width {
                    let value = base[largest * width + index]
                    let change: Float = index % 2 == 0 ? 1 / 1024 : -1 / 1024
                    base[empty * width + index] = value * (1 + change)
                    base[largest * width + index] = value * (1 - change)
                }
                sizes[empty] = sizes[largest] / 2
                sizes[largest] -= sizes[empty]
            }
        }
    }

    /// Each thread writes the centroids of its own range.
    private struct Shared: @unchecked Sendable {
        let base: UnsafeMutablePointer<Float>
        init(_ base: UnsafeMutablePointer<Float>) { self.base = base }
    }

    private static func gather(_ matrix: HalfMatrix, _ rows: ArraySlice<UInt32>) -> Matrix {
        Matrix(rows: rows.count, columns: matrix.columns) { base in
            for (position, row) in rows.enumerated() {
                let start = base + position * matrix.columns
                matrix.copyRows(Int(row)..<Int(row) + 1, to: start)
                Product.normalize(start, count: matrix.columns)
            }
        }
    }
}

/// Members of numbered groups, each group's in ascending order (a counting sort).
package struct Groups: Sendable {
    /// Group i is between ends i and i + 1 of ``order``.
    package let ends: [Int]
    package let order: [UInt32]

    /// `group[m]` is the group of member m, below `count`.
    package init(_ group: [UInt32], count: Int) {
        var ends = [Int](repeating: 0, count: count + 1)
        for number in group { ends[Int(number) + 1] += 1 }
        for index in 0..<count { ends[index + 1] += ends[index] }
        var next = ends
        var order = [UInt32](repeating: 0, count: group.count)
        for (member, number) in group.enumerated() {
            order[next[Int(number)]] = UInt32(member)
            next[Int(number)] += 1
        }
        self.ends = ends
        self.order = order
    }

    package func members(of group: Int) -> ArraySlice<UInt32> { order[ends[group]..<ends[group + 1]] }
}
