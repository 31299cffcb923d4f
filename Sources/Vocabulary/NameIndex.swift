import Text

/// How a name belongs to its term.
package enum NameKind: UInt8, Sendable, Hashable, Comparable, CustomStringConvertible {
    case label, synonym, acronym, adjective
    package static func < (left: NameKind, right: NameKind) -> Bool { left.rawValue < right.rawValue }

    /// The word that evidence gives as its rule; spelled out because looking it up by reflection is slow.
    package var description: String {
        switch self {
        case .label: "label"
        case .synonym: "synonym"
        case .acronym: "acronym"
        case .adjective: "adjective"
        }
    }
}

/// A term that has a name.
package struct NameMatch: Sendable, Hashable {
    package let number: Int
    package let via: NameKind
    /// The name was written exactly so, letter case included.
    package let isExactCase: Bool

    package init(number: Int, via: NameKind, isExactCase: Bool) {
        self.number = number
        self.via = via
        self.isExactCase = isExactCase
    }
}

/// Names of terms by the key of their folded words: those that text is read for, or the silent ones.
struct NameIndex: Sendable {
    /// A name: its term, its kind, its position in the table's bytes, and the next entry of the same key.
    struct Entry: Sendable {
        let term: Int32
        let kind: NameKind
        let table: Int16
        let start: Int32
        let end: Int32
        var next: Int32
    }

    private(set) var entries: [Entry] = []
    private(set) var heads: HashIndex
    /// Keys of all proper beginnings of names of several words.
    private(set) var beginnings: HashIndex
    /// The words that names are made of, once each, for the typo rule.
    private(set) var words: WordList

    /// The names of the terms that are silent or obsolete, or of all others.
    init(silent: Bool, tables: [TermTable], starts: [Int], flags: [Term.Flags]) {
        let total = flags.count { $0.isDisjoint(with: [.silent, .obsolete]) != silent }
        heads = HashIndex(capacity: total * 4)
        beginnings = HashIndex(capacity: silent ? 0 : total * 4)
        words = WordList(capacity: silent ? 0 : total * 2)
        entries.reserveCapacity(total * 4)
        let kinds: [(TermTable.Column, NameKind)] = [
            (.label, .label), (.synonyms, .synonym), (.acronyms, .acronym), (.adjectives, .adjective),
        ]
        // One buffer for all names: tens of thousands are read at every start.
        var reader = NameReader()
        for (tableNumber, table) in tables.enumerated() {
            for line in 0..<table.count {
                let term = starts[tableNumber] + line
                guard flags[term].isDisjoint(with: [.silent, .obsolete]) != silent else { continue }
                for (column, kind) in kinds {
                    table.forEachValue(line, column) { name in
                        let entry = Entry(
                            term: Int32(term), kind: kind, table: Int16(tableNumber), start: Int32(name.lowerBound),
                            end: Int32(name.upperBound), next: -1)
                        add(entry, in: table.bytes, isRead: !silent, reader: &reader)
                    }
                }
            }
        }
    }

    /// The words of a name, and all of them joined.
    private struct NameReader {
        var scanner = WordScanner(0..<0)
        var joined: [UInt8] = []
    }

    private mutating func add(_ entry: Entry, in bytes: [UInt8], isRead: Bool, reader: inout NameReader) {
        reader.scanner.restart(Int(entry.start)..<Int(entry.end))
        reader.joined.removeAll(keepingCapacity: true)
        var key: UInt64 = 0
        var count = 0
        while reader.scanner.next(in: bytes) {
            let word = reader.scanner.key
            if isRead {
                words.insert(reader.scanner.folded, key: word)
                if count > 0 { beginnings.insert(1, for: key) }
            }
            key = count == 0 ? word : WordHash.chain(key, word)
            reader.joined.append(contentsOf: reader.scanner.folded)
            count += 1
        }
        guard count > 0 else { return }
        add(entry, key: key)
        // "twophoton" and "siliconprobe" are written too, and source enums join their words.
        if count > 1, count < 6, entry.kind != .adjective, reader.joined.count > 5 {
            add(entry, key: WordHash.of(reader.joined))
        }
    }

    private mutating func add(_ entry: Entry, key: UInt64) {
        let number = entries.count
        entries.append(entry)
        let head = heads.insert(number, for: key)
        guard head != number else { return }
        // Appended behind the head, so that the order of tables is kept.
        var last = head
        while entries[last].next >= 0 { last = Int(entries[last].next) }
        entries[last].next = Int32(number)
    }

    /// Whether some longer name starts with these words.
    func isBeginning(_ key: UInt64) -> Bool { beginnings[key] != nil }

    /// The entries of a name.
    func entries(for key: UInt64) -> [Entry] {
        guard let head = heads[key] else { return [] }
        var found: [Entry] = []
        var next = Int32(head)
        while next >= 0 {
            found.append(entries[Int(next)])
            next = entries[Int(next)].next
        }
        return found
    }
}

