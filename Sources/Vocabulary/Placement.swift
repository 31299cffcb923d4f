/// A structure that an atlas places within another while the species-neutral tree does not, and what holds.
///
/// One line of `vocab/placements.tsv`: the whole, the part, `outside` or `inside`, and the reason.  Outside, a filter
/// on the whole does not find what is recorded in the part: Allen's striatum holds the lateral septum, which is no part
/// of the striatum.  Inside, it does, as the atlas has it.
package struct Placement: Sendable, Hashable {
    /// Id of the species-neutral term that the atlas' structure is or lies in.
    package let whole: String
    /// Id of the species-neutral term that the structure within it is or lies in.
    package let part: String
    package let isInside: Bool

    /// Reads the table; lines that start with `#` and the column line are none.
    static func parse(_ text: String) throws(VocabularyError) -> [Placement] {
        var placements: [Placement] = []
        for row in text.split(separator: "\n") where !row.hasPrefix("#") && row != "whole\tpart\tdecision\treason" {
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 4, !cells[3].isEmpty, ["inside", "outside"].contains(cells[2]) else {
                throw VocabularyError(
                    kind: .malformed,
                    detail: "placements.tsv: '\(row)' needs a whole, a part, inside or outside, and a reason")
            }
            placements.append(Placement(whole: cells[0], part: cells[1], isInside: cells[2] == "inside"))
        }
        return placements
    }
}

/// The relations of structures, for finding where an atlas and the species-neutral tree differ.
struct PlacedTree {
    let parents: Adjacency
    let children: Adjacency
    /// For each term whether no species owns its table.
    let isNeutral: [Bool]

    /// By a structure of an atlas its parents there through which it would come into a whole that it is no part of.
    func outside(_ pairs: [(whole: Int, part: Int)]) -> [Int32: [Int32]] {
        var found: [Int32: [Int32]] = [:]
        for (whole, part) in pairs {
            for structure in children[part] where !isNeutral[Int(structure)] {
                for parent in parents[Int(structure)]
                where !isNeutral[Int(parent)] && isPlaced(parent, in: Int32(whole))
                    && found[structure]?.contains(parent) != true
                {
                    found[structure, default: []].append(parent)
                }
            }
        }
        return found
    }

    /// Whether a structure, or one above it in its atlas, is placed directly in a species-neutral one.
    private func isPlaced(_ structure: Int32, in whole: Int32, depth: Int = 0) -> Bool {
        let above = parents[Int(structure)]
        if above.contains(whole) { return true }
        // No tree is that deep: a cycle, which `vocab check` reports.
        guard depth < 64 else { return false }
        return above.contains { !isNeutral[Int($0)] && isPlaced($0, in: whole, depth: depth + 1) }
    }
}
