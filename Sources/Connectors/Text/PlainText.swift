/// Text of a source made plain: no markup, no control characters, no addresses, no runs of blanks.
enum PlainText {
    /// A paragraph: markup gone, line breaks kept where blocks ended, addresses removed.
    static func paragraph(_ text: String) -> String {
        EmailAddresses.removed(from: collapsed(HTMLText.plain(text), keepingLines: true))
    }

    /// One line: as ``paragraph(_:)``, line breaks turned to blanks, cut at `limit` UTF-8 bytes.
    static func line(_ text: String, limit: Int = 2_000) -> String {
        cut(EmailAddresses.removed(from: collapsed(HTMLText.plain(text), keepingLines: false)), at: limit)
    }

    /// The longest prefix of whole characters that fits into a number of UTF-8 bytes.
    static func cut(_ text: String, at limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return String(text[..<end])
    }

    static func trimmed(_ text: String) -> String {
        let characters = text.drop { $0.isWhitespace }
        guard let last = characters.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(characters[...last])
    }

    /// Control and invisible steering characters dropped, blanks collapsed, ends trimmed.
    private static func collapsed(_ text: String, keepingLines: Bool) -> String {
        var out = String.UnicodeScalarView()
        var blank = false
        var newline = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                newline = newline || (keepingLines && (scalar == "\n" || scalar == "\r"))
                blank = true
            } else if isInvisible(scalar) {
                continue
            } else {
                if blank, !out.isEmpty { out.append(newline ? "\n" : " ") }
                blank = false
                newline = false
                out.append(scalar)
            }
        }
        return String(out)
    }

    /// C0 and C1 controls, direction overrides, zero-width blanks, the byte order mark: they steer terminals and
    /// hide text, and say nothing.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF, 0xFFFD:
            true
        default: false
        }
    }
}
