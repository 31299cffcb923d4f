import Planner
import Records
import Store
import Vocabulary

/// Facet values of a set of records.
package struct FacetCounts: Codable, Sendable {
    /// By facet, most frequent first.
    package var values: [String: [SearchResult.FacetCount]] = [:]
    package var notRecorded: [String: Int] = [:]

    enum CodingKeys: String, CodingKey {
        case values = "facets"
        case notRecorded = "not_recorded"
    }
}

extension Searcher {
    /// Counts the values of every facet over a set of records; the count of a value is exactly the size of the set
    /// after a filter on it.  A broader value that adds nothing to one of its narrower ones is left out.
    func countFacets(
        of set: Bitset, matcher: Matcher, limit: Int = 20, directOnly: Bool = false, deadline: Deadline = .none
    ) throws(SearchError) -> FacetCounts {
        let facets = generation.facets
        var counts: [Int]
        if matcher.statedOnly {
            counts = [Int](repeating: 0, count: facets.terms.count)
            try countStated(in: set, matcher: matcher, counts: &counts, deadline: deadline)
        } else {
            counts = sets.countTerms(of: set)
        }
        let byFacet = facets.terms.grouped { counts[$0] > 0 && (!directOnly || isDirect($0)) }

        let (locals, numbers) = (sets.localTerms(), sets.vocabularyNumbers())
        var result = FacetCounts()
        let total = set.count
        let sparse = set.sparse
        for facet in Facet.allCases {
            try deadline.check()
            let recorded = sets.recorded(facet, statedOnly: matcher.statedOnly).records
            result.notRecorded[facet.rawValue] = total - sparse.countOfIntersection(with: recorded)
            if facet == .access, !matcher.lapsed.isEmpty {
                result.values[facet.rawValue] = matcher.accessCounts(in: set)
                continue
            }
            guard let terms = byFacet[facet], !terms.isEmpty else { continue }
            if facet.descriptor.namesPeople {
                for term in most(limit * 4, of: terms, by: counts) {
                    counts[term] = matcher.count(meantBy: term, direct: counts[term], in: set)
                }
            }
            result.values[facet.rawValue] = notRedundant(limit, of: terms, counts: counts, locals, numbers).map {
                .init(id: facets.terms.id($0), label: facets.terms.label($0), count: counts[$0])
            }
        }
        return result
    }

    /// The terms with the greatest counts that are not redundant.
    private func notRedundant(
        _ limit: Int, of terms: [Int], counts: [Int], _ locals: [Int32], _ numbers: [Int32]
    ) -> [Int] {
        // Few are examined, so that no more are sorted than that: some of them are redundant.
        var examined = limit * 2
        while true {
            let listed = most(examined, of: terms, by: counts).filter {
                !isRedundant($0, counts: counts, locals: locals, numbers: numbers)
            }
            if listed.count >= limit || examined >= terms.count { return Array(listed.prefix(limit)) }
            examined *= 4
        }
    }

    /// The terms with the greatest counts, ties in the order of the terms.
    private func most(_ limit: Int, of terms: [Int], by counts: [Int]) -> [Int] {
        var best = BestRows(limit)
        for term in terms { best.add(term, key: (0, Double(counts[term]))) }
        return best.sorted
    }

    /// Whether any record has the term itself.
    private func isDirect(_ term: Int) -> Bool {
        !generation.facets.postings(term, .stated).isEmpty || !generation.facets.postings(term, .inferred).isEmpty
    }

    /// Whether a narrower value has exactly as many records: then the broader one adds nothing.
    private func isRedundant(_ term: Int, counts: [Int], locals: [Int32], numbers: [Int32]) -> Bool {
        guard numbers[term] >= 0 else { return false }
        return vocabulary.children(of: Int(numbers[term])).contains { child in
            locals[child] >= 0 && counts[Int(locals[child])] == counts[term]
        }
    }

    /// The counts when what was read from text does not decide: by each term's stated postings and those below it.
    private func countStated(
        in set: Bitset, matcher: Matcher, counts: inout [Int], deadline: Deadline
    ) throws(SearchError) {
        let terms = generation.facets.terms
        for term in 0..<terms.count {
            if term & 63 == 0 { try deadline.check() }
            let value = Plan.Value(id: terms.id(term), label: terms.label(term))
            counts[term] = matcher.count(of: value, facet: terms.facet(term), in: set)
        }
    }
}

extension Matcher {
    /// How many records of a set fulfil a filter on one value.
    func count(of value: Plan.Value, facet: Facet, in set: Bitset) -> Int {
        records(fulfilling: value, facet: facet).countOfIntersection(with: set)
    }

    /// How many records of a set fulfil a filter on a person or a laboratory of the generation; `direct` is how many
    /// have the very name.
    func count(meantBy term: Int, direct: Int, in set: Bitset) -> Int {
        let alike = sets.terms(.meant(term))
        guard alike != [term] else { return direct }
        // Names have few parts each, so that these are walked and not sets of all records.
        var found: Set<Int> = []
        for term in alike {
            for kind in statedOnly ? [PostingKind.stated] : [.stated, .inferred] {
                for part in facets.postings(term, kind) {
                    let record = facets.record(ofPart: Int(part))
                    if set.contains(record) { found.insert(record) }
                }
            }
        }
        return found.count
    }

    /// The records that fulfil a filter on one value.
    func records(fulfilling value: Plan.Value, facet: Facet) -> Bitset {
        let filter = Plan.Filter(
            facet: facet, anyOf: [value], words: .init(text: "", start: 0, end: 0), via: .identifier)
        return records(of: outcome(of: filter).holds)
    }
}
