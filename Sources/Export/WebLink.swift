internal import Text

/// Addresses of the web as exports write them: ASCII, nothing in them that could end an attribute, a header or a line.
package enum WebLink {
    /// The address with everything unusual percent-encoded; nil for what is no `http` or `https` address.
    package static func safe(_ text: String?) -> String? {
        guard let text else { return nil }
        let lowered = text.prefix(8).lowercased()
        guard lowered.hasPrefix("http://") || lowered.hasPrefix("https://"), text.utf8.count <= 4096,
            text.utf8.count > 10
        else { return nil }
        return PercentEncoding.encoded(text, keeping: "!#$%&'()*+,/:;=?@[]")
    }

    /// The page of a DOI at its resolver.
    package static func doi(_ doi: String) -> String {
        "https://doi.org/" + PercentEncoding.encoded(doi, keeping: "/:;()@,!*")
    }

    /// A value inside the query of an address.
    package static func queryValue(_ text: String) -> String { PercentEncoding.encoded(text) }

    /// One segment of a path.
    package static func pathSegment(_ text: String) -> String { PercentEncoding.encoded(text, keeping: ":") }
}
