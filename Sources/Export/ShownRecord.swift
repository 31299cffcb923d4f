import Records
package import Store

/// A record as JSON: the record's own fields, with the tags instead of the unlinked statements, and where else its data
/// are listed.
package struct ShownRecord: Encodable, Sendable {
    private let stored: StoredRecord

    package init(_ stored: StoredRecord) { self.stored = stored }

    private enum CodingKeys: String, CodingKey {
        case tags, type, source
        case alsoAt = "also_at"
    }

    package func encode(to encoder: any Encoder) throws {
        try stored.record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(stored.tags, forKey: .tags)
        try container.encode(stored.record.id.type, forKey: .type)
        try container.encode(stored.record.id.source, forKey: .source)
        try container.encode(stored.alsoAt, forKey: .alsoAt)
    }
}
