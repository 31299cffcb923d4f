package import Records
package import Store

/// What a server reports about its snapshot.
package struct SnapshotFacts: Codable, Sendable, Hashable {
    /// Name of the generation.
    package var generation: String
    /// When it was built, ISO 8601 in UTC.
    package var created: String
    package var records: Int
    package var parts: Int
    /// Identity of what made the vectors; nil when records have none.
    package var model: String?
    /// What made the vectors: `model` or `lsa`; nil when records have none.
    package var vectors: VectorKind?
    /// Fingerprint of the vocabularies the records were linked with.
    package var vocabulary: String
}

extension Searcher {
    /// What is known of the snapshot as a whole.
    package var facts: SnapshotFacts {
        let manifest = generation.manifest
        return SnapshotFacts(
            generation: manifest.generation, created: manifest.created, records: manifest.records,
            parts: manifest.parts, model: manifest.model, vectors: generation.vectorKind,
            vocabulary: manifest.vocabulary)
    }

    /// What a record with all its tags looks like to a reader: the record's own fields, with the tags instead of the
    /// unlinked statements.
    package func shown(_ name: String) throws(SearchError) -> ShownRecord { ShownRecord(try record(named: name)) }

    /// Whether some record has the value with an id.
    package func isRecorded(_ id: String, facet: Facet) -> Bool {
        generation.facets.terms.number(of: id).map { generation.facets.terms.facet($0) == facet } ?? false
    }

    /// The label of a value that some record has.
    package func recordedLabel(of id: String) -> String? {
        generation.facets.terms.number(of: id).map { generation.facets.terms.label($0) }
    }

    /// Whether records and questions can be compared by meaning.
    package var hasMeaning: Bool { meaning != nil }

    /// Opens what is opened lazily, so that the first question does not wait for it.
    package func warmUp() {
        _ = meaning?.vector(of: "warm")
        sets.warmUp()
    }
}

/// A record as `show --json` and the HTTP service give it.
package struct ShownRecord: Encodable, Sendable {
    package let record: Record
    package let tags: [Tag]
    package let alsoAt: [AlsoAt]

    package init(_ stored: StoredRecord) {
        record = stored.record
        tags = stored.tags
        alsoAt = stored.alsoAt
    }

    private enum CodingKeys: String, CodingKey {
        case tags, type, source
        case alsoAt = "also_at"
    }

    package func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(tags, forKey: .tags)
        try container.encode(record.id.type, forKey: .type)
        try container.encode(record.id.source, forKey: .source)
        try container.encode(alsoAt, forKey: .alsoAt)
    }
}

extension Searcher {
    /// The ids of a range of rows; rows are in the order of ids.
    package func ids(rows: Range<Int>) throws(SearchError) -> [RecordID] {
        try reading { () throws(StoreError) in try generation.ids(rows: Array(rows)) }
    }
}
