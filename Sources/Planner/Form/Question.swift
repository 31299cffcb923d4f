import Text
import Vocabulary

/// A question taken apart: its words, the lists they stand in, and which of them are spoken for.
struct Question {
    let query: String
    let bytes: [UInt8]
    let tokens: [Token]
    /// Folded words, token by token.
    let words: [String]
    let lexicon: Lexicon
    /// The lists of the lexicon that each word stands in.
    private let lists: [Lexicon.Lists]

    /// Tokens that already made a piece of the plan.
    private(set) var isUsed: [Bool]
    /// Quoted phrases, which rank verbatim.
    var quoted: [Range<Int>] = []
    /// Tokens that together name one record.
    var identifiers: [Range<Int>] = []

    init(_ query: String, lexicon: Lexicon) {
        self.query = query
        self.lexicon = lexicon
        bytes = Array(query.utf8)
        tokens = Tokenizer.tokens(of: bytes)
        words = tokens.map(\.word)
        lists = words.map(lexicon.lists(of:))
        isUsed = Array(repeating: false, count: tokens.count)
    }

    mutating func use(_ range: Range<Int>) {
        for index in range where index < isUsed.count { isUsed[index] = true }
    }
}

// MARK: Words

extension Question {
    /// The word at an index, empty outside the text.
    func word(_ index: Int) -> String { words.indices.contains(index) ? words[index] : "" }

    /// Whether the word at an index stands in a list; false outside the text.
    func has(_ list: Lexicon.List, at index: Int) -> Bool {
        lists.indices.contains(index) && lists[index].contains(list)
    }

    /// Whether the word at an index stands in one of several lists.
    func hasAny(of lists: [Lexicon.List], at index: Int) -> Bool { lists.contains { has($0, at: index) } }

    /// Whether some word of a stretch stands in one of several lists.
    func hasAny(of lists: [Lexicon.List], in range: Range<Int>) -> Bool { lists.contains { has($0, in: range) } }

    /// Whether some word of a stretch stands in a list.
    func has(_ list: Lexicon.List, in range: Range<Int>) -> Bool { range.contains { has(list, at: $0) } }

    /// Whether the word at an index stands in no list at all.
    func isInNoList(_ index: Int) -> Bool { lists.indices.contains(index) && lists[index] == Lexicon.Lists() }

    /// Whether the words from an index on are these.
    func matches(_ phrase: [String], at index: Int) -> Bool {
        index >= 0 && index + phrase.count <= words.count && words[index..<(index + phrase.count)].elementsEqual(phrase)
    }

    /// How many words the longest phrase of a list takes that stands at an index; nil when none does.
    func phraseLength(_ list: Lexicon.List, at index: Int) -> Int? {
        // Most words begin no phrase, and are done here.
        lexicon.phrases(of: list, beginningWith: word(index)).first { matches($0, at: index) }?.count
    }

    /// Whether the token is written like a plural.
    func isPlural(_ index: Int) -> Bool {
        let text = written(index..<(index + 1)).lowercased()
        return text.hasSuffix("s") && !["ss", "us", "is"].contains { text.hasSuffix($0) }
    }

    /// Whether the token is written with a capital.
    func isCapitalized(_ index: Int) -> Bool {
        guard tokens.indices.contains(index) else { return false }
        let text = String(decoding: bytes[tokens[index].start..<tokens[index].end], as: UTF8.self)
        return text.first?.isUppercase ?? false
    }
}

// MARK: Between words

extension Question {
    /// The text between a token and the previous one; the whole start of the text for the first, nothing where no
    /// token could be.
    func gap(before index: Int) -> String {
        guard (0...tokens.count).contains(index) else { return "" }
        let start = index == 0 ? 0 : tokens[index - 1].end
        let end = index < tokens.count ? tokens[index].start : bytes.count
        return start <= end ? String(decoding: bytes[start..<end], as: UTF8.self) : ""
    }

    /// Whether a clause ends between two neighbouring tokens.
    func isClauseEnd(before index: Int) -> Bool {
        gap(before: index).contains {
            $0 == "," || $0 == ";" || $0 == ":" || $0 == "." || $0 == "(" || $0 == ")" || $0 == "?" || $0 == "!"
        }
    }

    /// Whether only a comma stands before a token.
    func isComma(before index: Int) -> Bool { gap(before: index).filter { $0 != " " } == "," }
}

// MARK: Stretches of text

extension Question {
    /// The text as written from one token up to another.
    func written(_ range: Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        return String(decoding: bytes[tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end], as: UTF8.self)
    }

    /// The same as a piece of a plan.
    func planWords(_ range: Range<Int>) -> Plan.Words {
        guard !range.isEmpty else { return Plan.Words(text: "", start: 0, end: 0) }
        return Plan.Words(
            text: written(range), start: tokens[range.lowerBound].start, end: tokens[range.upperBound - 1].end)
    }

    /// A stretch of bytes as words of a plan.
    func planWords(bytes range: Range<Int>) -> Plan.Words {
        Plan.Words(text: String(decoding: bytes[range], as: UTF8.self), start: range.lowerBound, end: range.upperBound)
    }

    /// Tokens within a range of bytes.
    func tokens(from start: Int, to end: Int) -> Range<Int> {
        let first = tokens.firstIndex { $0.start >= start } ?? tokens.count
        let last = tokens.lastIndex { $0.end <= end } ?? -1
        return first..<Swift.max(first, last + 1)
    }
}
