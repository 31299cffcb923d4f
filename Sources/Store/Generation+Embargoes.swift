internal import Records
internal import Synchronization

extension Generation {
    /// A record whose embargo ends on a known day.
    package struct Embargo: Sendable, Hashable {
        package let row: Int
        /// Its last day, see ``CalendarDay``.
        package let until: Int
    }

    /// The embargoes whose end their source gives, in the order of the rows.  Read once a generation; reads only
    /// records that are under embargo.
    package func embargoes() throws(StoreError) -> [Embargo] {
        if let known = knownEmbargoes.withLock({ $0 }) { return known }
        guard let term = facets.terms.number(of: Access.embargoed.term) else { return [] }
        let rows = Set(facets.postings(term, .stated).map { facets.record(ofPart: Int($0)) }).sorted()
        let found = try connections.read { connection throws(StoreError) in
            var found: [Embargo] = []
            try forEachContent(of: rows, in: connection) { (row, content, _) throws(StoreError) in
                let heading = try Generation.read(content.json, row: row, StoredJSON.heading)
                if heading.access == .embargoed, let until = heading.embargoedUntil {
                    found.append(Embargo(row: row, until: until))
                }
            }
            return found
        }
        knownEmbargoes.withLock { $0 = found }
        return found
    }
}
