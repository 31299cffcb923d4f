import Records
import Text

/// A `facet=value` of `filter` and `not`.
struct FacetValue {
    let facet: Facet
    let value: String

    /// The form as a regular expression (ECMA-262), for the OpenAPI document.
    static var pattern: String { "^(\(Facet.allCases.map(\.rawValue).joined(separator: "|")))[=:][\\s\\S]*\\S" }

    init(_ text: String, parameter: Parameter) throws(Problem) {
        guard text.utf8.count <= Parameter.longestQuestion else {
            throw Problem(
                .queryTooLong, at: parameter.pointer,
                "'\(parameter.name)' has \(text.utf8.count) bytes; at most \(Parameter.longestQuestion) are read")
        }
        guard let mark = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
            throw Problem(.invalidParameter, at: parameter.pointer, "'\(parameter.name)' is of the form facet=value")
        }
        let name = String(text[..<mark])
        guard let facet = Facet(rawValue: name) else {
            let names = Facet.allCases.map(\.rawValue)
            let near = closest(to: name, among: names)
            throw Problem(
                .unknownValue, at: parameter.pointer, "there is no facet '\(name)'",
                suggestions: near.isEmpty ? names : near)
        }
        let value = text[text.index(after: mark)...]
        guard value.contains(where: { !$0.isWhitespace }) else {
            throw Problem(.invalidParameter, at: parameter.pointer, "'\(parameter.name)' names no value")
        }
        self.facet = facet
        self.value = String(value)
    }
}
