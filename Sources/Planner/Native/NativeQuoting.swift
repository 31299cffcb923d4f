import Text

/// Text made safe for the languages that queries are written in.
enum NativeQuoting {
    /// An address with a query string: neither a server nor a shell reads more into a value than its letters.
    static func address(_ base: String, _ parameters: [(name: String, value: String)]) -> String {
        guard !parameters.isEmpty else { return base }
        return base + "?"
            + parameters.map { "\(PercentEncoding.encoded($0.name))=\(PercentEncoding.encoded($0.value))" }.joined(
                separator: "&")
    }

    /// A Python string literal in single quotes.
    static func python(_ text: String) -> String {
        "'" + escaped(text, quote: "'", control: { "\\x" + hexadecimal($0, places: 2) }) + "'"
    }

    /// A GraphQL (and JSON) string literal.
    static func graphQL(_ text: String) -> String {
        "\"" + escaped(text, quote: "\"", control: { "\\u" + hexadecimal($0, places: 4) }) + "\""
    }

    /// Escapes what would end a literal, and what no one would see: control characters and line separators.
    private static func escaped(
        _ text: String, quote: Unicode.Scalar, control: (UInt32) -> String
    ) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case quote.value, 0x5c: result += "\\" + String(scalar)
            case 0..<0x20, 0x7f..<0xa0: result += control(scalar.value)
            // Line separators and direction overrides make text look other than it is.
            case 0x2028, 0x2029, 0x202a...0x202e, 0x2066...0x2069:
                result += "\\u" + hexadecimal(scalar.value, places: 4)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func hexadecimal(_ value: UInt32, places: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, places - text.count)) + text
    }

    /// A value between double quotes for a language that has no escape for them: quotes and control characters become
    /// spaces, white space is joined.  Nil when nothing is left.
    static func phrase(_ text: String) -> String? {
        let plain = text.unicodeScalars.map { scalar -> Character in
            scalar == "\"" || scalar == "\\" || scalar.value < 0x20 || scalar.value == 0x7f
                || (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                || scalar.properties.isWhitespace ? " " : Character(scalar)
        }
        let joined = String(plain).split(separator: " ").joined(separator: " ")
        return joined.isEmpty ? nil : "\"\(joined)\""
    }

    /// The words of a text, letters and digits only, lower case: no operator survives.
    static func words(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }
}
