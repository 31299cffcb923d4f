/// Reads JSON5 (https://spec.json5.org) and keeps the position of everything, which Foundation's reader does not.
///
/// Small documents that people write: read as characters, nested at most 32 deep.
package struct JSON5Reader {
    private static let maximumDepth = 32

    private let characters: [Character]
    private var at = 0
    private var position = JSON5Value.Position(line: 1, column: 1)

    /// One value, and nothing but blanks and comments around it.
    package static func value(_ text: String) throws(ConfigurationError) -> JSON5Value {
        var reader = JSON5Reader(characters: Array(text))
        if reader.next == "\u{FEFF}" { reader.at += 1 }
        try reader.skipBlanks()
        let value = try reader.value(depth: 0)
        try reader.skipBlanks()
        guard reader.next == nil else { throw reader.failure("something follows the settings' last brace") }
        return value
    }

    private init(characters: [Character]) { self.characters = characters }

    private var next: Character? { at < characters.count ? characters[at] : nil }

    private func failure(_ detail: String) -> ConfigurationError { ConfigurationError(position, detail) }

    private mutating func advance() {
        if characters[at].isNewline {
            position.line += 1
            position.column = 1
        } else {
            position.column += 1
        }
        at += 1
    }

    private mutating func skip(_ character: Character) -> Bool {
        guard next == character else { return false }
        advance()
        return true
    }

    private mutating func skipBlanks() throws(ConfigurationError) {
        while let character = next {
            if character.isWhitespace {
                advance()
            } else if character == "/", at + 1 < characters.count, characters[at + 1] == "/" {
                while let character = next, !character.isNewline { advance() }
            } else if character == "/", at + 1 < characters.count, characters[at + 1] == "*" {
                let start = position
                advance()
                advance()
                while !(next == "*" && at + 1 < characters.count && characters[at + 1] == "/") {
                    guard next != nil else { throw ConfigurationError(start, "this comment has no end") }
                    advance()
                }
                advance()
                advance()
            } else {
                return
            }
        }
    }

    private mutating func value(depth: Int) throws(ConfigurationError) -> JSON5Value {
        guard depth < Self.maximumDepth else { throw failure("nested too deeply") }
        let start = position
        switch next {
        case nil: throw failure("a value is missing")
        case "{": return JSON5Value(content: .object(try members(depth: depth)), position: start)
        case "[": return JSON5Value(content: .array(try items(depth: depth)), position: start)
        case "\"", "'": return JSON5Value(content: .string(try string()), position: start)
        default:
            var word = ""
            while let character = next, character.isLetter || character.isNumber || "+-._$".contains(character) {
                word.append(character)
                advance()
            }
            switch word {
            case "true": return JSON5Value(content: .bool(true), position: start)
            case "false": return JSON5Value(content: .bool(false), position: start)
            case "null": return JSON5Value(content: .null, position: start)
            default:
                guard let number = Self.number(word) else {
                    throw ConfigurationError(
                        start,
                        word.isEmpty
                            ? "'\(next ?? " ")' begins no value" : "'\(word)' is no value; texts stand in quotes")
                }
                return JSON5Value(content: .number(number), position: start)
            }
        }
    }

    /// Decimal or hexadecimal, with a sign, as JSON5 writes them; infinities and NaN are no settings.
    private static func number(_ word: String) -> Double? {
        var digits = word[...]
        var sign = 1.0
        if let first = digits.first, first == "+" || first == "-" {
            sign = first == "-" ? -1 : 1
            digits = digits.dropFirst()
        }
        if digits.lowercased().hasPrefix("0x") {
            return UInt64(digits.dropFirst(2), radix: 16).map { sign * Double($0) }
        }
        guard let first = digits.first, first.isNumber || first == "." else { return nil }
        var text = String(digits)
        if text.hasPrefix(".") { text = "0" + text }
        if text.hasSuffix(".") { text += "0" }
        return Double(text).flatMap { $0.isFinite ? sign * $0 : nil }
    }

    private mutating func items(depth: Int) throws(ConfigurationError) -> [JSON5Value] {
        advance()
        var items: [JSON5Value] = []
        while true {
            try skipBlanks()
            if skip("]") { return items }
            items.append(try value(depth: depth + 1))
            try skipBlanks()
            if skip(",") { continue }
            guard skip("]") else { throw failure("a comma or ] is missing") }
            return items
        }
    }

    private mutating func members(depth: Int) throws(ConfigurationError) -> [JSON5Value.Member] {
        advance()
        var members: [JSON5Value.Member] = []
        while true {
            try skipBlanks()
            if skip("}") { return members }
            let start = position
            let key = try key()
            if members.contains(where: { $0.key == key }) {
                throw ConfigurationError(start, "'\(key)' is given twice")
            }
            try skipBlanks()
            guard skip(":") else { throw failure("a colon is missing after '\(key)'") }
            try skipBlanks()
            members.append(.init(key: key, position: start, value: try value(depth: depth + 1)))
            try skipBlanks()
            if skip(",") { continue }
            guard skip("}") else { throw failure("a comma or } is missing") }
            return members
        }
    }

    private mutating func key() throws(ConfigurationError) -> String {
        if next == "\"" || next == "'" { return try string() }
        var word = ""
        while let character = next, character.isLetter || character.isNumber || character == "_" || character == "$" {
            word.append(character)
            advance()
        }
        guard let first = word.first, !first.isNumber else { throw failure("a key is missing") }
        return word
    }

    private mutating func string() throws(ConfigurationError) -> String {
        let start = position
        let quote = next
        advance()
        var text = ""
        while let character = next {
            if character == quote {
                advance()
                return text
            }
            if character == "\\" {
                advance()
                try escape(into: &text)
                continue
            }
            guard !character.isNewline else { break }
            text.append(character)
            advance()
        }
        throw ConfigurationError(start, "this text has no closing quote")
    }

    private mutating func escape(into text: inout String) throws(ConfigurationError) {
        guard let character = next else { throw failure("an escape is missing") }
        switch character {
        case "n": text.append("\n")
        case "t": text.append("\t")
        case "r": text.append("\r")
        case "b": text.append("\u{8}")
        case "f": text.append("\u{C}")
        case "v": text.append("\u{B}")
        case "0": text.append("\0")
        case "x", "u":
            let count = character == "x" ? 2 : 4
            let digits = String(characters[(at + 1)...].prefix(count))
            guard digits.count == count, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
                throw failure("\\\(character) takes \(count) hexadecimal digits of a character")
            }
            text.unicodeScalars.append(scalar)
            for _ in 0..<count { advance() }
        case _ where character.isNewline: break
        default: text.append(character)
        }
        advance()
    }
}
