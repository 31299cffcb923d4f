import FoundationEssentials
import Planner
import Records
package import Store
import Vocabulary

extension Searcher {
    /// Today as a day number (UTC).  Only embargoes depend on the date; tests give their own.
    package static func systemDay() -> Int { Int((Date().timeIntervalSince1970 / 86_400).rounded(.down)) }

    /// A matcher of this generation on this day.
    func matcher(statedOnly: Bool) throws(SearchError) -> Matcher {
        let day = today()
        let embargoes = try reading { () throws(StoreError) in try generation.embargoes() }
        var lapsed = Bitset(capacity: generation.facets.recordCount)
        for embargo in embargoes where day > embargo.until { lapsed.insert(embargo.row) }
        return Matcher(
            facets: generation.facets, sets: sets, vocabulary: vocabulary, statedOnly: statedOnly, lapsed: lapsed)
    }

    /// Records of rows as they are today.
    package func records(rows: [Int]) throws(SearchError) -> [StoredRecord] {
        let day = today()
        return try reading { () throws(StoreError) in try generation.records(rows: rows) }
            .map { $0.asOf(day: day, vocabulary: vocabulary) }
    }
}

extension StoredRecord {
    /// The record as it is on a day; see ``Record/asOf(day:)``.
    func asOf(day: Int, vocabulary: Vocabulary) -> StoredRecord {
        let record = record.asOf(day: day)
        guard record.access != self.record.access else { return self }
        let term = record.access.term
        let label = vocabulary.number(of: term).map { vocabulary.label(of: $0) } ?? record.access.rawValue
        return StoredRecord(
            row: row, record: record,
            tags: tags.map { tag in
                guard tag.facet == .access, tag.term == self.record.access.term else { return tag }
                var tag = tag
                (tag.term, tag.label) = (term, label)
                tag.evidence.provenance = "the last day of the embargo has passed"
                return tag
            }, alsoAt: alsoAt)
    }
}

extension Matcher {
    /// Treats records whose embargo is over as open ones, whatever the facet file says.
    func honourEmbargoes(_ outcome: inout Outcome, of filter: Plan.Filter) {
        guard filter.facet == .access, !lapsed.isEmpty else { return }
        let asked = Set(
            filter.anyOf.flatMap { value in
                vocabulary.number(of: value.id).map { vocabulary.descendants(of: $0).map { vocabulary.id(of: $0) } }
                    ?? [value.id]
            })
        let asksOpen = asked.contains(Access.open.term)
        lapsed.forEach { record in
            for part in facets.partRange(ofRecord: record) {
                // Access is said of a record as a whole.
                let isWhole = facets.role(ofPart: part) == nil
                for path in [\Outcome.holds, \.stated] {
                    outcome[keyPath: path].remove(part)
                    if asksOpen, isWhole { outcome[keyPath: path].insert(part) }
                }
                outcome.near.remove(part)
            }
        }
    }

    /// The values of access among a set on this day, most frequent first.
    func accessCounts(in set: Bitset) -> [SearchResult.FacetCount] {
        Access.allCases.map { access in
            let label = vocabulary.number(of: access.term).map { vocabulary.label(of: $0) } ?? access.rawValue
            let value = Plan.Value(id: access.term, label: label)
            return .init(id: value.id, label: label, count: count(of: value, facet: .access, in: set))
        }
        .filter { $0.count > 0 }
        .sorted { $0.count != $1.count ? $0.count > $1.count : $0.id < $1.id }
    }
}
