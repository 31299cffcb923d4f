internal import Planner
package import Records
package import Store

/// What changed between two generations, as `discover changes` and feeds list it.
package struct ChangeList: Encodable, Sendable {
    package enum Kind: String, Encodable, Sendable, Hashable { case added, changed }

    /// A record that is new or another one than before.
    package struct Entry: Encodable, Sendable {
        package let kind: Kind
        package let id: RecordID
        package let type: RecordType
        package let source: Source
        package let title: String
        package let url: String?
        package let access: Access
    }

    /// How many records of a kind left.  Never which: a list of names would keep what a source took back.
    package struct Departure: Encodable, Sendable, Hashable {
        package let source: Source
        package let type: RecordType
        package let records: Int
    }

    package let generation: String
    /// When the generation was built, ISO 8601 in UTC.
    package let created: String
    /// The generation it is compared with; nil when there was none before, and everything is new.
    package let since: String?
    package let added: Int
    package let changed: Int
    package let removed: [Departure]
    /// The first of them, in the order of their ids.
    package let records: [Entry]
}

extension Searcher {
    /// What changed since another kept generation, or, when that is nil, since the one before; of the records that
    /// match the request, when there is one.
    ///
    /// - Parameter limit: most records listed; the counts are of all.
    package func changes(since earlier: Generation? = nil, matching request: SearchRequest? = nil, limit: Int)
        throws(SearchError) -> ChangeList
    {
        let difference = try reading { () throws(StoreError) in
            if let earlier { return try generation.difference(since: earlier) }
            return try generation.difference()
        }
        var changes = difference.changes
        if let request {
            let matches = try rank(request).matches
            changes.removeAll { !matches.contains($0.row) }
        }
        let listed = Array(changes.prefix(limit))
        let records = try self.records(rows: listed.map(\.row))
        return ChangeList(
            generation: generation.manifest.generation, created: generation.manifest.created, since: difference.base,
            added: changes.count { $0.kind == .added }, changed: changes.count { $0.kind == .changed },
            removed: request != nil
                ? []
                : difference.departures.map { .init(source: $0.source, type: $0.type, records: $0.records) },
            records: zip(listed, records).map { change, stored in
                ChangeList.Entry(
                    kind: change.kind == .added ? .added : .changed, id: stored.record.id,
                    type: stored.record.id.type, source: stored.record.id.source, title: stored.record.title,
                    url: stored.record.url, access: stored.record.access)
            })
    }
}
