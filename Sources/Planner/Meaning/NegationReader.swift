import Records
import Vocabulary

/// Which names are denied.
struct Negation {
    /// Indices of the denied mentions.
    let mentions: Set<Int>
    /// Names that only tell more about a denied one: the place of "no lesion in the hippocampus".
    let open: Set<Int>
    /// Tokens of the words that deny.
    let tokens: Set<Int>
}

/// Finds which mentions are negated: "without", "but not", "other than", "no lesion, no drug".
///
/// A cue denies the phrase behind it in its clause, over verbs and small words ("never have been trained in"), with the
/// list that the phrase is part of (scope as in NegEx and ConText, with the end of the clause for their terminations;
/// what hangs on the phrase as in DEEPEN).  See ``DenialScope``.
struct NegationReader {
    let question: Question
    private let mentions: [Mention]
    private let denied: [Mention]
    private let parse: Parse
    private let scope: DenialScope

    init(question: Question, mentions: Mentions, parse: Parse, scope: DenialScope) {
        (self.question, self.parse, self.scope) = (question, parse, scope)
        (self.mentions, denied) = (mentions.all, mentions.denied)
    }

    func read() -> Negation {
        var negated: Set<Int> = []
        var open: Set<Int> = []
        var cues: Set<Int> = []
        var index = 0
        while index < question.tokens.count {
            // A denial that an operator, a line of a form or a record's name has used denies nothing else.
            if mentions.hold(index) || question.isUsed[index] {
                index += 1
                continue
            }
            // What begins like a denial is passed over whole: "no need to exclude" holds another one.
            if let length = question.phraseLength(.notNegation, at: index) ?? question.undeniedLength(at: index) {
                index += length
                continue
            }
            guard let length = cueLength(at: index) else {
                index += 1
                continue
            }
            let reach = scope.reach(of: index..<(index + length))
            if !reach.denied.isEmpty {
                negated.formUnion(reach.denied)
                open.formUnion(reach.open)
                cues.formUnion(index..<(index + length))
            }
            index += length
        }
        negated.formUnion(mentions.indices.filter { isStruck(mentions[$0]) || denied.contains(mentions[$0]) })
        for (mention, tokens) in split() {
            negated.insert(mention)
            cues.formUnion(tokens)
        }
        for (mention, token) in freed() {
            negated.insert(mention)
            cues.insert(token)
        }
        return Negation(mentions: negated, open: open.subtracting(negated), tokens: cues)
    }

    // MARK: Cues

    private func cueLength(at index: Int) -> Int? {
        if isQuestion(at: index) || isBoth(at: index) { return nil }
        // "Un-medicated"; alone it is no English.
        if question.word(index) == "un", question.gap(before: index + 1) != "-" { return nil }
        if let length = question.phraseLength(.negation, at: index) {
            // "But not without": what denies nothing begins within the cue.
            let isUndone = (index..<(index + length)).contains { inner in
                question.phraseLength(.notNegation, at: inner).map { inner + $0 > index + length } ?? false
            }
            return isUndone ? nil : length
        }
        if isImperative(at: index) || isException(at: index) { return 1 }
        return nil
    }

    /// "Why are there no recordings in …": asks for what it misses.
    private func isQuestion(at index: Int) -> Bool {
        if question.word(index) == "nobody" || question.matches(["no", "1"], at: index) {
            // "Does nobody share", "why has no one recorded": asks for it; "in which nobody slept" denies.
            return question.has(.auxiliary, at: index - 1)
        }
        var there = index - 1
        while there >= 0, question.word(there) != "there", question.hasAny(of: [.adverb, .auxiliary], at: there) {
            there -= 1
        }
        guard ["no", "nothing", "none"].contains(question.word(index)), question.word(there) == "there" else {
            return false
        }
        let start = sentenceStart(of: index)
        // "How come there are none", "is there really nothing on".
        return (start..<there).contains { question.word($0) == "why" || question.word($0) == "come" }
            || question.has(.questionStart, at: start) && question.word(start) != "there"
    }

    private func sentenceStart(of index: Int) -> Int {
        guard let clause = parse.clause(ofToken: index) else { return 0 }
        let sentence = parse.clauses[clause].sentence
        return parse.clauses.first { $0.sentence == sentence }.map { parse.tokens(of: $0).lowerBound } ?? 0
    }

