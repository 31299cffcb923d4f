/// The only code that makes text safe inside HTML, XML and their attribute values.
///
/// `&`, `<`, `>` and both quotes become references (WHATWG HTML, "escaping a string"); characters that no document may
/// hold, or that only a terminal obeys, become spaces.
package enum MarkupEscaping {
    /// Adds one character of untrusted text to markup.
    package static func append(_ scalar: Unicode.Scalar, to markup: inout String) {
        switch scalar {
        case "&": markup += "&amp;"
        case "<": markup += "&lt;"
        case ">": markup += "&gt;"
        case "\"": markup += "&quot;"
        case "'": markup += "&#39;"
        case "\n", "\t": markup.unicodeScalars.append(scalar)
        case _ where isControl(scalar): markup += " "
        default: markup.unicodeScalars.append(scalar)
        }
    }

    /// Untrusted text as markup.
    package static func escaped(_ text: some StringProtocol) -> String {
        var markup = ""
        for scalar in text.unicodeScalars { append(scalar, to: &markup) }
        return markup
    }

    /// The text of markup that ``escaped(_:)`` made.
    package static func unescaped(_ markup: some StringProtocol) -> String {
        let references: [(name: String, byte: UInt8)] = [
            ("&lt;", 0x3c), ("&gt;", 0x3e), ("&quot;", 0x22), ("&#39;", 0x27), ("&amp;", 0x26),
        ]
        var text: [UInt8] = []
        var rest = Array(markup.utf8)[...]
        while let first = rest.first {
            if first == 0x26, let found = references.first(where: { rest.starts(with: $0.name.utf8) }) {
                text.append(found.byte)
                rest = rest.dropFirst(found.name.utf8.count)
            } else {
                text.append(first)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// JSON that is safe inside `<script type="application/ld+json">` and everywhere else in HTML and JavaScript: `<`,
    /// `>`, `&` and the two line separators of Unicode are written as escapes, which JSON allows only inside texts, the
    /// only place where they can occur.
    package static func scriptSafe(json: String) -> String {
        var result = ""
        for scalar in json.unicodeScalars {
            switch scalar {
            case "<": result += "\\u003c"
            case ">": result += "\\u003e"
            case "&": result += "\\u0026"
            case "\u{2028}": result += "\\u2028"
            case "\u{2029}": result += "\\u2029"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// C0 and C1 controls, and code points that are no characters.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value & 0xfffe == 0xfffe
            || (0xfdd0...0xfdef).contains(scalar.value)
    }
}
