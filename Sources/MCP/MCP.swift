/// MCP: the search as tools of the Model Context Protocol (modelcontextprotocol.io), so that a program with a language
/// model can ask the index.  Pure functions from a message to an optional answer; reading and writing is the caller's.
///
/// Two generations of the protocol are spoken.  Up to revision 2025-11-25 a client shakes hands with `initialize`; from
/// 2026-07-28 on every request carries its revision in `_meta`, and `server/discover` says what there is.  No state is
/// kept between messages in either: all tools only read.
///
/// Records are written by strangers.  Every text that stems from one is below a key `record_text`, stripped of
/// invisible characters and cut at stated lengths; descriptions, instructions and each answer say that it is data.

/// Revisions of the protocol.
package enum ProtocolRevision {
    /// Those that begin with a handshake, oldest first.
    package static let handshake = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
    /// Those whose every request says its revision.
    package static let modern = ["2026-07-28"]
    /// All of them, oldest first.
    package static let all = handshake + modern

    /// Whether several messages may come in one list: JSON-RPC allows it, revision 2025-06-18 took it out.
    static func allowsBatches(_ revision: String?) -> Bool {
        revision == nil || revision == "2024-11-05" || revision == "2025-03-26"
    }
}

/// What is refused or cut, so that neither side is flooded.
package enum Limits {
    /// Longest message in bytes; the body limit of the contract.
    package static let message = 65_536
    /// Most messages of one batch.
    package static let batch = 16
    /// Most hits of one answer.
    package static let hits = 25
    /// Longest structured answer in bytes; texts of records are cut until it holds.
    package static let answer = 100_000
}
