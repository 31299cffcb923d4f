import Records
import Text
import Vocabulary

/// "Unlesioned", "unmedicated", "nonanesthetized": a name behind a beginning that denies it.
struct PrefixReader {
    let question: Question
    let vocabulary: Vocabulary

    /// A mention for each such word that is no name itself.
    func read(besides mentions: [Mention]) -> [Mention] {
        let prefixes = vocabulary.lexicon.words(of: .denyingPrefix).map { Array($0.utf8) }
        return question.tokens.indices.compactMap { index in
            let token = question.tokens[index]
            guard !question.isUsed[index], !mentions.hold(index), !vocabulary.english.contains(token.folded),
                let prefix = prefixes.first(where: { token.folded.starts(with: $0) })
            else { return nil }
            let rest = Array(token.folded.dropFirst(prefix.count))
            guard rest.count >= 5 else { return nil }
            let named = vocabulary.terms(named: [Token(start: token.start, end: token.end, folded: rest)]).filter {
                [.procedure, .state, .manipulation].contains(vocabulary.facet(of: $0.number))
            }
            guard !named.isEmpty else { return nil }
            return Mention(
                start: token.start, end: token.end, firstToken: index, endToken: index + 1, candidates: named,
                isCorrected: false)
        }
    }
}
