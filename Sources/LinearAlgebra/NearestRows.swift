internal import CShims

/// Of each row of a matrix the others that it has the greatest dot products with, as long as these are positive, and of
/// equal ones the first; in the order of rows.
package struct NearestRows: Sendable {
    /// How many rows each row may have.
    private let limit: Int
    /// How many each has.
    private let counts: [UInt32]
    /// `limit` entries per row, of which the first are used.
    private let rows: [UInt32]
    private let products: [Float]

    /// Compares every row with every other.  Takes time by the square of the rows, and memory: meant for some hundreds.
    ///
    /// - Parameter limit: how many are kept of each, 0 or more.
    package init(_ limit: Int, among matrix: Matrix) {
        precondition(limit >= 0, "\(limit) rows")
        let total = matrix.rows
        let limit = min(limit, max(0, total - 1))
        var counts = [UInt32](repeating: 0, count: total)
        var rows = [UInt32](repeating: 0, count: total * limit)
        var products = [Float](repeating: 0, count: total * limit)
        if limit > 0 {
            let all = Product.dots(among: matrix)
            withExtendedLifetime(all) {
                discover_nearest(all.base, total, limit, &counts, &rows, &products)
            }
        }
        (self.limit, self.counts, self.rows, self.products) = (limit, counts, rows, products)
    }

    /// The rows near to a row with their dot products.
    package func of(_ row: Int) -> some Sequence<(row: Int, product: Float)> {
        let first = row * limit
        return (first..<first + Int(counts[row])).lazy.map { (row: Int(rows[$0]), product: products[$0]) }
    }
}
