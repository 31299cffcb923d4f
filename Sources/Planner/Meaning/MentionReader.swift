import Vocabulary

/// The names in a question.
struct Mentions {
    /// In the order of the text.
    let all: [Mention]
    /// Those whose own word denies them: "unlesioned".
    let denied: [Mention]
}

/// Finds the names of terms in the words that are no operator: as they stand, behind a beginning that denies them, and
/// where a list leaves out their head.
struct MentionReader {
    let question: Question
    let vocabulary: Vocabulary

    func read() -> Mentions {
        let named = vocabulary.mentions(in: question.bytes, tokens: question.tokens, correctingTypos: true).filter {
            !($0.firstToken..<$0.endToken).contains { question.isUsed[$0] || question.isDatedByEvent($0) }
                && !question.isUnit($0.firstToken)
        }
        let denied = PrefixReader(question: question, vocabulary: vocabulary).read(besides: named)
        let whole = (named + denied).sorted { $0.firstToken < $1.firstToken }
        return Mentions(
            all: ElisionReader(question: question, vocabulary: vocabulary).completed(whole), denied: denied)
    }
}

extension Mention {
    var tokens: Range<Int> { firstToken..<endToken }
}

extension [Mention] {
    /// Whether a token is part of a name.
    func hold(_ token: Int) -> Bool { contains { $0.firstToken <= token && token < $0.endToken } }
}
