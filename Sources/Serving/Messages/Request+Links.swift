import Search
import Text

extension Request {
    /// This request's own address in canonical form, with one parameter replaced; relative to the site.
    package func address(replacing parameter: Parameter? = nil, with value: String? = nil) -> String {
        var fields = values.canonical.filter { $0.name != parameter?.name }
        if let parameter, let value { fields.append(Target.Field(name: parameter.name, value: value)) }
        return Request.address(path: target.segments, fields: fields)
    }

    /// A path with query fields, percent-encoded.
    package static func address(path: [String], fields: [Target.Field]) -> String {
        func encoded(_ text: String) -> String { PercentEncoding.encoded(text, keeping: ":") }
        let path = "/" + path.map(encoded).joined(separator: "/")
        guard !fields.isEmpty else { return path }
        return path + "?"
            + fields.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
    }

    /// The generation a cursor belongs to; nil when the text is no cursor.
    static func generation(ofCursor text: String) -> String? { Searcher.generation(ofCursor: text) }
}
