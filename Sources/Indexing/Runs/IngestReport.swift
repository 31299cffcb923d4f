package import Connectors
package import Records

/// What one run did, for people and for `--json`.
package struct IngestReport: Codable, Sendable {
    package var source: Source
    package var location: String
    /// Name of the generation that was published, or that stays because nothing changed.
    package var generation: String
    /// Whether no record changed, so that nothing was published.
    package var isUnchanged = false
    /// Records of the source that were not there before, that differ, that are the same, and that are gone.
    package var added = 0
    package var changed = 0
    package var unchanged = 0
    package var removed = 0
    /// Records of the source that were kept although this harvest did not show them, because it was incomplete.
    package var kept = 0
    /// Where the source's records came from before, when this run read another location and did not add to them.
    package var replacedLocation: String?
    /// Why nothing could be carried over from an index that was there; nil in the ordinary case.
    package var replaced: String?
    /// Things of all sources now in the index, each once.
    package var total = 0
    /// Records that were joined into a record of another source.
    package var joined = 0
    /// What the connector could and could not use; nil for records that came from no connector.
    package var harvest: HarvestReport?
    /// Records that came from no connector and whose id another record of the run had taken; a harvest lists its own.
    package var duplicates: [RecordID] = []
    /// Records of this run that are forgotten and stay out.
    package var forgotten = 0
    /// Texts that were embedded, and those whose vectors were used again.
    package var embedded = 0
    package var reused = 0
    /// Seconds spent in each phase.
    package var seconds: [String: Double] = [:]

    package init(source: Source, location: String) {
        self.source = source
        self.location = location
        generation = ""
    }

    /// Whether every record was read and used; else the command ends with code 5.
    package var isComplete: Bool { duplicates.isEmpty && harvest?.isComplete ?? true }
}

/// How far a run has come, for a progress bar.
package struct IndexingProgress: Sendable, Hashable {
    package enum Phase: String, Sendable, Hashable, CaseIterable {
        case prepare, harvest, link, embed, publish
    }
    package let phase: Phase
    /// What is counted: `sessions`, `records`, `texts`.
    package let what: String
    package let done: Int
    /// Nil while nobody knows.
    package let total: Int?
}
