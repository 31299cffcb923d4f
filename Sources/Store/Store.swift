/// Store: what an index looks like on disk; the only module that reads and writes it.
///
/// An index is a folder of immutable *generations*.  One generation holds the records (SQLite with FTS5), the facet
/// file (memory-mapped postings), the vectors and a manifest with digests of all other files; `CURRENT` names the live
/// one.  ``IndexFolder`` finds and opens it, ``Generation`` answers, ``GenerationWriter`` builds the next one in a
/// temporary folder and publishes it by one rename.  The format is described in `docs/index-format.md`.

/// What went wrong while reading or writing an index.
package struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// There is no index where one was looked for.
        case missing
        /// A file is truncated, altered or not what the manifest says.
        case corrupt
        /// The index was written by another version of the program.
        case schema
        /// Another run holds the lock.
        case busy
        /// The operating system refused.
        case io
        /// The reader's deadline passed.
        case interrupted
        /// SQLite refused a statement.
        case sql
    }
    /// Safe to count.
    package let kind: Kind
    /// For people.
    package let detail: String

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    package var description: String { "index \(kind.rawValue): \(detail)" }
}
