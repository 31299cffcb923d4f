import Text

package import Records

/// Where a link leads: a page of ours, or a web address that a source gives.  Nothing else can become one, so that a
/// record cannot make a link that runs code.
package struct Address: Sendable, Hashable {
    /// The reference as RFC 3986 writes it, not yet escaped for HTML.
    package let text: String

    private init(text: String) { self.text = text }

    /// A page of ours with its parameters.  The path is ours; names and values may be any text.
    package init(_ path: StaticString, _ parameters: [(name: String, value: String)] = [], fragment: StaticString = "")
    {
        self.init(path: path.description, parameters, fragment: fragment.description)
    }

    /// The page of a record.
    package init(record id: RecordID, _ parameters: [(name: String, value: String)] = [], fragment: StaticString = "") {
        self.init(
            path: "/records/" + PercentEncoding.segment(id.description), parameters, fragment: fragment.description)
    }

    /// A record as data, in the form with a name; the usual JSON without one.
    package init(dataOf id: RecordID, format: String? = nil) {
        self.init(
            path: "/v1/records/" + PercentEncoding.segment(id.description), format.map { [("format", $0)] } ?? [],
            fragment: "")
    }

    /// A file that belongs to the pages.
    package init(_ asset: PageAsset) { self.init(text: asset.path) }

    /// An address of the web that a source gives; nil when it is anything else than `http` or `https` with a host.
    package init?(web text: String?) {
        guard let text, text.utf8.count <= 2048 else { return nil }
        let lower = text.prefix(8).lowercased()
        let host =
            lower.hasPrefix("https://") ? text.dropFirst(8) : lower.hasPrefix("http://") ? text.dropFirst(7) : nil
        guard let first = host?.unicodeScalars.first, first.properties.isAlphabetic || first.isDigit || first == "["
        else { return nil }
        let isClean = text.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x20 && scalar.value != 0x7f && !(0x80...0x9f).contains(scalar.value)
                && !"\"<>\\^`{|}".unicodeScalars.contains(scalar) && !scalar.properties.isWhitespace
                && scalar.properties.generalCategory != .format
        }
        guard isClean else { return nil }
        self.init(text: text)
    }

    /// The resolver page of a DOI; nil when the text is none.
    package init?(doi: String?) {
        guard let doi, doi.hasPrefix("10."), doi.contains("/"), doi.utf8.count <= 512 else { return nil }
        self.init(text: "https://doi.org/" + PercentEncoding.path(doi))
    }

    private init(path: String, _ parameters: [(name: String, value: String)], fragment: String) {
        var text = path
        if !parameters.isEmpty {
            text +=
                "?"
                + parameters.map { "\(PercentEncoding.query($0.name))=\(PercentEncoding.query($0.value))" }
                .joined(separator: "&")
        }
        self.init(text: fragment.isEmpty ? text : text + "#" + fragment)
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(value) }
}
