import Records
import Vocabulary

/// Which names are denied.
struct Negation {
    /// Indices of the denied mentions.
    let mentions: Set<Int>
    /// Tokens of the words that deny.
    let tokens: Set<Int>
}

/// Finds which mentions are negated: "without", "but not", "other than", "no lesion, no drug".
///
/// A negation holds for the mention behind it and goes on over a list ("excluding mice, rats and gerbils") until a new
/// clause begins.
struct NegationReader {
    let question: Question
    private let mentions: [Mention]
    private let denied: [Mention]
    private let vocabulary: Vocabulary

    init(question: Question, mentions: Mentions, vocabulary: Vocabulary) {
        (self.question, self.vocabulary) = (question, vocabulary)
        (self.mentions, denied) = (mentions.all, mentions.denied)
    }

    func read() -> Negation {
        var negated: Set<Int> = []
        var cues: Set<Int> = []
        var index = 0
        while index < question.tokens.count {
            if mentions.hold(index) {
                index += 1
                continue
            }
            // What begins like a denial is passed over whole: "no need to exclude" holds another one.
            if let length = question.phraseLength(.notNegation, at: index) {
                index += length
                continue
            }
            guard let length = cueLength(at: index) else {
                index += 1
                continue
            }
            let isPrefix = Self.prefixes.contains(question.word(index))
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
        return Negation(mentions: negated, tokens: cues)
    }

    private func cueLength(at index: Int) -> Int? {
        if isQuestion(at: index) || isBoth(at: index) { return nil }
        // "Un-medicated"; alone it is no English.
        if question.word(index) == "un", question.gap(before: index + 1) != "-" { return nil }
        return question.phraseLength(.negation, at: index)
    }

    /// Beginnings of a word that deny this word alone.
    private static let prefixes = ["non", "un"]

    /// "Why are there no recordings in …": asks for what it misses.
    private func isQuestion(at index: Int) -> Bool {
        guard question.word(index) == "no", question.word(index - 1) == "there" else { return false }
        let verb = index - 2
        guard ["are", "is", "were", "was"].contains(question.word(verb)) else { return false }
        return verb == 0 || question.word(verb - 1) == "why" || question.isClauseEnd(before: verb)
    }

    /// "With and without muscimol": both are held.
    private func isBoth(at index: Int) -> Bool {
        question.word(index) == "without" && question.word(index - 1) == "and" && question.word(index - 2) == "with"
    }

    /// "hippocampus -human", as in other search engines: a minus behind a space and against the word.
    private func isStruck(_ mention: Mention) -> Bool {
        let gap = question.gap(before: mention.firstToken)
        return gap.hasSuffix(" -") || gap == "-" && mention.firstToken == 0
    }

    /// "Drug-free", "seizure-free": what precedes it is absent; "free" alone says nothing.
    private func freed() -> [(mention: Int, token: Int)] {
        mentions.indices.compactMap { index in
            let end = mentions[index].endToken
            // "Rats excluded".
            if question.gap(before: end) == " ", let length = question.phraseLength(.denialAfter, at: end) {
                return (index, end + length - 1)
            }
            guard question.word(end) == "free", question.gap(before: end) == "-" else { return nil }
            return (index, end)
        }
    }

    /// Mentions from a token on that a negation reaches.
    private func scope(from start: Int, isPrefix: Bool) -> [Int] {
        var reached: [Int] = []
        var at = start
        var skipped = 0
        // "Non-linear selectivity in V1": the prefix denies its own word and nothing behind it.
        if isPrefix { return mentions.firstIndex { $0.firstToken == start }.map { [$0] } ?? [] }
        while at < question.tokens.count {
            if let found = mentions.firstIndex(where: { $0.firstToken == at }) {
                reached.append(found)
                at = mentions[found].endToken
                skipped = 0
                guard goesOn(at: at) else { return reached }
                continue
            }
            if !reached.isEmpty {
                // Between the members of a list.
                guard question.hasAny(of: [.listJoint, .article, .listFiller], at: at) else { return reached }
                at += 1
                continue
            }
            // Only a few small words may precede the first member.
            if skipped > 0, question.isClauseEnd(before: at) { return reached }
            if question.hasAny(of: [.conjunction, .denialEnd], at: at), skipped > 0, !isStandIn(at - 1),
                !isParticiple(at - 1)
            {
                return reached
            }
            skipped += 1
            if skipped > 4 { return reached }
            at += 1
        }
        return reached
    }

    /// "Not treated with ketamine": what follows the participle belongs to it.
    private func isParticiple(_ index: Int) -> Bool { question.word(index).hasSuffix("ed") }

    /// "Except those with optogenetics", "no animals with lesions": a word for what is asked for, told apart by what
    /// follows.
    private func isStandIn(_ index: Int) -> Bool {
        question.has(.standIn, at: index) || question.has(.target, at: index)
    }

    /// Whether the list goes on behind a negated mention.
    private func goesOn(at index: Int) -> Bool {
        guard index < question.tokens.count else { return false }
        let gap = question.gap(before: index)
        if gap.contains(where: { ".;:()?!".contains($0) }) { return false }
        if question.has(.disjunction, at: index) { return true }
        if question.word(index) == "and" {
            // "not from rats and recorded in CA1" starts a new phrase; "no mice and rats" continues it.
            let next = index + 1
            let start = question.has(.article, at: next) ? next + 1 : next
            guard let follower = mentions.first(where: { $0.firstToken == start }),
                let last = mentions.last(where: { $0.endToken == index })
            else { return false }
            return sharesFacet(last, follower)
        }
        if question.isComma(before: index) {
            // A comma goes on only inside a list of the same kind that ends in "or", "nor" or "and".
            guard let last = mentions.last(where: { $0.endToken == index }),
                let next = mentions.first(where: { $0.firstToken == index }), sharesFacet(last, next)
            else { return false }
            return question.has(.listJoint, in: next.endToken..<(next.endToken + 4))
        }
        return false
    }

    private func sharesFacet(_ left: Mention, _ right: Mention) -> Bool {
        let facets = Set(right.numbers.map { vocabulary.facet(of: $0) })
        return left.numbers.contains { facets.contains(vocabulary.facet(of: $0)) }
    }
}
