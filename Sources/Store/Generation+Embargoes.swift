internal import Records
internal import Synchronization

extension Generation {
    /// A record that stops being embargoed without anybody doing anything.
    package struct Embargo: Sendable, Hashable {
        package let row: Int
        /// Its last day, see ``CalendarDay``.
        package let until: Int
    }

    /// The embargoes whose end their source tells, in the order of the rows.  Read once a generation; reads only records
    /// that are under embargo.
    package func embargoes() throws(StoreError) -> [Embargo] {
        if let known = knownEmbargoes.withLock({ $0 }) { return known }
        guard let term = facets.terms.number(of: Access.embargoed.term) else { return [] }
        let rows = Set(facets.postings(term, .stated).map { facets.record(ofPart: Int($0)) }).sorted()
        let found = try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare(
                """
                WITH found (text) AS (SELECT plain(json) FROM record WHERE row = ?1) \
                SELECT text ->> '$.embargoedUntil' FROM found WHERE text ->> '$.access' = 'embargoed' \
                AND text ->> '$.embargoedUntil' IS NOT NULL
                """)
            var found: [Embargo] = []
            for row in rows {
                statement.reset()
                try statement.bind(0, row)
                if try statement.step() { found.append(Embargo(row: row, until: statement.int(0))) }
            }
            statement.reset()
            return found
        }
        knownEmbargoes.withLock { $0 = found }
        return found
    }
}
