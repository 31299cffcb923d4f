/// One line of a comma- or tab-separated table (RFC 4180, without line breaks in cells).
enum DelimitedText {
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
