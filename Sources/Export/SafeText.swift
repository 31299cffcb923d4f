/// Text of a source made safe for other programs: control characters, characters that turn the direction of what
/// follows, invisible tag characters and private ones become spaces; joiners that scripts need stay.
package enum SafeText {
    /// One line: runs of white space are one space, none at the ends.
    package static func line(_ text: String) -> String { cleaned(text, keepsLines: false) }

    /// Lines kept, at most one empty line between them.
    package static func paragraph(_ text: String) -> String { cleaned(text, keepsLines: true) }

    /// The first `count` characters, with an ellipsis where something was cut.
    package static func shortened(_ text: String, to count: Int) -> String {
        // Counting UTF-8 first spares walking a long text twice.
        if text.utf8.count <= count || text.count <= count { return text }
        var cut = text.prefix(max(0, count - 1))
        while cut.last?.isWhitespace ?? false { cut = cut.dropLast() }
        return cut + "…"
    }

    private static func cleaned(_ text: String, keepsLines: Bool) -> String {
        var result = String.UnicodeScalarView()
        var space = false
        var breaks = 0
        for scalar in text.unicodeScalars {
            if keepsLines, scalar == "\n" || scalar == "\u{2028}" || scalar == "\u{2029}" || scalar == "\u{85}" {
                breaks += 1
            } else if isBlank(scalar) {
                space = true
            } else {
                if !result.isEmpty, breaks > 0 {
                    result.append("\n")
                    if breaks > 1 { result.append("\n") }
                } else if !result.isEmpty, space {
                    result.append(" ")
                }
                (space, breaks) = (false, 0)
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether a character is a space, or something that must not be shown.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == " " { return true }
        if scalar.isASCII { return scalar.value < 32 || scalar.value == 127 }
        // Joiners (ZWNJ, ZWJ) are part of words and of emoji.
        if scalar.value == 0x200C || scalar.value == 0x200D { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .privateUse,
            .unassigned:
            return true
        default: return false
        }
    }
}
