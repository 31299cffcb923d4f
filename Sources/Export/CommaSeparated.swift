/// Comma-separated values (RFC 4180) that no spreadsheet takes for a formula.
package enum CommaSeparated {
    /// One field, quoted where needed.  A leading `=`, `+`, `-` or `@`, also in its full-width form, gets an apostrophe
    /// before it, unless the field is a plain number; tabs and line ends, which spreadsheets take for a beginning, too,
    /// become spaces.
    package static func field(_ text: String) -> String {
        var text = SafeText.line(text)
        if let first = text.first, "=+-@＝＋－＠".contains(first), !isNumber(text) { text = "'" + text }
        guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// A line without its end.
    package static func row(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") }

    /// Lines with the ends of RFC 4180, CR and LF.
    package static func table(_ rows: [[String]]) -> String { rows.map { row($0) + "\r\n" }.joined() }

    /// `-1.5e3`; not `inf` or `0x1p3`, which Swift reads, too.
    private static func isNumber(_ text: String) -> Bool {
        text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) } && Double(text) != nil
    }
}
