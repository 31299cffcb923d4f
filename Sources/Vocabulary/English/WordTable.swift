import Text

/// One file of `vocab/english`: groups of words and the lists they stand in.
///
///     lists	words	value	use
///     date-verb	modified|updated	modified	before a date: what the date is of
///
/// Several lists or words are separated by `|`.  `value` is what the words stand for where the list needs that; `use`
/// tells people what the list decides.  Lines that start with `#` are header and comments.
struct WordTable: Sendable {
    /// A word or phrase, as it is written and as its folded words.
    struct Entry: Sendable {
        let written: String
        let words: [String]
    }

    struct Row: Sendable {
        let lists: [Lexicon.List]
        let entries: [Entry]
        let value: String
    }

    let rows: [Row]
    /// Of the whole file.
    let hash: UInt64

    private static let columns = "lists\twords\tvalue\tuse"
    private static let listsByName = Dictionary(uniqueKeysWithValues: Lexicon.List.allCases.map { ($0.name, $0) })

    init(name: String, bytes: [UInt8]) throws(VocabularyError) {
        var rows: [Row] = []
        var hasColumns = false
        for (number, line) in Self.pieces(of: bytes.indices, in: bytes, at: 0x0a).enumerated() {
            func malformed(_ what: String) -> VocabularyError {
                VocabularyError(kind: .malformed, detail: "english/\(name) line \(number + 1): \(what)")
            }
            if line.isEmpty || bytes[line.lowerBound] == UInt8(ascii: "#") { continue }
            if !hasColumns {
                guard bytes[line].elementsEqual(Self.columns.utf8) else {
                    throw malformed("the column line must be lists, words, value, use")
                }
                hasColumns = true
                continue
            }
            let cells = Self.pieces(of: line, in: bytes, at: 0x09)
            guard (2...4).contains(cells.count) else {
                throw malformed("\(cells.count) columns instead of two to four")
            }
            var lists: [Lexicon.List] = []
            for cell in Self.values(of: cells[0], in: bytes) {
                let name = String(decoding: bytes[cell], as: UTF8.self)
                guard let list = Self.listsByName[name] else { throw malformed("there is no list '\(name)'") }
                lists.append(list)
            }
            let entries = Self.values(of: cells[1], in: bytes).map { Self.entry($0, in: bytes) }
            guard !lists.isEmpty, !entries.isEmpty else { throw malformed("no list or no word") }
            let value = cells.count > 2 ? String(decoding: bytes[cells[2]], as: UTF8.self) : ""
            rows.append(Row(lists: lists, entries: entries, value: value))
        }
        self.rows = rows
        hash = WordHash.ofContents(bytes)
    }

    private static func entry(_ range: Range<Int>, in bytes: [UInt8]) -> Entry {
        var words: [String] = []
        var scanner = WordScanner(range)
        while scanner.next(in: bytes) { words.append(String(decoding: scanner.folded, as: UTF8.self)) }
        return Entry(written: String(decoding: bytes[range], as: UTF8.self), words: words)
    }

    private static func values(of cell: Range<Int>, in bytes: [UInt8]) -> [Range<Int>] {
        pieces(of: cell, in: bytes, at: UInt8(ascii: "|")).filter { !$0.isEmpty }
    }

    /// The stretches between a mark; by index, since the files are read at every start.
    private static func pieces(of range: Range<Int>, in bytes: [UInt8], at mark: UInt8) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            if bytes[index] == mark {
                pieces.append(start..<index)
                start = index + 1
            }
            index += 1
        }
        pieces.append(start..<range.upperBound)
        return pieces
    }
}
