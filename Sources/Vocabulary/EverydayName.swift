package import Records
package import Text

/// An everyday word that is the name of a term only in some places of a question: "rest" beside a technique, "units"
/// beside a region, "reading" where it is a keyword between commas.  Nowhere else, and never in the text of a record.
///
/// One line of `vocab/everyday.tsv`: the name, the id of its term, where it counts, and the reason.
package struct EverydayName: Sendable, Hashable {
    /// Number of the term that is meant.
    package let term: Int
    /// Facets beside whose names the word counts.
    package let neighbors: [Facet]
    /// The word counts where nothing else stands between two commas.
    package let countsAsKeyword: Bool

    /// A line of the table before its term is looked up.
    struct Line: Sendable {
        let name: String
        let term: String
        let neighbors: [Facet]
        let countsAsKeyword: Bool
    }

    /// Reads the table; lines that start with `#` and the column line are none.
    static func parse(_ text: String) throws(VocabularyError) -> [Line] {
        var lines: [Line] = []
        for row in text.split(separator: "\n") where !row.hasPrefix("#") && row != "name\tid\twhere\treason" {
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 4, cells.allSatisfy({ !$0.isEmpty }) else {
                throw VocabularyError(
                    kind: .malformed, detail: "everyday.tsv: '\(row)' needs a name, an id, a place and a reason")
            }
            let places = cells[2].split(separator: "|").map(String.init)
            let neighbors = places.filter { $0 != "keyword" }.compactMap(Facet.init(rawValue:))
            guard neighbors.count + (places.contains("keyword") ? 1 : 0) == places.count else {
                throw VocabularyError(
                    kind: .malformed, detail: "everyday.tsv: '\(cells[2])' is neither facets nor keyword")
            }
            for name in cells[0].split(separator: "|") {
                lines.append(
                    Line(
                        name: String(name), term: cells[1], neighbors: neighbors,
                        countsAsKeyword: places.contains("keyword")))
            }
        }
        return lines
    }
}

extension Vocabulary {
    /// The everyday names that words are; none for words that no table lists.
    package func everydayNames(_ tokens: ArraySlice<Token>) -> [EverydayName] {
        guard let key = Tokenizer.key(of: Array(tokens)) else { return [] }
        return everyday[key] ?? []
    }

    /// All everyday names with what they mean.
    package var everydayEntries: [(name: String, entries: [EverydayName])] {
        everydayLines.map { line in (line.name, everydayNames(Tokenizer.tokens(of: line.name)[...])) }
    }
}
