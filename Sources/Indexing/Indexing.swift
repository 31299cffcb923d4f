/// Indexing: from harvested records to a published generation.
///
/// ``Linker`` turns what sources state, and what texts say, into tags with evidence.  ``Ingest`` harvests one source,
/// carries the records of all others over, links every record with the vocabulary of the day, embeds new texts and
/// publishes.  Whatever fails before the last rename leaves the live index as it was.

/// Why a run published nothing, although source and disk work.
package struct IndexingError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A source that had records gave none.
        case empty
        /// The encoder failed or gave vectors of another length.
        case encoder
        /// The run was interrupted.
        case cancelled
        /// The disk has less free space than the run is expected to need.
        case diskFull
        /// No source could be read, and there is no index to keep.
        case noSource
        /// The configuration has no source of this name.
        case unknownSource
    }
    /// Safe to count.
    package let kind: Kind
    /// For people: what happened and what to do.
    package let detail: String

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    package var description: String { detail }
}
