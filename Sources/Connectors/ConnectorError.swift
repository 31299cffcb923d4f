/// Why nothing, or nothing more, could be read from a location.
package struct ConnectorError: Error, CustomStringConvertible {
    /// Safe to count.
    package enum Kind: String, Sendable {
        /// No such file, no such host, or not a location the connector can read.
        case unusableLocation
        /// The source answers, but not to anonymous visitors.
        case notPublic
        /// The source does not answer in time, or answers with server errors, even after repeated tries.
        case unavailable
        /// The answers are not what the source's documentation says.
        case unreadable
        /// An answer is larger than the limit allows.
        case tooLarge
        /// The run was interrupted.
        case cancelled
    }
    package let kind: Kind
    /// For people: what happened and what to do about it.
    package let detail: String

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    package var description: String { detail }
}
