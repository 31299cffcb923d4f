import JSON

/// Why a text is no YAML that is read here.
struct YAMLError: Error, CustomStringConvertible {
    let line: Int
    let reason: String
    var description: String { "no YAML at line \(line): \(reason)" }
}

/// Block-style YAML, as programs write metadata: mappings, sequences, plain, quoted and literal texts, and empty flow
/// collections.  Anchors, tags and flow collections with content are refused, not guessed.
struct YAMLReader {
    private struct Line {
        let number: Int
        let indent: Int
        let text: Substring
    }
    private var lines: [Substring]
    private var at = 0
    private static let deepest = 64

    /// The value of a document.
    static func value(_ text: String) throws(YAMLError) -> JSONValue {
        var reader = YAMLReader(lines: text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
        guard let first = reader.peek() else { return .null }
        let value = try reader.block(indent: first.indent, depth: 0)
        if let rest = reader.peek() { throw YAMLError(line: rest.number, reason: "text after the value") }
        return value
    }

    private init(lines: [Substring]) { self.lines = lines }

    /// The next line with content; comments, blank lines and marks of documents are passed over.
    private mutating func peek() -> Line? {
        while at < lines.count {
            let indent = lines[at].prefix { $0 == " " }.count
            let text = lines[at].dropFirst(indent)
            if text.isEmpty || text.allSatisfy(\.isWhitespace) || text.first == "#" || text == "---" || text == "..." {
                at += 1
                continue
            }
            return Line(number: at + 1, indent: indent, text: text)
        }
        return nil
    }

    private mutating func block(indent: Int, depth: Int) throws(YAMLError) -> JSONValue {
        guard let line = peek() else { return .null }
        guard depth < Self.deepest else { throw YAMLError(line: line.number, reason: "nested too deeply") }
        if Self.isItem(line.text) { return try sequence(indent: indent, depth: depth) }
        if Self.key(of: line.text) != nil { return try mapping(indent: indent, depth: depth) }
        at += 1
        return try scalar(line.text, indent: indent - 1, line: line)
    }

    private static func isItem(_ text: Substring) -> Bool { text == "-" || text.hasPrefix("- ") }

    /// The key of a line and what follows its colon; nil when the line holds none.
    private static func key(of text: Substring) -> (key: String, rest: Substring)? {
        if let quote = text.first, quote == "'" || quote == "\"" {
            guard let end = text.dropFirst().firstIndex(of: quote) else { return nil }
            let after = text[text.index(after: end)...]
            guard after.first == ":", after.dropFirst().first ?? " " == " " else { return nil }
            return (String(text[text.index(after: text.startIndex)..<end]), after.dropFirst())
        }
        var place = text.startIndex
        while let colon = text[place...].firstIndex(of: ":") {
            let next = text.index(after: colon)
            if next == text.endIndex || text[next] == " " { return (String(text[..<colon]), text[next...]) }
            place = next
        }
        return nil
    }

    private mutating func mapping(indent: Int, depth: Int) throws(YAMLError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        while let line = peek(), line.indent == indent, let (key, rest) = Self.key(of: line.text) {
            at += 1
            members[key] = try member(rest, indent: indent, line: line, isItem: false, depth: depth)
        }
        if let line = peek(), line.indent > indent { throw YAMLError(line: line.number, reason: "indented too far") }
        return .object(members)
    }

    private mutating func sequence(indent: Int, depth: Int) throws(YAMLError) -> JSONValue {
        var items: [JSONValue] = []
        while let line = peek(), line.indent == indent, Self.isItem(line.text) {
            let rest = line.text.dropFirst().drop { $0 == " " }
            let inner = indent + line.text.count - rest.count
            if !rest.isEmpty, Self.isItem(rest) || Self.key(of: rest) != nil, rest.first != "'", rest.first != "\"" {
                // What follows the dash is the first line of a block that stands where it begins.
                lines[at] = String(repeating: " ", count: inner) + rest
                items.append(try block(indent: inner, depth: depth + 1))
            } else {
                at += 1
                items.append(try member(rest, indent: indent, line: line, isItem: true, depth: depth))
            }
        }
        return .array(items)
    }

    /// What follows a colon or a dash: on the same line, or as a block below it.
    private mutating func member(
        _ rest: Substring, indent: Int, line: Line, isItem: Bool, depth: Int
    ) throws(YAMLError) -> JSONValue {
        let text = rest.drop { $0 == " " }
        if !text.isEmpty, text.first != "#" { return try scalar(text, indent: indent, line: line) }
        guard let next = peek() else { return .null }
        // The items of a sequence may stand below the first letter of its key.
        let isBelow = next.indent > indent || (!isItem && next.indent == indent && Self.isItem(next.text))
        return isBelow ? try block(indent: next.indent, depth: depth + 1) : .null
    }

    // MARK: Scalars

    private mutating func scalar(_ text: Substring, indent: Int, line: Line) throws(YAMLError) -> JSONValue {
        switch text.first {
        case "|", ">": return .string(literal(isFolded: text.first == ">", indent: indent))
        case "'", "\"": return .string(try quoted(text, line: line))
        case "[" where text.allSatisfy({ "[] ".contains($0) }): return .array([])
        case "{" where text.allSatisfy({ "{} ".contains($0) }): return .object([:])
        case "[", "{", "&", "*", "!", "%", "@", "`":
            throw YAMLError(line: line.number, reason: "'\(text.prefix(1))' begins a value that is not read here")
        default: break
        }
        var words = Self.withoutComment(text)
        // A plain text goes on in lines that are indented further.
        while at < lines.count {
            let next = lines[at]
            let depth = next.prefix { $0 == " " }.count
            guard depth > indent, next.contains(where: { $0 != " " }) else { break }
            words += " " + Self.withoutComment(next.dropFirst(depth))
            at += 1
        }
        return Self.plain(words)
    }

    private static func withoutComment(_ text: Substring) -> String {
        PlainText.trimmed(String(text.firstRange(of: " #").map { text[..<$0.lowerBound] } ?? text))
    }

    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "null", "Null", "~", "": .null
        case "true", "True": .bool(true)
        case "false", "False": .bool(false)
        default:
            // Numbers with zeros before them are names: 000026.
            if text.first.map({ "-0123456789".contains($0) }) ?? false,
                !text.hasPrefix("0") || text == "0"
                    || text.hasPrefix("0."), let number = Double(text)
            {
                .number(number)
            } else {
                .string(text)
            }
        }
    }

    private mutating func quoted(_ first: Substring, line: Line) throws(YAMLError) -> String {
        let quote = first.first ?? "'"
        var rest = first.dropFirst()
        var text = ""
        while true {
            while let character = rest.popFirst() {
                if character == quote {
                    guard quote == "'", rest.first == "'" else { return text }
                    text.append(rest.removeFirst())
                } else if character == "\\", quote == "\"" {
                    guard let escaped = rest.popFirst() else { break }
                    text += try Self.escape(escaped, &rest, line: line)
                } else {
                    text.append(character)
                }
            }
            guard at < lines.count else { throw YAMLError(line: line.number, reason: "the text has no end") }
            // A line break in quotes is a blank, an empty line a break.
            let next = lines[at].drop { $0 == " " }
            text = PlainText.trimmed(text) + (next.isEmpty ? "\n" : text.last == "\n" ? "" : " ")
            rest = next
            at += 1
        }
    }

    private static func escape(_ letter: Character, _ rest: inout Substring, line: Line) throws(YAMLError) -> String {
        let plain: [Character: String] = [
            "n": "\n", "t": "\t", "r": "\r", "0": "\0", "\\": "\\", "\"": "\"", "/": "/", " ": " ", "e": "\u{1B}",
            "_": "\u{A0}", "N": "\u{85}", "L": "\u{2028}", "P": "\u{2029}",
        ]
        if let text = plain[letter] { return text }
        guard let length = ["x": 2, "u": 4, "U": 8][letter], rest.count >= length,
            let code = UInt32(rest.prefix(length), radix: 16), let scalar = Unicode.Scalar(code)
        else { throw YAMLError(line: line.number, reason: "'\\\(letter)' is no escape") }
        rest = rest.dropFirst(length)
        return String(scalar)
    }

    /// Lines below `|` or `>`, their indentation taken away.
    private mutating func literal(isFolded: Bool, indent: Int) -> String {
        var found: [Substring] = []
        var depth: Int?
        while at < lines.count {
            let own = lines[at].prefix { $0 == " " }.count
            let isBlank = own == lines[at].count
            guard isBlank || own > indent else { break }
            if !isBlank, depth == nil { depth = own }
            found.append(lines[at].dropFirst(min(own, depth ?? own)))
            at += 1
        }
        while found.last?.isEmpty ?? false { found.removeLast() }
        return found.joined(separator: isFolded ? " " : "\n")
    }
}
