package import Records

/// Where a service is reached, and the addresses below it: `https://data.example.org/discover`.
package struct SiteAddress: Sendable, Hashable {
    /// Without a slash at the end.
    package let base: String

    package init(_ base: String) {
        var text = (WebLink.safe(base) ?? base)[...]
        while text.last == "/" { text = text.dropLast() }
        self.base = String(text)
    }

    /// The search page.
    package var home: String { base + "/" }

    /// Scheme, host and port, as a browser sends them in `Origin`.
    package var origin: String {
        guard let mark = base.firstRange(of: "://") else { return base }
        return String(base[..<mark.upperBound] + base[mark.upperBound...].prefix { $0 != "/" })
    }

    /// The page of a record: its identity in feeds and linked data.
    package func page(_ id: RecordID) -> String { "\(base)/records/\(WebLink.pathSegment(id.description))" }

    /// A record as data; the service's JSON without a format.
    package func data(_ id: RecordID, _ format: ExportFormat? = nil) -> String {
        "\(base)/v1/records/\(WebLink.pathSegment(id.description))" + (format.map { "?format=\($0.rawValue)" } ?? "")
    }
}
