/// A system whose own query language a plan can be written in.
package enum NativeSystem: String, CaseIterable, Codable, Sendable, Hashable {
    /// BrainSTEM's public REST API: `filter{field}=value` addresses.
    case brainstem
    /// The ONE client of the International Brain Laboratory: Python.
    case one
    /// The Alyx REST API that ONE speaks to: addresses.
    case alyx
    /// The search box of the DANDI archive, and its URL.
    case dandi
    /// The search of the EBRAINS Knowledge Graph: an HTTP request.
    case ebrains
    /// OpenNeuro's `advancedSearch`: GraphQL.
    case openneuro

    /// What people call it.
    package var title: String {
        switch self {
        case .brainstem: "BrainSTEM"
        case .one: "ONE (IBL)"
        case .alyx: "Alyx REST"
        case .dandi: "DANDI"
        case .ebrains: "EBRAINS Knowledge Graph"
        case .openneuro: "OpenNeuro GraphQL"
        }
    }
}

/// A plan in the words of one system, with an honest account of what those words leave out.
///
/// Every filter, every range and every named record of the plan is in exactly one of ``pushedDown``,
/// ``addedByDiscover`` and ``notExpressible``.
package struct NativeQuery: Codable, Sendable, Hashable {
    package var system: NativeSystem
    /// Ready to paste: addresses and commands for a shell, Python or GraphQL.  Lines that start with `#` are comments
    /// in all of them.
    package var text: String
    /// The requests of ``text`` as addresses, the union of whose answers is meant; empty for ONE and OpenNeuro.
    package var requests: [String]
    /// Filters and ranges that the system itself checks, and how.
    package var pushedDown: [String]
    /// Filters and ranges that the query cannot hold but the system's records answer: `discover` checks them.
    package var addedByDiscover: [String]
    /// Filters and ranges that the system records nothing about.
    package var notExpressible: [String]
    /// What the reader should know before trusting the answer.
    package var notes: [String]

    enum CodingKeys: String, CodingKey {
        case system, text, requests, notes
        case pushedDown = "pushed_down"
        case addedByDiscover = "added_by_discover"
        case notExpressible = "not_expressible"
    }
}
