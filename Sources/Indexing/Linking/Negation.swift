internal import Text
internal import Vocabulary

/// Whether words of a text are said not to hold: "no sleep", "without anesthesia", "naive to stimulation",
/// "sleep was not recorded", "parvalbumin-negative".
///
/// A rule of reach, after NegEx (Chapman et al. 2001): a negating word counts within a few words before the mention,
/// in the same clause.
///
/// The words are in `vocab/english/record-negation.tsv`.
struct Negation {
    let lexicon: Lexicon

    /// How many words back a negation is looked for.
    private static let reach = 4
    /// How many words behind a mention its loss is looked for: "sleep file corrupt".
    private static let lossReach = 3

    func negates(_ mention: Mention, tokens: [Token], bytes: [UInt8]) -> Bool {
        isNegatedBefore(mention, tokens: tokens, bytes: bytes) || isNegatedAfter(mention, tokens: tokens, bytes: bytes)
    }

    private func isNegatedBefore(_ mention: Mention, tokens: [Token], bytes: [UInt8]) -> Bool {
        var next = mention.firstToken
        for _ in 0..<Self.reach where next > 0 {
            let index = next - 1
            if isClauseEnd(bytes[tokens[index].end..<tokens[next].start]) { return false }
            let word = tokens[index].word
            let lists = lexicon.lists(of: word)
            if lists.contains(.recordTurn) { return false }
            if lists.contains(.recordDenial) {
                // "not only sleep", "no longer awake than"
                return !(word == "not" && next < tokens.count && tokens[next].word == "only")
            }
            if word == "than", index > 0, tokens[index - 1].word == "rather" { return true }
            if word == "t", index > 0, isContraction(tokens[index - 1], tokens[index], bytes) { return true }
            next = index
        }
        return false
    }

    private func isNegatedAfter(_ mention: Mention, tokens: [Token], bytes: [UInt8]) -> Bool {
        let first = mention.endToken
        var end = mention.end
        for index in first..<min(first + Self.lossReach, tokens.count) {
            if isClauseEnd(bytes[end..<tokens[index].start]) { return false }
            let word = tokens[index].word
            let lists = lexicon.lists(of: word)
            if lists.contains(.recordTurn) { return false }
            if lists.contains(.recordLoss) || index == first && lists.contains(.recordDenialAfter) { return true }
            if word == "not", index == first + 1, lexicon.lists(of: tokens[first].word).contains(.recordVerb) {
                return !(index + 1 < tokens.count && tokens[index + 1].word == "only")
            }
            end = tokens[index].end
        }
        return false
    }

    /// `don't`, `wasn’t`: the tokenizer leaves the `t` alone.
    private func isContraction(_ left: Token, _ right: Token, _ bytes: [UInt8]) -> Bool {
        let between = bytes[left.end..<right.start]
        return between.elementsEqual([0x27]) || between.elementsEqual([0xe2, 0x80, 0x99])
    }

    private func isClauseEnd(_ between: ArraySlice<UInt8>) -> Bool {
        between.contains { byte in
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "("),
                UInt8(ascii: ")"), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "\n"):
                true
            default: false
            }
        }
    }
}
