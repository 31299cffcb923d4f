package import Records
import Search
package import Vocabulary

/// Everything that decides what the coverage map shows, as its address holds it.
package struct CoverageState: Sendable, Hashable {
    package var rows: Facet
    package var cols: Facet
    /// The term whose direct parts are the rows; nil for the outline of the facet.
    package var root: String?
    /// The question whose matches are counted; empty for all records.
    package var search: SearchState

    package init(
        rows: Facet = .region, cols: Facet = .technique, root: String? = nil, search: SearchState = SearchState()
    ) {
        self.rows = rows
        self.cols = cols
        self.root = root
        self.search = search
    }

    /// The page of this state.
    package var address: Address {
        var parameters: [(name: String, value: String)] = [("rows", rows.rawValue), ("cols", cols.rawValue)]
        if let root { parameters.append(("root", root)) }
        if !search.query.isEmpty { parameters.append(("q", search.query)) }
        return Address("/coverage", parameters + search.shared)
    }

    /// Ids of the values of the rows, gaps included; nil where the most frequent values are the rows.
    package func rowTerms(_ vocabulary: Vocabulary) -> [String]? { outline(vocabulary)?.map(\.id) }

    /// How many frequent values rows and columns have without an outline.
    package static let frequentRows = 30
    package static let frequentCols = 10

    /// A value of the rows and its depth below those before it.
    struct Line: Hashable {
        let id: String
        let depth: Int
    }

    /// The rows in their order; nil for the most frequent ones.
    func outline(_ vocabulary: Vocabulary) -> [Line]? {
        if let root {
            guard let number = vocabulary.number(of: root), vocabulary.facet(of: number) == rows else { return nil }
            let children = vocabulary.children(of: number).filter { child in
                let term = vocabulary[child]
                return term.facet == rows && term.species == nil && term.flags.isDisjoint(with: [.obsolete, .silent])
            }
            return [Line(id: vocabulary.id(of: number), depth: 0)]
                + children.prefix(80).map { Line(id: vocabulary.id(of: $0), depth: 1) }
        }
        return rows == .region ? RegionOutline.lines.filter { vocabulary.number(of: $0.id) != nil } : nil
    }
}
