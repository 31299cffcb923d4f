package import Records
import Store
import Text
import Vocabulary

/// A value that a half-typed word may become.
package struct Suggestion: Codable, Sendable, Hashable {
    package var facet: Facet
    package var id: String
    package var label: String
    /// Records that have it or something below it.
    package var count: Int

    package init(facet: Facet, id: String, label: String, count: Int) {
        self.facet = facet
        self.id = id
        self.label = label
        self.count = count
    }
}

extension Searcher {
    /// Values of the index whose name, or a word of it, begins with the text; frequent ones first.
    package func suggest(_ prefix: String, facet: Facet? = nil, limit: Int = 10, deadline: Deadline = .none)
        throws(SearchError) -> [Suggestion]
    {
        let wanted = prefix.lowercased().trimmingSpaces
        guard !wanted.isEmpty else { return [] }
        let facets = generation.facets
        var counts = [Int](repeating: 0, count: facets.terms.count)
        for record in 0..<facets.recordCount {
            if record & 1023 == 0 { try deadline.check() }
            for term in facets.closure(ofRecord: record) { counts[term] += 1 }
        }
        let all = Bitset(all: facets.recordCount)
        for entry in try matcher(statedOnly: false).accessCounts(in: all) {
            if let term = facets.terms.number(of: entry.id) { counts[term] = entry.count }
        }
        var found: [(rank: Int, suggestion: Suggestion)] = []
        for term in 0..<facets.terms.count where counts[term] > 0 {
            if term & 255 == 0 { try deadline.check() }
            if let facet, facets.terms.facet(term) != facet { continue }
            guard let rank = rank(of: term, for: wanted) else { continue }
            found.append(
                (
                    rank,
                    Suggestion(
                        facet: facets.terms.facet(term), id: facets.terms.id(term), label: facets.terms.label(term),
                        count: counts[term])
                ))
        }
        return found.sorted {
            ($0.rank, -$0.suggestion.count, $0.suggestion.id) < ($1.rank, -$1.suggestion.count, $1.suggestion.id)
        }.prefix(limit).map(\.suggestion)
    }

    /// 0 when the label begins with the text, 1 when another name does, 2 when a later word of the label does.
    private func rank(of term: Int, for wanted: String) -> Int? {
        let label = generation.facets.terms.label(term).lowercased()
        if label.hasPrefix(wanted) { return 0 }
        if let known = vocabulary.term(generation.facets.terms.id(term)),
            (known.acronyms + known.synonyms).contains(where: { $0.lowercased().hasPrefix(wanted) })
        {
            return 1
        }
        return label.split { !$0.isLetter && !$0.isNumber }.contains { $0.hasPrefix(wanted) } ? 2 : nil
    }
}
