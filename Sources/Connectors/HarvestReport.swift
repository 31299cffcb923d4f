package import Records

/// Something of a source that could not be used, and why.
package struct Reject: Sendable, Hashable, Codable {
    /// How much was lost.
    package enum Extent: String, Sendable, Hashable, Codable {
        /// The record is left out.
        case record
        /// The record is used without the field, or with it cut.
        case field
    }
    package var extent: Extent
    package var source: Source
    /// The source's own id with its kind, `session 3cd0…`; a line or page number where there is no id.
    package var id: String
    /// The field that is wrong; empty when the record as a whole is.
    package var field: String
    package var reason: String

    package init(_ extent: Extent = .record, source: Source, id: String, field: String, reason: String) {
        self.extent = extent
        self.source = source
        self.id = id
        self.field = field
        self.reason = reason
    }
}

/// What a harvest did.
package struct HarvestReport: Sendable, Codable {
    package var source: Source
    package var location: String
    package var requests = 0
    package var retries = 0
    package var bytes = 0
    /// Answers that the source said had not changed, taken from the cache.
    package var unchanged = 0
    /// Records emitted, by type.
    package var records: [String: Int] = [:]
    /// What could not be used.  At most ``maximumRejects`` are listed; the two counts are of all.
    package var rejects: [Reject] = []
    /// Records left out because they could not be used.
    package var rejectedRecords = 0
    /// Fields left out of records that are used.
    package var rejectedFields = 0
    /// What else people should know: "setup not public (12 times)".
    package var notes: [String: Int] = [:]
    /// Lists of the source that could not be read to their end.  Records missing from them are not gone.
    package var incomplete: [String] = []

    /// Rejects listed one by one; a dump of rubbish must not fill the memory.
    package static let maximumRejects = 2_000

    package init(source: Source, location: String) {
        self.source = source
        self.location = location
    }

    /// Whether every record the source shows was read and used.  Unusable fields do not count against it.
    package var isComplete: Bool { rejectedRecords == 0 && incomplete.isEmpty }
    /// All records emitted.
    package var total: Int { records.values.reduce(0, +) }
}
