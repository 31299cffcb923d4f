/// Indexing: from harvested records to a published generation.
///
/// There is one way, ``Pipeline``, and its stages are the folders: *Harvesting* reads the sources, *Merging* keeps
/// what they were not asked for and counts what changed, *Linking* turns what records state and say into tags with
/// evidence, *Building* writes the files with the vectors, *Judging* says whether the result may be published;
/// publishing is the store's.  *Runs* say what goes that way: ``Ingest`` one source, ``Reindex`` those of a
/// configuration, ``Takedown`` the live records without some.  Whatever fails before the last rename leaves the live
/// index as it was.

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
