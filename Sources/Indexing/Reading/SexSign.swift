internal import Text
internal import Vocabulary

/// Whether "male" or "female" is said of the subjects: "four male Long-Evans rats", "12 female", "male and female
/// mice", and not "responses to female urine".
struct SexSign {
    let text: ReadText
    let cues: ReadingCues

    func isOfSubjects(_ mention: Mention) -> Bool {
        let sentence = text.sentence(of: mention.firstToken)
        let after = mention.endToken..<min(sentence.upperBound, mention.endToken + 5)
        if !after.isEmpty, after.contains(where: { cues.has(.sexBearer, text.tokens[$0]) }) { return true }
        // "Men", "a 38yr male": numbers and who it is stand before.
        let before = max(sentence.lowerBound, mention.firstToken - 3)..<mention.firstToken
        if mention.firstToken > sentence.lowerBound,
            text.bytes[mention.end - 1] == UInt8(ascii: "s") || isPeople(mention),
            cues.has(.groupBefore, text.tokens[mention.firstToken - 1])
        {
            return true
        }
        return before.contains { isNumber(text.tokens[$0]) || cues.has(.sexBearer, text.tokens[$0]) }
    }

    /// Plurals without an "s".
    private func isPeople(_ mention: Mention) -> Bool {
        text.bytes[mention.start..<mention.end].suffix(3).elementsEqual("men".utf8)
    }

    private func isNumber(_ token: Token) -> Bool {
        guard let first = token.folded.first else { return false }
        return first >= 0x30 && first < 0x3a
    }
}
