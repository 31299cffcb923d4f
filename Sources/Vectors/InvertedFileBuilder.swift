import LinearAlgebra

/// Makes the inverted file of a vector file.  The same rows give the same bytes: the seed is fixed, and nothing depends
/// on the number of threads.
package enum InvertedFileBuilder {
    /// Rows from which on an inverted file pays: below, an exact scan takes a millisecond or two.
    package static let worthwhile = 50_000

    /// Rows of the sample that the centroids are trained on, for each list.
    private static let sampled = 40
    private static let rounds = 8

    /// How many lists suit so many rows: comparing a query with the centroids then takes a fraction of the time that
    /// the lists take.
    static func lists(for count: Int) -> Int {
        max(1, min(Int(4 * Double(count).squareRoot()), count / 8))
    }

    /// Writes the file, and replaces the vector file by a file of residuals, because its half floats would repeat the
    /// codes.
    ///
    /// - Parameters:
    ///   - vectors: a file of half floats.  They can be read as long as it is open.
    ///   - lists: how many; by default what suits the number of rows.
    package static func build(
        _ vectors: VectorFile, path: String, lists: Int? = nil, threads: Int = Workers.cores
    ) throws(VectorsError) {
        guard let matrix = vectors.matrix as? HalfMatrix else {
            throw VectorsError(.invalid, "\(vectors.path) has lists already")
        }
        let coder = RowCoder(matrix: matrix, threads: threads)
        let residuals = "\(vectors.path).residuals"
        do throws(VectorsError) {
            let header = try write(residualsOf: vectors, by: coder, path: residuals)
            try write(listsOf: vectors, by: coder, owner: header, path: path, lists: lists)
            try OutputFile.rename(residuals, to: vectors.path)
        } catch {
            OutputFile.remove(residuals)
            throw error
        }
    }

    /// Writes a file of residuals; returns its header.
    private static func write(
        residualsOf vectors: VectorFile, by coder: RowCoder, path: String
    ) throws(VectorsError) -> VectorHeader {
        let file = try OutputFile(path: path, headerSize: VectorHeader.size)
        var checksum = Fingerprint()
        try coder.encode((0..<vectors.count).map { UInt32($0) }) { part throws(VectorsError) in
            checksum.add(words: part.residuals)
            try file.append(part.residuals)
        }
        let header = VectorHeader(
            numbers: .residuals, count: vectors.count, dimensions: vectors.dimensions, model: vectors.header.model,
            checksum: checksum.value)
        try file.finish(header: header.bytes)
        return header
    }

    /// Writes the lists that belong to the file with the header.
    private static func write(
        listsOf vectors: VectorFile, by coder: RowCoder, owner: VectorHeader, path: String, lists: Int?
    ) throws(VectorsError) {
        let (matrix, threads) = (coder.matrix, coder.threads)
        let present = vectors.rowsWithVectors
        let lists = max(1, min(lists ?? Self.lists(for: present.count), max(1, present.count)))
        let sample = shuffled(present, first: max(lists, sampled * lists))
        let centroids: Matrix
        if present.isEmpty {
            centroids = Matrix(rows: 1, columns: vectors.dimensions) { _ in }
        } else {
            centroids = Clustering.centroids(
                of: matrix, rows: sample, count: lists, rounds: rounds, threads: threads)
        }
        let assignment = Clustering.assign(matrix, rows: present, to: centroids, threads: threads)
        let groups = Groups(assignment.centroids, count: lists)
        let order = groups.order.map { present[Int($0)] }
        var writer = try SectionWriter(path: path)
        try writer.append(codesOf: centroids)
        try writer.append(cosines: assignment.cosines, in: groups)
        try writer.append(groups.ends.map { UInt32($0) })
        try writer.append(order)
        try writer.append(codesOf: order, by: coder)
        var entries = [UInt32](repeating: .max, count: vectors.count)
        for (entry, row) in order.enumerated() { entries[Int(row)] = UInt32(entry) }
        try writer.append(entries)
        try writer.finish(
            InvertedFileHeader(
                rows: owner.count, dimensions: owner.dimensions, vectors: owner.checksum, lists: lists,
                entries: order.count, checksum: writer.checksum,
                freedom: freedom(of: matrix, rows: present, assignment, centroids)))
    }

    /// In how many directions rows differ from their centroids: with residuals r of two rows at random, the mean of r·r
    /// squared over the mean square of r·r', the participation ratio of their covariance.  From 20,000 pairs.
    private static func freedom(
        of matrix: HalfMatrix, rows: [UInt32], _ assignment: Clustering.Assignment, _ centroids: Matrix
    ) -> Double {
        guard rows.count > 1 else { return 1 }
        func residual(_ member: Int) -> [Float] {
            let row = matrix.row(Int(rows[member]))
            let centroid = centroids.row(Int(assignment.centroids[member]))
            return zip(row, centroid).map { $0 - assignment.cosines[member] * $1 }
        }
        let pairs = min(20_000, rows.count - 1)
        var squares = 0.0
        var products = 0.0
        var before = residual(0)
        // Strides through all rows; neighbours in a stride have nothing to do with one another.
        for pair in 1...pairs {
            let next = residual(Int((UInt64(pair) &* 0x9E37_79B9) % UInt64(rows.count)))
            squares += Double(Product.dot(next, next) ?? 0)
            let product = Double(Product.dot(before, next) ?? 0)
            products += product * product
            before = next
        }
        let mean = squares / Double(pairs)
        let ratio = mean * mean / (products / Double(pairs))
        return ratio.isFinite ? max(1, min(Double(matrix.columns), ratio)) : 1
    }

    /// The first of the rows in an order that looks random and is always the same (Fisher and Yates; the generator of
    /// Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
    private static func shuffled(_ rows: [UInt32], first count: Int) -> [UInt32] {
        var rows = rows
        var state: UInt64 = 0x6469_7363_6F76_6572
        func next(below bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ mixed >> 31).multipliedFullWidth(by: UInt64(bound)).high)
        }
        let count = min(count, rows.count)
        for position in 0..<count { rows.swapAt(position, position + next(below: rows.count - position)) }
        return Array(rows[..<count])
    }
}
