package import Records

/// How a record differs from the previous generation.
package struct Change: Sendable, Hashable {
    package enum Kind: Int, Sendable, Hashable, CaseIterable {
        case added = 1
        case changed = 2
    }
    package let row: Int
    package let kind: Kind
}

/// How a generation differs from another one.
package struct Difference: Sendable, Hashable {
    /// Removed records: how many of a kind, never which.  A list of names would keep what a source withdrew.
    package struct Departure: Sendable, Hashable, Codable {
        package let source: Source
        package let type: RecordType
        package let records: Int
    }
    /// The generation it is a difference to; nil when there was none, and everything is new.
    package let base: String?
    /// In the order of the rows.
    package let changes: [Change]
    package let departures: [Departure]

    /// Rows that were added or changed.
    package func rows(_ kind: Change.Kind) -> [Int] { changes.filter { $0.kind == kind }.map(\.row) }
}

extension Generation {
    /// The stored difference to the generation this one was built after.
    package func difference() throws(StoreError) -> Difference {
        guard let base = manifest.base else {
            return Difference(
                base: nil, changes: (0..<manifest.records).map { Change(row: $0, kind: .added) }, departures: [])
        }
        return try connections.read { connection throws(StoreError) in
            var changes: [Change] = []
            let statement = try connection.prepare("SELECT row, kind FROM change ORDER BY row")
            while try statement.step() {
                guard let kind = Change.Kind(rawValue: statement.int(1)) else { continue }
                changes.append(Change(row: statement.int(0), kind: kind))
            }
            var departures: [Difference.Departure] = []
            let gone = try connection.prepare("SELECT source, type, records FROM departure ORDER BY source, type")
            while try gone.step() {
                guard let source = Source(rawValue: gone.text(0)), let type = RecordType(rawValue: gone.text(1)) else {
                    continue
                }
                departures.append(.init(source: source, type: type, records: gone.int(2)))
            }
            return Difference(base: base, changes: changes, departures: departures)
        }
    }

    /// The difference to any other kept generation, by comparing all records.
    package func difference(since earlier: Generation) throws(StoreError) -> Difference {
        let connection = try Connection(path: recordsPath, mode: .immutable)
        try connection.attach(earlier.recordsPath, as: "earlier")
        var changes: [Change] = []
        let statement = try connection.prepare(
            """
            SELECT new.row, new.content, old.row IS NULL, old.row, old.content
            FROM record AS new LEFT JOIN earlier.record AS old ON old.id = new.id ORDER BY new.row
            """)
        while try statement.step() {
            let row = statement.int(0)
            if statement.int(2) == 1 {
                changes.append(Change(row: row, kind: .added))
                continue
            }
            let unpacker = connection.unpacker
            let now = try unpacker.content(statement.bytes(1), row: row, with: dictionaries)
            let then = try unpacker.content(statement.bytes(4), row: statement.int(3), with: earlier.dictionaries)
            if now.json != then.json { changes.append(Change(row: row, kind: .changed)) }
        }
        var counts: [RecordID: Int] = [:]
        let gone = try connection.prepare(
            """
            SELECT id FROM earlier.record AS old
            WHERE NOT EXISTS (SELECT 1 FROM main.record AS new WHERE new.id = old.id)
            AND NOT EXISTS (SELECT 1 FROM main.place AS new WHERE new.id = old.id)
            """)
        while try gone.step() {
            guard let id = RecordID(gone.text(0)) else { continue }
            counts[RecordID(id.source, id.type, "*"), default: 0] += 1
        }
        return Difference(
            base: earlier.manifest.generation, changes: changes,
            departures: counts.sorted { $0.key < $1.key }.map {
                .init(source: $0.key.source, type: $0.key.type, records: $0.value)
            })
    }
}
