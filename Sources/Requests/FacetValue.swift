package import Records
import Text

/// A value of a facet as it is typed: `species=mouse`, `region:MBA:549`.
package struct FacetValue: Sendable, Hashable {
    package let facet: Facet
    /// A name, an id or a literal value.
    package let value: String

    /// The form as a regular expression (ECMA-262).
    package static var pattern: String {
        "^(\(Facet.allCases.map(\.rawValue).joined(separator: "|")))[=:][\\s\\S]*\\S"
    }

    /// Reads the form; `written` is the parameter as the one who asks writes it.
    package init(_ text: String, written name: String) throws(RequestFault) {
        guard text.utf8.count <= RequestParameter.longestQuestion else {
            throw .tooLong(text, longest: RequestParameter.longestQuestion, written: name)
        }
        guard let mark = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
            throw RequestFault(
                .malformed, "\(name) takes FACET=VALUE, not '\(RequestFault.shown(text))'; for example species=mouse")
        }
        let name = String(text[..<mark])
        guard let facet = Facet(rawValue: name) else {
            let names = Facet.allCases.map(\.rawValue)
            let near = closest(to: name, among: names)
            throw RequestFault(
                .unknownFacet, "there is no facet '\(RequestFault.shown(name))'",
                suggestions: near.isEmpty ? names : near)
        }
        let value = text[text.index(after: mark)...]
        guard value.contains(where: { !$0.isWhitespace }) else {
            throw RequestFault(.malformed, "no value stands behind '\(facet.rawValue)'")
        }
        self.facet = facet
        self.value = String(value)
    }

    /// The form with `=`.
    package static func text(facet: String, value: String) -> String { "\(facet)=\(value)" }
}
