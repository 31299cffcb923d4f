/// Records: the value types that all modules share.
///
/// A ``Record`` is one entry that can be found, flattened from its source.  Connectors fill it with what the source
/// *states* (``Statement``, ``Quantity``, ``Passage``); indexing links the statements to vocabulary terms and turns
/// them into ``Tag``s.  This module imports nothing and does no I/O.

/// The kind of a record.
package enum RecordType: String, CaseIterable, Codable, Sendable, Hashable {
    /// A published collection: a dandiset, an EBRAINS dataset version, a BrainSTEM project, a BIDS dataset.
    case dataset
    case session, subject, cohort, collection
    /// A behavioural paradigm or assay.
    case `protocol`
    case setup, model, software, document
}

/// Who may have the data.  A restricted record shows its public metadata and how to ask, never more.
package enum Access: String, CaseIterable, Codable, Sendable, Hashable {
    case open, embargoed, restricted

    /// Id of its term in the vocabulary of access.
    package var term: String { "discover:access.\(rawValue)" }
}
