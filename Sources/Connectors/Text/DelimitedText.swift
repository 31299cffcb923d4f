/// Comma- and tab-separated tables (RFC 4180).
enum DelimitedText {
    /// The rows of a table; a line break inside quotes does not end a row.
    static func rows(_ text: String) -> [String] {
        var rows: [String] = []
        var row = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            guard character.isNewline, !isQuoted else {
                row.append(character)
                continue
            }
            if row.contains(where: { !$0.isWhitespace }) { rows.append(row) }
            row = ""
        }
        if row.contains(where: { !$0.isWhitespace }) { rows.append(row) }
        return rows
    }

    /// The cells of one row.
    static func cells(_ line: String, separator: Character) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        var characters = line.makeIterator()
        var pending = characters.next()
        while let character = pending {
            pending = characters.next()
            if character == "\"" {
                if isQuoted, pending == "\"" {
                    cell.append(character)
                    pending = characters.next()
                } else if isQuoted || cell.isEmpty {
                    isQuoted.toggle()
                } else {
                    cell.append(character)
                }
            } else if character == separator, !isQuoted {
                cells.append(PlainText.trimmed(cell))
                cell = ""
            } else {
                cell.append(character)
            }
        }
        cells.append(PlainText.trimmed(cell))
        return cells
    }
}
