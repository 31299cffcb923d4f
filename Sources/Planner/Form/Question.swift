import Records
import Text
import Vocabulary

/// A question taken apart: its words, what they may name, and which of them are spoken for.
struct Question {
    let query: String
    let bytes: [UInt8]
    let tokens: [Token]
    /// Folded words, token by token.
    let words: [String]
    /// Tokens that already made a piece of the plan.
    var isUsed: [Bool]
    /// Quoted phrases, which rank as they stand.
    var quoted: [Swift.Range<Int>] = []

    /// Tokens that together name one record.
    var identifiers: [Swift.Range<Int>] = []

    init(_ query: String) {
        self.query = query
        bytes = Array(query.utf8)
        tokens = Tokenizer.tokens(of: bytes)
        words = tokens.map(\.word)
        isUsed = Array(repeating: false, count: tokens.count)
    }

    /// What stands between a token and the one before it; the whole start of the text for the first.
    func gap(before index: Int) -> String {
        let start = index == 0 ? 0 : tokens[index - 1].end
        let end = index < tokens.count ? tokens[index].start : bytes.count
        return start <= end ? String(decoding: bytes[start..<end], as: UTF8.self) : ""
    }

    /// The text as written from one token up to another.
    func written(_ range: Swift.Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        return String(decoding: bytes[tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end], as: UTF8.self)
    }

    /// The same as a piece of a plan.
    func planWords(_ range: Swift.Range<Int>) -> Plan.Words {
        guard !range.isEmpty else { return Plan.Words(text: "", start: 0, end: 0) }
        return Plan.Words(
            text: written(range), start: tokens[range.lowerBound].start, end: tokens[range.upperBound - 1].end)
    }

    mutating func use(_ range: Swift.Range<Int>) {
        for index in range where index < isUsed.count { isUsed[index] = true }
    }

    /// The word at an index, empty outside the text.
    func word(_ index: Int) -> String { words.indices.contains(index) ? words[index] : "" }

    /// Whether the words from an index on are these.
    func matches(_ phrase: [String], at index: Int) -> Bool {
        index >= 0 && index + phrase.count <= words.count && words[index..<(index + phrase.count)].elementsEqual(phrase)
    }

    /// Whether a clause ends between two neighbouring tokens.
    func isClauseEnd(before index: Int) -> Bool {
        gap(before: index).contains {
            $0 == "," || $0 == ";" || $0 == ":" || $0 == "." || $0 == "(" || $0 == ")" || $0 == "?" || $0 == "!"
        }
    }

    /// Whether the token is written with a capital.
    func isCapitalized(_ index: Int) -> Bool {
        guard tokens.indices.contains(index) else { return false }
        let text = String(decoding: bytes[tokens[index].start..<tokens[index].end], as: UTF8.self)
        return text.first?.isUppercase ?? false
    }
}

/// A term found in the question, on its way to become a filter.
struct Finding {
    var tokens: Swift.Range<Int>
    var facet: Facet
    var value: Plan.Value
    /// Number in the vocabulary; nil for a literal value.
    var term: Int?
    var via: Plan.Via
    var confidence: Double
    var isNegated = false
    /// Joined by OR with the finding before it.
    var isAlternative = false
    var scope: Int?
    var role: Part.Role?
    /// The term itself is meant, nothing below it.
    var isExact = false
}
