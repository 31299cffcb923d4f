import Text
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
        }.map(withoutDeniedModifier)
        let denied = PrefixReader(question: question, vocabulary: vocabulary).read(besides: named)
        let whole = (named + denied).sorted { $0.firstToken < $1.firstToken }
        let completed = ElisionReader(question: question, vocabulary: vocabulary).completed(whole)
        let all = EverydayReader(question: question, vocabulary: vocabulary).completed(completed.flatMap(parts))
        return Mentions(all: all, denied: denied)
    }

    /// A compound as the names that it stands for, each on the same words ("rsfMRI": fMRI, resting state).
    private func parts(of mention: Mention) -> [Mention] {
        let numbers = vocabulary.parts(of: mention.candidates[0].number)
        guard !numbers.isEmpty else { return [mention] }
        return numbers.map { number in
            Mention(
                start: mention.start, end: mention.end, firstToken: mention.firstToken, endToken: mention.endToken,
                candidates: [NameMatch(number: number, via: mention.via, isExactCase: false)],
                isCorrected: mention.isCorrected)
        }
    }

    /// "Non-spatial working memory" is working memory: the beginning denies the first word, and the rest is a name.
    private func withoutDeniedModifier(_ mention: Mention) -> Mention {
        let before = mention.firstToken - 1
        guard mention.endToken - mention.firstToken > 1, ["non", "un"].contains(question.word(before)),
            question.gap(before: mention.firstToken) == "-"
        else { return mention }
        let rest = Array(question.tokens[(mention.firstToken + 1)..<mention.endToken])
        let named = vocabulary.terms(named: rest)
        guard let first = rest.first, !named.isEmpty else { return mention }
        return Mention(
            start: first.start, end: mention.end, firstToken: mention.firstToken + 1, endToken: mention.endToken,
            candidates: named, isCorrected: mention.isCorrected)
    }
}

extension Mention {
    var tokens: Range<Int> { firstToken..<endToken }
}

extension [Mention] {
    /// Whether a token is part of a name.
    func hold(_ token: Int) -> Bool { contains { $0.firstToken <= token && token < $0.endToken } }
}
