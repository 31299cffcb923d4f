import Text
import Vocabulary

/// Finds which mentions are negated: "without", "but not", "other than", "no lesion, no drug".
///
/// A negation holds for the mention behind it and goes on over a list ("excluding mice, rats and gerbils") until a new
/// clause begins.
struct NegationReader {
    let question: Question
    let mentions: [Mention]
    /// Mentions whose own word denies them.
    let denied: [Mention]

    /// Indices of the negated mentions, and the tokens that negate.
    func read() -> (mentions: Set<Int>, tokens: Set<Int>) {
        var negated: Set<Int> = []
        var cues: Set<Int> = []
        var index = 0
        while index < question.tokens.count {
            guard !isMentioned(index), let length = cueLength(at: index) else {
                index += 1
                continue
            }
            let isPrefix = question.word(index) == "non"
            let reached = scope(from: index + length, isPrefix: isPrefix)
            if !reached.isEmpty {
                negated.formUnion(reached)
                cues.formUnion(index..<(index + length))
            }
            index += length
        }
        negated.formUnion(mentions.indices.filter { isStruck(mentions[$0]) || denied.contains(mentions[$0]) })
        for (mention, token) in freed() {
            negated.insert(mention)
            cues.insert(token)
        }
        return (negated, cues)
    }

    private func isMentioned(_ index: Int) -> Bool {
        mentions.contains { $0.firstToken <= index && index < $0.endToken }
    }

    private func cueLength(at index: Int) -> Int? {
        for phrase in Lexicon.notNegations where question.matches(phrase, at: index) { return nil }
        for phrase in Lexicon.negations where question.matches(phrase, at: index) { return phrase.count }
        return nil
    }

    /// "hippocampus -human", as in other search engines: a minus behind a space and against the word.
    private func isStruck(_ mention: Mention) -> Bool {
        let gap = question.gap(before: mention.firstToken)
        return gap.hasSuffix(" -") || gap == "-" && mention.firstToken == 0
    }

    /// "Drug-free", "seizure-free": what stands before is absent; "free" alone says nothing.
    private func freed() -> [(mention: Int, token: Int)] {
        mentions.indices.compactMap { index in
            let end = mentions[index].endToken
            guard question.word(end) == "free", question.gap(before: end) == "-" else { return nil }
            return (index, end)
        }
    }

    /// Mentions from a token on that a negation reaches.
    private func scope(from start: Int, isPrefix: Bool) -> [Int] {
        var reached: [Int] = []
        var at = start
        var skipped = 0
        while at < question.tokens.count {
            if let found = mentions.firstIndex(where: { $0.firstToken == at }) {
                reached.append(found)
                at = mentions[found].endToken
                skipped = 0
                if isPrefix { return reached }
                guard goesOn(at: at) else { return reached }
                continue
            }
            let word = question.word(at)
            if !reached.isEmpty {
                // Between the members of a list.
                if ["and", "or", "nor"].contains(word) || Lexicon.articles.contains(word)
                    || ["from", "in", "of", "with"].contains(word)
                {
                    at += 1
                    continue
                }
                return reached
            }
            // Before the first member only a few small words may stand.
            if skipped > 0, question.isClauseEnd(before: at) { return reached }
            if Lexicon.conjunctions.contains(word) || ["but", "with"].contains(word), skipped > 0, !isStandIn(at - 1) {
                return reached
            }
            skipped += 1
            if skipped > 4 { return reached }
            at += 1
        }
        return reached
    }

    /// "Except those with optogenetics", "no animals with lesions": a word for what is asked for, told apart by what
    /// follows.
    private func isStandIn(_ index: Int) -> Bool {
        ["those", "ones", "one", "these", "any", "all"].contains(question.word(index))
            || Lexicon.targetNouns[question.word(index)] != nil
    }

    /// Whether the list goes on behind a negated mention.
    private func goesOn(at index: Int) -> Bool {
        guard index < question.tokens.count else { return false }
        let gap = question.gap(before: index)
        if gap.contains(where: { ".;:()?!".contains($0) }) { return false }
        let word = question.word(index)
        if ["or", "nor"].contains(word) { return true }
        if word == "and" {
            // "not from rats and recorded in CA1" starts anew; "no mice and rats" goes on.
            let next = index + 1
            let start = Lexicon.articles.contains(question.word(next)) ? next + 1 : next
            guard let follower = mentions.first(where: { $0.firstToken == start }),
                let last = mentions.last(where: { $0.endToken == index })
            else { return false }
            return sharesFacet(last, follower)
        }
        if gap.trimmedIsComma {
            // A comma goes on only inside a list of the same kind that ends in "or", "nor" or "and".
            guard let last = mentions.last(where: { $0.endToken == index }),
                let next = mentions.first(where: { $0.firstToken == index }), sharesFacet(last, next)
            else { return false }
            var at = next.endToken
            while at < question.tokens.count, at < next.endToken + 4 {
                if ["or", "nor", "and"].contains(question.word(at)) { return true }
                at += 1
            }
        }
        return false
    }

    private func sharesFacet(_ left: Mention, _ right: Mention) -> Bool {
        facets(left).contains(where: facets(right).contains)
    }

    let facets: (Mention) -> Set<String>
}
