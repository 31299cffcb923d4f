internal import Text
internal import Vocabulary

/// The lists of `vocab/english/record-text.tsv` by the keys of folded words, so that the words of a text are asked for
/// without being made strings.
struct ReadingCues {
    private var words: [UInt64: Lexicon.Lists] = [:]
    /// By the first word: the list and the further words.
    private var phrases: [UInt64: [(list: Lexicon.List, rest: [UInt64])]] = [:]

    /// What this reading asks for.
    private static let lists: [Lexicon.List] = [
        .headingAside, .headingReference, .headingExclusion, .funding, .exclusion, .hedge, .hedgeEnding, .plan, .others,
        .purpose, .depicted, .depicting, .otherMeaning, .fileEnding, .sexBearer, .humanBearer, .positional, .regionSign,
        .diseaseSign, .taskSign, .celltypeSign, .headShort, .makers, .diseasePurpose, .technical, .structure,
        .artifact, .groupBefore, .institutionName,
        .computing,
    ]

    init(_ lexicon: Lexicon) {
        for list in Self.lists {
            for word in lexicon.words(of: list) {
                add(word, to: list)
                for (one, many) in Self.plurals where word.contains(one) {
                    add(word.replacing(one, with: many), to: list)
                }
            }
        }
    }

    /// Plurals that folding does not make one with their singular.
    private static let plurals = [("mouse", "mice"), ("movie", "movies"), ("calf", "calves")]

    private mutating func add(_ entry: String, to list: Lexicon.List) {
        let keys = Tokenizer.tokens(of: entry).map(\.key)
        guard let first = keys.first else { return }
        if keys.count == 1 {
            words[first, default: Lexicon.Lists()].insert(list)
        } else {
            phrases[first, default: []].append((list, Array(keys.dropFirst())))
        }
    }

    /// Whether a word stands in a list by itself.
    func has(_ list: Lexicon.List, _ token: Token) -> Bool { words[token.key]?.contains(list) ?? false }

    /// How many words of a list's longest entry begin at a place; 0 for none.
    func length(of list: Lexicon.List, at index: Int, in tokens: [Token]) -> Int {
        var longest = has(list, tokens[index]) ? 1 : 0
        for phrase in phrases[tokens[index].key] ?? [] where phrase.list == list {
            let end = index + 1 + phrase.rest.count
            guard end - index > longest, end <= tokens.count else { continue }
            if zip(phrase.rest, tokens[(index + 1)..<end]).allSatisfy({ $0 == $1.key }) { longest = end - index }
        }
        return longest
    }

    /// Whether all the words of a range are one entry of a list.
    func isWhole(_ list: Lexicon.List, _ range: Range<Int>, in tokens: [Token]) -> Bool {
        !range.isEmpty && length(of: list, at: range.lowerBound, in: tokens) == range.count
    }
}