/// Distinct folded words, with what is needed to find those that a mistyped word may mean.
struct WordList: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [Int32] = [0]
    /// Bit n is the letter a + n.
    private(set) var letters: [UInt32] = []
    private var known: HashIndex

    init(capacity: Int) { known = HashIndex(capacity: capacity) }

    mutating func insert(_ folded: [UInt8], key: UInt64) {
        let number = letters.count
        guard known.insert(number, for: key) == number else { return }
        bytes.append(contentsOf: folded)
        ends.append(Int32(bytes.count))
        letters.append(Self.letters(of: folded))
    }

    func contains(_ token: Token) -> Bool { contains(token.key) }

    func contains(_ key: UInt64) -> Bool { known[key] != nil }

    /// The word nearest to a mistyped one: at most one change (insertion, deletion, substitution, transposition of
    /// neighbours; Damerau 1964) in words of five to eight letters, two from nine on.  Nil when none or, at the same
    /// distance, several unrelated words are near.
    func correction(of word: [UInt8]) -> [UInt8]? {
        guard word.count >= 5, word.allSatisfy({ $0 >= 0x61 && $0 <= 0x7a }) else { return nil }
        let limit = word.count >= 9 ? 2 : 1
        let mask = Self.letters(of: word)
        var best: (distance: Int, word: ArraySlice<UInt8>)?
        var isTie = false
        for number in letters.indices {
            let start = Int(ends[number])
            let end = Int(ends[number + 1])
            guard abs(end - start - word.count) <= limit, end - start >= 4 else { continue }
            guard (letters[number] ^ mask).nonzeroBitCount <= 2 * limit else { continue }
            let candidate = bytes[start..<end]
            // A changed first letter is a rare slip and a common way to hit an unrelated short word.
            guard candidate[start] == word[0] || word.count >= 7 else { continue }
            guard candidate.allSatisfy({ $0 >= 0x61 && $0 <= 0x7a }) else { continue }
            guard !Prefixes.areOpposed(word, Array(candidate)) else { continue }
            guard let distance = EditDistance.between(word, Array(candidate), atMost: limit) else { continue }
            if let known = best {
                if distance < known.distance {
                    best = (distance, candidate)
                    isTie = false
                } else if distance == known.distance {
                    // Of two equally near words the one with the same beginning is meant.
                    let better = Self.commonPrefix(word, candidate)
                    let current = Self.commonPrefix(word, known.word)
                    if better > current {
                        best = (distance, candidate)
                        isTie = false
                    } else if better == current {
                        isTie = true
                    }
                }
            } else {
                best = (distance, candidate)
            }
        }
        guard let best, !isTie else { return nil }
        return Array(best.word)
    }

    private static func commonPrefix(_ left: [UInt8], _ right: ArraySlice<UInt8>) -> Int {
        zip(left, right).prefix { $0 == $1 }.count
    }

    private static func letters(of word: [UInt8]) -> UInt32 {
        word.reduce(into: 0) { mask, byte in
            if byte >= 0x61, byte <= 0x7a { mask |= 1 << UInt32(byte - 0x61) }
        }
    }
}

/// Beginnings that turn a word's meaning: "unlesioned" is no slip of "lesioned", nor "hypothermia" of "hyperthermia".
enum Prefixes {
    /// Whether two words differ in nothing but such a beginning.
    static func areOpposed(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        for prefix in all {
            if left.starts(with: prefix), isRest(left.dropFirst(prefix.count), of: right) { return true }
            if right.starts(with: prefix), isRest(right.dropFirst(prefix.count), of: left) { return true }
        }
        return false
    }

    private static func isRest(_ rest: ArraySlice<UInt8>, of word: [UInt8]) -> Bool {
        rest.elementsEqual(word)
            || all.contains { word.starts(with: $0) && word.dropFirst($0.count).elementsEqual(rest) }
    }

    private static let all: [[UInt8]] = [
        "un", "non", "in", "im", "dis", "de", "re", "a", "anti", "hypo", "hyper", "intra", "inter", "extra", "infra",
        "supra", "sub", "super", "pre", "post", "micro", "macro", "endo", "exo", "ortho", "homo", "hetero",
    ].map { Array($0.utf8) }
}

/// Damerau-Levenshtein distance with transposition of neighbours ("optimal string alignment").
package enum EditDistance {
    /// The distance, nil when it is above the limit.
    package static func between(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int? {
        if abs(left.count - right.count) > limit { return nil }
        var before = [Int](repeating: 0, count: right.count + 1)
        var above = Array(0...right.count)
        var row = above
        for i in 0..<left.count {
            row[0] = i + 1
            var smallest = row[0]
            for j in 0..<right.count {
                var cost = Swift.min(above[j + 1] + 1, row[j] + 1, above[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = Swift.min(cost, before[j - 1] + 1)
                }
                row[j + 1] = cost
                smallest = Swift.min(smallest, cost)
            }
            if smallest > limit { return nil }
            (before, above, row) = (above, row, before)
        }
        return above[right.count] <= limit ? above[right.count] : nil
    }
}
