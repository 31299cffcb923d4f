/// Text of a source made plain: no markup, no control characters, no addresses, no runs of blanks.
enum PlainText {
    /// A paragraph: markup gone, line breaks kept where blocks ended, addresses removed.
    static func paragraph(_ text: String) -> String {
        if isPlain(text, allowingLines: true) { return text }
        return EmailAddresses.removed(from: collapsed(HTMLText.plain(text), keepingLines: true))
    }

    /// One line: as ``paragraph(_:)``, line breaks turned to blanks, cut at `limit` UTF-8 bytes.
    static func line(_ text: String, limit: Int = 2_000) -> String {
        if text.utf8.count <= limit, isPlain(text, allowingLines: false) { return text }
        return cut(EmailAddresses.removed(from: collapsed(HTMLText.plain(text), keepingLines: false)), at: limit)
    }

    /// Whether there is surely nothing to do, seen in one pass over the bytes: most texts are plain, and all pass here
    /// twice.  Says no when in doubt.
    private static func isPlain(_ text: String, allowingLines: Bool) -> Bool {
        var previous = UInt8(ascii: " ")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: " "):
                if previous == byte || previous == UInt8(ascii: "\n") { return false }
            case UInt8(ascii: "\n"):
                if !allowingLines || previous == UInt8(ascii: " ") || previous == byte { return false }
            // Markup, addresses however spelled, controls, and the first bytes of all invisible characters.
            case UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "["),
                UInt8(ascii: "{"), 0..<32, 0x7F, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF:
                return false
            case UInt8(ascii: "a"), UInt8(ascii: "A"):
                if previous == UInt8(ascii: "(") { return false }
            default: break
            }
            previous = byte
        }
        return previous != UInt8(ascii: " ") && previous != UInt8(ascii: "\n")
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

    /// Without blanks at the ends.
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
            if isBlank(scalar) {
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

    /// White_Space of Unicode, by hand: the library's table look-up was a third of a harvest's time.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9...13, 32, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
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
