internal import Text
internal import Vocabulary

/// Whether words of a text are said not to hold: "no sleep", "without anesthesia", "naive to stimulation",
/// "sleep was not recorded", "parvalbumin-negative".
///
/// A rule of reach, after NegEx (Chapman et al. 2001): a negating word counts within a few words before the mention,
/// in the same clause.
enum Negation {
    /// How many words back a negation is looked for.
    private static let reach = 4

    private static let before: Set<String> = [
        "no", "not", "without", "never", "neither", "nor", "non", "naive", "lacking", "lack", "lacked", "absent",
        "excluding", "except", "instead", "exclude", "excluded", "absence", "didnt", "doesnt", "dont", "wasnt",
        "werent",
        "isnt", "arent", "hasnt", "havent", "hadnt", "couldnt", "cant", "cannot", "wont",
    ]
    /// Words after which a negation no longer reaches on: what follows is affirmed.
    private static let turning: Set<String> = [
        "but", "however", "although", "whereas", "while", "only", "during", "then",
    ]
    private static let verbs: Set<String> = [
        "is", "was", "were", "are", "wa", "did", "doe", "does", "do", "has", "had", "have", "ha", "could", "can",
    ]
    /// Words that deny what they directly follow: "drug-free".
    private static let after: Set<String> = ["free", "naive", "negative"]
    /// What makes data be no data, a few words after them: "sleep file corrupt".
    private static let losses: Set<String> = [
        "corrupt", "corrupted", "lost", "missing", "excluded", "discarded", "failed", "unavailable", "absent",
        "skipped",
        "canceled", "cancelled", "dropped", "unusable", "aborted",
    ]
    private static let lossReach = 3

    static func negates(_ mention: Mention, tokens: [Token], bytes: [UInt8]) -> Bool {
        isNegatedBefore(mention, tokens: tokens, bytes: bytes) || isNegatedAfter(mention, tokens: tokens, bytes: bytes)
    }

    private static func isNegatedBefore(_ mention: Mention, tokens: [Token], bytes: [UInt8]) -> Bool {
        var next = mention.firstToken
        for _ in 0..<reach where next > 0 {
            let index = next - 1
            if isClauseEnd(bytes[tokens[index].end..<tokens[next].start]) { return false }
            let word = tokens[index].word
            if turning.contains(word) { return false }
            if before.contains(word) {
                // "not only sleep", "no longer awake than"
                return !(word == "not" && next < tokens.count && tokens[next].word == "only")
            }
            if word == "than", index > 0, tokens[index - 1].word == "rather" { return true }
            if word == "t", index > 0, isContraction(tokens[index - 1], tokens[index], bytes) { return true }
            next = index
        }
        return false
    }

    private static func isNegatedAfter(_ mention: Mention, tokens: [Token], bytes: [UInt8]) -> Bool {
        let first = mention.endToken
        var end = mention.end
        for index in first..<min(first + lossReach, tokens.count) {
            if isClauseEnd(bytes[end..<tokens[index].start]) { return false }
            let word = tokens[index].word
            if turning.contains(word) { return false }
            if losses.contains(word) { return true }
            if index == first, after.contains(word) { return true }
            if word == "not", index == first + 1, verbs.contains(tokens[first].word) {
                return !(index + 1 < tokens.count && tokens[index + 1].word == "only")
            }
            end = tokens[index].end
        }
        return false
    }

    /// `don't`, `wasn’t`: the tokenizer leaves the `t` alone.
    private static func isContraction(_ left: Token, _ right: Token, _ bytes: [UInt8]) -> Bool {
        let between = bytes[left.end..<right.start]
        return between.elementsEqual([0x27]) || between.elementsEqual([0xe2, 0x80, 0x99])
    }

    private static func isClauseEnd(_ between: ArraySlice<UInt8>) -> Bool {
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
