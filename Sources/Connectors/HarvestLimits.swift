internal import Records

/// Time-outs, rates, redirects and sizes of a harvest.
package struct HarvestLimits: Sendable, Hashable {
    /// Seconds to establish a connection.
    package var connectSeconds: Double = 10
    /// Seconds without a byte until a request is given up.
    package var stallSeconds: Double = 20
    /// Seconds for one whole answer.
    package var answerSeconds: Double = 120
    /// Largest answer, after inflating.
    package var maximumAnswerBytes: Int = 32 << 20
    /// Requests a second to one host.
    package var requestsPerSecond: Double = 10
    /// Retries after a failure that may be temporary.
    package var retries: Int = 4
    /// First wait before a further try; it doubles each time.
    package var backoffSeconds: Double = 0.5
    /// Longest wait before a further try, whatever `Retry-After` says.
    package var longestWaitSeconds: Double = 60
    /// Whether a redirect may lead to another host.
    package var followOtherHosts: Bool = false
    /// A page with a contact for the portal's operators; sent with the program's name as `User-Agent`.
    package var contact: WebAddress?
    /// Longest text of one field, in UTF-8 bytes; more is cut, and the cut is noted.
    package var maximumFieldBytes: Int = 100_000
    /// Deepest nesting of JSON that is read.
    package var maximumDepth: Int = 64
    /// Folder that keeps the answers between runs, for conditional requests and for resuming; nil keeps nothing.
    /// One folder a source: a complete run removes what it has not met.
    package var cacheFolder: String?

    /// Whether the files of a dandiset are listed, too, for records of its subjects and sessions.
    package var listsAssets: Bool = false

    package init() {}

    /// What is sent as `User-Agent` (RFC 9110, 10.1.5).
    var userAgent: String { "discover/\(Release.version)" + (contact.map { " (+\($0.text))" } ?? "") }
}
