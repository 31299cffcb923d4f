import JSON

/// What a handler answers.
package struct Response: Sendable {
    package var status: Int
    package var mediaType: String
    package var body: [UInt8]
    /// Further fields, in order.  Values hold no line ends; see ``HeaderField``.
    package var fields: [HeaderField]
    /// How long others may keep it.
    package var caching: Caching
    /// Milliseconds of each stage, for the metrics.
    package var stages: [String: Double] = [:]
    /// Number of matches, where the answer is one of a search; for the metrics.
    package var matches: Int?

    package enum Caching: Sendable, Hashable {
        /// Depends on the generation and the request alone: entity tag, shared caches for a minute, then ask again.
        case generation
        /// Never kept: health, metrics, problems.
        case none
        /// Does not change while this version of the program runs: style sheets, scripts.
        case asset
        /// Never changes under its address, which holds a hash of it.
        case immutable
    }

    package init(
        status: Int = 200, mediaType: String, body: [UInt8], fields: [HeaderField] = [],
        caching: Caching = .generation
    ) {
        self.status = status
        self.mediaType = mediaType
        self.body = body
        self.fields = fields
        self.caching = caching
    }

    /// A text of any media type.
    package init(_ text: String, mediaType: String, caching: Caching = .generation) {
        self.init(mediaType: mediaType, body: Array(text.utf8), caching: caching)
    }

    /// A problem document.
    package init(_ problem: Problem) {
        self.init(
            status: problem.code.status, mediaType: "application/problem+json", body: problem.json.json(),
            caching: .none)
        if let seconds = problem.retryAfter { fields.append(HeaderField("Retry-After", "\(seconds)")) }
        if problem.code == .methodNotAllowed {
            fields.append(HeaderField("Allow", problem.allowed.map(\.rawValue).joined(separator: ", ")))
        }
    }
}

/// One field of a header.  Line ends and other control characters cannot get into it.
package struct HeaderField: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = String(
            String.UnicodeScalarView(value.unicodeScalars.map { $0.value < 0x20 || $0.value >= 0x7F ? "?" : $0 }))
    }
}
