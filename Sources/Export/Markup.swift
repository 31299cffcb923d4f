/// The small HTML of snippets as plain text.
package enum Markup {
    /// Text without tags and entities; `mark` renders the text between `<mark>` and `</mark>`.
    package static func plain(_ html: String, mark: (String) -> String) -> String {
        var result = ""
        for (index, piece) in pieces(of: html, around: "<mark>").enumerated() {
            guard index > 0 else {
                result += decoded(piece)
                continue
            }
            let halves = pieces(of: piece, around: "</mark>")
            result += mark(decoded(halves[0])) + halves.dropFirst().map(decoded).joined()
        }
        return result
    }

    private static func decoded(_ text: some StringProtocol) -> String {
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        return entities.reduce(String(text)) { pieces(of: $0, around: $1.0).joined(separator: $1.1) }
    }

    private static func pieces(of text: some StringProtocol, around mark: String) -> [String] {
        var pieces: [String] = []
        var rest = String(text)[...]
        while let range = rest.firstRange(of: mark) {
            pieces.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return pieces + [String(rest)]
    }
}
