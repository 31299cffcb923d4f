/// Records: the value types that all modules share.
///
/// A ``Record`` is one entry that can be found, flattened from its source.  Connectors fill it with what the source
/// *states* (``Statement``, ``Quantity``, ``Passage``); indexing links the statements to vocabulary terms and turns
/// them into ``Tag``s.  This module imports nothing and does no I/O.

/// Where a record comes from.  The raw value is the first part of every record id.
package enum Source: String, CaseIterable, Codable, Sendable, Hashable {
    case brainstem, ebrains, ibl, dandi, openneuro, nwb, bids, beir
}

/// The kind of a record.
package enum RecordType: String, CaseIterable, Codable, Sendable, Hashable {
    /// A published collection: a dandiset, an EBRAINS dataset version, a BrainSTEM project, a BIDS dataset.
    case dataset
    case session, subject, cohort, collection
    /// A behavioural paradigm or assay.
    case `protocol`
    case setup, model, software, document
}

/// The property of a record that a filter speaks about.
package enum Facet: String, CaseIterable, Codable, Sendable, Hashable {
    case species, strain, sex, region, technique, device, procedure, manipulation, agent, effect, state, task
    case celltype, signal, disease, format, license, access, source, person, lab
}

/// A property that is a number or a date.
package enum RangeField: String, CaseIterable, Codable, Sendable, Hashable {
    /// Age of the animal or person when recorded, in days.
    case ageDays = "age_days"
    /// Day the data were recorded; day numbers, see ``CalendarDay``.
    case date
    case published, modified
    case subjects, sessions, units, channels
    /// Length of a recording in seconds.
    case durationS = "duration_s"
    /// Size of the data in bytes.
    case sizeBytes = "size_bytes"

    /// Whether values are day numbers, written as ISO 8601 dates.
    package var isDate: Bool { self == .date || self == .published || self == .modified }
}

/// Who may have the data.  A restricted record shows its public metadata and how to ask, never more.
package enum Access: String, CaseIterable, Codable, Sendable, Hashable {
    case open, embargoed, restricted

    /// Id of its term in the vocabulary of access.
    package var term: String { "discover:access.\(rawValue)" }
}
