import Records
import Search
import Vocabulary

/// Counts laid out for a picture and a table: rows as a tree, columns, and a link for every cell.
struct CoverageGrid {
    /// One row of the map.
    struct Row {
        let value: SearchResult.FacetCount
        let depth: Int
        let counts: [Int]
        /// Where its own parts are shown; nil when it has none.
        let parts: Address?
    }

    let state: CoverageState
    let columns: [SearchResult.FacetCount]
    let rows: [Row]
    /// Rows left out at the end, in which nothing was found.
    let omitted: Int

    init(state: CoverageState, coverage: Coverage, vocabulary: Vocabulary) {
        self.state = state
        columns = coverage.colValues
        let lines = zip(coverage.rowValues, coverage.counts)
        let outline = state.outline(vocabulary)
        let depths = outline.map { Dictionary($0.map { ($0.id, $0.depth) }, uniquingKeysWith: { first, _ in first }) }
        var rows = lines.map { value, counts in
            Row(
                value: value, depth: depths?[value.id] ?? 0, counts: counts,
                parts: Self.parts(of: value.id, state: state, vocabulary))
        }
        var omitted = 0
        if state.root != nil, outline != nil, let head = rows.first {
            let found = rows.dropFirst().filter { $0.value.count > 0 }
                .sorted { ($1.value.count, $0.value.label) < ($0.value.count, $1.value.label) }
            let empty = rows.dropFirst().filter { $0.value.count == 0 }.sorted { $0.value.label < $1.value.label }
            omitted = max(0, empty.count - Self.mostEmptyParts)
            rows = [head] + found + empty.prefix(Self.mostEmptyParts)
        } else if outline == nil {
            rows = Self.nested(rows, vocabulary)
        }
        self.rows = rows
        self.omitted = omitted
    }

    /// Parts without any record that are still drawn.
    private static let mostEmptyParts = 24

    /// The search that a cell counts.
    func address(row: Int, column: Int) -> Address {
        var search = state.search
        search.choices += [
            FacetChoice(facet: state.rows, value: rows[row].value.id, isNegated: false),
            FacetChoice(facet: state.cols, value: columns[column].id, isNegated: false),
        ]
        return search.address
    }

    /// The search that a whole row counts.
    func address(row: Int) -> Address { state.search.choosing(state.rows, rows[row].value.id) }

    private static func parts(of id: String, state: CoverageState, _ vocabulary: Vocabulary) -> Address? {
        guard state.root != id, let number = vocabulary.number(of: id) else { return nil }
        var state = state
        state.root = id
        guard let lines = state.outline(vocabulary), lines.count > 1, vocabulary.facet(of: number) == state.rows else {
            return nil
        }
        return state.address
    }

    /// Frequent values as a tree: each below its nearest ancestor among them.
    private static func nested(_ rows: [Row], _ vocabulary: Vocabulary) -> [Row] {
        let numbers = rows.map { vocabulary.number(of: $0.value.id) }
        var above: [Int?] = []
        for number in numbers {
            let ancestors = Set(number.map { vocabulary.ancestors(of: $0) } ?? [])
            // The nearest is the one with the most ancestors itself.
            above.append(
                numbers.indices.filter { numbers[$0].map(ancestors.contains) ?? false }
                    .max { left, right in
                        (numbers[left].map { vocabulary.ancestors(of: $0).count } ?? 0)
                            < (numbers[right].map { vocabulary.ancestors(of: $0).count } ?? 0)
                    })
        }
        var result: [Row] = []
        var seen: Set<Int> = []
        func visit(_ index: Int, depth: Int) {
            guard seen.insert(index).inserted else { return }
            let row = rows[index]
            result.append(Row(value: row.value, depth: depth, counts: row.counts, parts: row.parts))
            for child in rows.indices where above[child] == index { visit(child, depth: depth + 1) }
        }
        for index in rows.indices where above[index] == nil { visit(index, depth: 0) }
        for index in rows.indices { visit(index, depth: 0) }
        return result
    }
}
