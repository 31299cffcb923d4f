/// Colours for a terminal, or nothing: ANSI SGR codes.  Colour never says what the words do not say too.
struct Style: Sendable {
    let isOn: Bool

    func bold(_ text: String) -> String { wrap(text, "1") }
    func faint(_ text: String) -> String { wrap(text, "2") }
    func heading(_ text: String) -> String { wrap(text, "1;4") }
    /// A flag, a command, an id.
    func name(_ text: String) -> String { wrap(text, "36") }
    /// A filter of the plan, and what fulfils it.
    func chip(_ text: String) -> String { wrap(text, "1;34") }
    /// What is sure: the match tier, stated evidence.
    func good(_ text: String) -> String { wrap(text, "32") }
    /// What is unsure: the possible tier, inferred evidence, warnings.
    func unsure(_ text: String) -> String { wrap(text, "33") }
    func bad(_ text: String) -> String { wrap(text, "31") }
    /// Words that were searched for, inside a snippet.
    func mark(_ text: String) -> String { wrap(text, "1;33") }

    private func wrap(_ text: String, _ code: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}

/// Text of a source or a person made safe to print: control characters (terminal escapes among them), direction
/// overrides and line breaks become spaces, runs of white space one space.  `keepingMarks` lets the two private marks
/// of highlighted words through.
func printable(_ text: String, keepingMarks: Bool = false) -> String {
    var result = ""
    var pendingSpace = false
    for scalar in text.unicodeScalars {
        let isUnsafe =
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
            default: false
            }
        let isKept = scalar == "\u{200D}" || keepingMarks && (0xF0000...0xF0001).contains(scalar.value)
        if isUnsafe && !isKept || scalar == " " {
            pendingSpace = true
        } else {
            if pendingSpace, !result.isEmpty { result.append(" ") }
            pendingSpace = false
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// Lines of at most `width` characters, broken at spaces; a longer word has its own line.
func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var length = 0
    for word in text.split(separator: " ") {
        let count = word.count
        if length > 0, length + 1 + count > width {
            lines.append(line)
            (line, length) = ("", 0)
        }
        if length > 0 { line += " " }
        line += word
        length += count + (length > 0 ? 1 : 0)
    }
    if length > 0 { lines.append(line) }
    return lines
}

/// The text cut to a number of characters, with an ellipsis where it was cut.
func shortened(_ text: String, to count: Int) -> String {
    text.count <= count ? text : text.prefix(max(0, count - 1)).trimmingSuffix(while: { $0 == " " }) + "…"
}

extension StringProtocol {
    /// Without the characters at its beginning that fulfil the condition.
    func trimmingPrefix(while condition: (Character) -> Bool) -> String { String(drop(while: condition)) }

    /// Without the characters at its end that fulfil the condition.
    func trimmingSuffix(while condition: (Character) -> Bool) -> String {
        var end = endIndex
        while end > startIndex, condition(self[index(before: end)]) { end = index(before: end) }
        return String(self[startIndex..<end])
    }
}
