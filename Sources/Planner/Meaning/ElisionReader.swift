import Text
import Vocabulary

/// Gives back the head that a list leaves out: "excitatory and inhibitory neurons" names excitatory neurons too,
/// "motor, visual or auditory cortex" three areas.
///
/// Where a name of several words follows "and", "or", a comma or a slash, the words before it are read with the name's
/// last words behind them; they count when together they are a name of the same facet.
struct ElisionReader {
    let question: Question
    let vocabulary: Vocabulary

    /// The mentions with those that were left out, in the order of the text.
    func completed(_ mentions: [Mention]) -> [Mention] {
        var all = mentions
        for mention in mentions where mention.endToken - mention.firstToken > 1 {
            var next = mention.firstToken
            while let found = elided(before: next, like: mention, among: all) {
                all.removeAll { $0.firstToken >= found.firstToken && $0.endToken <= found.endToken }
                all.append(found)
                next = found.firstToken
            }
        }
        all += denied(among: all)
        return all.count == mentions.count && all == mentions ? mentions : all.sorted { $0.firstToken < $1.firstToken }
    }

    /// "Cortex, not motor", "auditory cortex but not primary": the head is in the previous name.
    private func denied(among mentions: [Mention]) -> [Mention] {
        question.tokens.indices.compactMap { index in
            guard question.has(.elidedDenial, at: index), index + 1 < question.tokens.count,
                !question.isUsed[index + 1], !mentions.contains(where: { $0.firstToken == index + 1 }),
                index + 2 == question.tokens.count || question.isClauseEnd(before: index + 2)
            else { return nil }
            let end = question.word(index - 1) == "but" ? index - 1 : index
            guard let named = mentions.last(where: { $0.endToken == end }) else { return nil }
            let facets = Set(named.numbers.map { vocabulary.facet(of: $0) })
            for head in named.firstToken..<named.endToken {
                let tokens = [question.tokens[index + 1]] + question.tokens[head..<named.endToken]
                let candidates = vocabulary.terms(named: tokens).filter {
                    facets.contains(vocabulary.facet(of: $0.number))
                }
                guard !candidates.isEmpty else { continue }
                return Mention(
                    start: question.tokens[index + 1].start, end: question.tokens[index + 1].end,
                    firstToken: index + 1, endToken: index + 2, candidates: candidates, isCorrected: false)
            }
            return nil
        }
    }

    private static let longest = 3

    /// The name whose head is in `mention`, ending before a token.
    private func elided(before next: Int, like mention: Mention, among mentions: [Mention]) -> Mention? {
        var end = next
        let gap = question.gap(before: next)
        if question.has(.pairJoint, at: next - 1), gap == " " {
            end -= 1
            if end > 0, question.gap(before: end) != " ", !question.isComma(before: end) { return nil }
        } else if gap != "/", !(question.isComma(before: next) && next != mention.firstToken) {
            return nil
        }
        let facets = Set(mention.numbers.map { vocabulary.facet(of: $0) })
        for length in stride(from: Self.longest, through: 1, by: -1) {
            let start = end - length
            guard start >= 0, (start..<end).allSatisfy({ !question.isUsed[$0] && !question.has(.joint, at: $0) }),
                (start + 1..<end).allSatisfy({ question.gap(before: $0).allSatisfy { $0 == " " || $0 == "-" } })
            else { continue }
            let inside = mentions.filter { $0.firstToken < end && $0.endToken > start }
            guard inside.allSatisfy({ $0.firstToken >= start && $0.endToken <= end }) else { continue }
            for head in (mention.firstToken + 1)..<mention.endToken {
                let tokens = Array(question.tokens[start..<end] + question.tokens[head..<mention.endToken])
                let candidates = vocabulary.terms(named: tokens).filter {
                    facets.contains(vocabulary.facet(of: $0.number))
                }
                guard !candidates.isEmpty, isBetter(candidates, than: inside) else { continue }
                return Mention(
                    start: question.tokens[start].start, end: question.tokens[end - 1].end, firstToken: start,
                    endToken: end, candidates: candidates, isCorrected: false)
            }
        }
        return nil
    }

    /// What the words name alone stays unless the whole is of another facet ("excitatory") or lies below it
    /// ("optogenetic" in "optogenetic and chemogenetic inhibition").
    private func isBetter(_ candidates: [NameMatch], than mentions: [Mention]) -> Bool {
        mentions.allSatisfy { mention in
            candidates.contains { candidate in
                let rivals = mention.numbers.filter {
                    vocabulary.facet(of: $0) == vocabulary.facet(of: candidate.number)
                }
                return rivals.isEmpty || rivals.contains { vocabulary.isTerm(candidate.number, within: $0) }
            }
        }
    }
}