    /// "With and without muscimol": both are held; so "with muscimol or without".
    private func isBoth(at index: Int) -> Bool {
        let isLast = index + 1 == question.tokens.count || question.isClauseEnd(before: index + 1)
        if isLast, question.word(index) == "without", ["and", "or"].contains(question.word(index - 1)) { return true }
        return question.word(index) == "without" && question.word(index - 1) == "and"
            && question.word(index - 2) == "with"
    }

    /// "Drop MEG and EEG", "please skip the humans": a verb of leaving out that begins its clause.
    private func isImperative(at index: Int) -> Bool {
        guard question.has(.excludingVerb, at: index), let number = parse.clause(ofToken: index) else { return false }
        let start = parse.tokens(of: parse.clauses[number]).lowerBound
        return (start..<index).allSatisfy {
            question.hasAny(of: [.adverb, .conjunction, .pronoun], at: $0) || question.has(.requestWord, at: $0)
        }
    }

    /// "All species but ferrets", "any technique but fMRI": the one that is left out of all.
    private func isException(at index: Int) -> Bool {
        guard ["but", "bar"].contains(question.word(index)) else { return false }
        let name = question.has(.article, at: index + 1) ? index + 2 : index + 1
        guard mentions.contains(where: { $0.firstToken == name }), !hasVerb(clauseOf: name) else { return false }
        for back in stride(from: index - 1, through: Swift.max(0, index - 10), by: -1) {
            // "Any that were not head-fixed but awake".
            if question.isClauseEnd(before: back + 1) { return false }
            if question.phraseLength(.negation, at: back) != nil { return false }
            if question.has(.quantifier, at: back) { return true }
        }
        return false
    }

    /// "Any rats, but mice are better": what follows is a sentence of its own.
    private func hasVerb(clauseOf token: Int) -> Bool {
        guard let clause = parse.clause(ofToken: token) else { return false }
        return parse.clauses[clause].units.contains { unit in
            parse.units[unit].tag == .auxiliary && parse.units[unit].tokens.lowerBound > token
        }
    }

    /// "Keep anything with fMRI out": names between a verb and its particle at the end of the clause.
    private func split() -> [(mention: Int, tokens: [Int])] {
        mentions.indices.compactMap { index in
            let out = mentions[index].endToken
            guard question.word(out) == "out", out + 1 == question.tokens.count || question.isClauseEnd(before: out + 1)
            else { return nil }
            for back in stride(from: mentions[index].firstToken - 1, through: 0, by: -1) {
                if question.isClauseEnd(before: back + 1) { return nil }
                if question.has(.excludingVerb, at: back) || question.word(back) == "keep" {
                    return (index, [back, out])
                }
            }
            return nil
        }
    }

    // MARK: Denials that stand beside a name

    /// "hippocampus -human", as in other search engines: a minus behind a space and against the word.
    private func isStruck(_ mention: Mention) -> Bool {
        let gap = question.gap(before: mention.firstToken)
        return gap.hasSuffix(" -") || gap == "-" && mention.firstToken == 0
    }

    /// "Drug-free", "seizure-free": what precedes it is absent; "free" alone says nothing.
    private func freed() -> [(mention: Int, token: Int)] {
        mentions.indices.compactMap { index in
            let end = mentions[index].endToken
            // "Rats excluded", "anesthetized ones are useless".
            let verb = question.has(.standIn, at: end) ? end + 1 : end
            if question.gap(before: verb) == " ", let length = question.phraseLength(.denialAfter, at: verb) {
                return (index, verb + length - 1)
            }
            guard question.word(end) == "free", question.gap(before: end) == "-" else { return nil }
            return (index, end)
        }
    }
}

extension Question {
    /// The length of a denial of a verb of leaving out, which leaves its object in: "don't exclude", "no need to filter
    /// out", "you don't have to skip"; nil for none.
    func undeniedLength(at index: Int) -> Int? {
        let first = word(index)
        guard first == "no" || first == "not" || first == "don" || first == "never" || first == "needn" else {
            return nil
        }
        var at = index + 1
        if word(at) == "t" { at += 1 }
        // Only "need to", "have to", "want to" may stand between.
        while at < index + 5, ["need", "have", "want", "to", "necessary", "reason"].contains(word(at)) { at += 1 }
        guard has(.excludingVerb, at: at) else { return nil }
        at += 1
        if ["out", "away", "off", "over", "aside"].contains(word(at)) { at += 1 }
        return at - index
    }
}
