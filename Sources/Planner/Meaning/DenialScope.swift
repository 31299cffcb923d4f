import Records
import Vocabulary

/// What a word that denies reaches.
///
/// The cue passes over verbs, small words and nouns that say nothing of their own ("an electrode in", "sessions from")
/// to the first phrase with a name.  A place or kind before the head of that phrase is not denied by itself: "no
/// hippocampal lesions" denies the lesions.
struct DenialScope {
    let question: Question
    let mentions: [Mention]
    let parse: Parse
    let vocabulary: Vocabulary

    /// Indices of mentions.
    struct Reach {
        var denied: [Int] = []
        /// Names that tell which of the denied is meant.
        var open: [Int] = []
    }

    func reach(of cue: Range<Int>) -> Reach {
        let start = predicate(behind: cue) ?? cue.upperBound
        // "Non-linear selectivity in V1": the prefix denies its own word and nothing behind it.
        if Self.prefixes.contains(question.word(cue.lowerBound)) {
            return Reach(denied: mentions.firstIndex { $0.firstToken == start }.map { [$0] } ?? [])
        }
        guard let first = firstName(from: start), let unit = unit(ofToken: first),
            let phrase = parse.phrases.firstIndex(where: { $0.units.contains(unit) })
        else { return firstName(from: start).flatMap(mention(at:)).map { Reach(denied: [$0]) } ?? Reach() }
        var reach = reach(of: phrase, from: start)
        let isPlain = Self.plain.contains(question.word(cue.lowerBound))
        for member in members(behind: phrase, isPlain: isPlain, denied: reach.denied) {
            let more = self.reach(of: member, from: start)
            reach.denied += more.denied
            reach.open += more.open
        }
        // "No lesion in the hippocampus": the place of what is denied.
        if let place = place(of: reach, behind: phrase) { reach.open += place }
        return reach
    }

    /// Beginnings of a word that deny this word alone.
    private static let prefixes = ["non", "un"]
    /// Cues of a denial that is not told as an exception: "not A and B" goes on only where both are of one kind.
    private static let plain = [
        "no", "not", "never", "nor", "neither", "isn", "aren", "wasn", "weren", "don", "doesn", "didn",
    ]

    /// "No matter whether the mice were anesthetized": what is said of the subject, not the subject.
    private func predicate(behind cue: Range<Int>) -> Int? {
        guard ["whether", "if"].contains(question.word(cue.upperBound - 1)),
            let clause = parse.clause(ofToken: cue.upperBound)
        else { return nil }
        let verb = parse.clauses[clause].units.first { unit in
            parse.units[unit].tokens.lowerBound >= cue.upperBound
                && (parse.units[unit].tag == .auxiliary || parse.units[unit].tag == .verb)
        }
        return verb.map { parse.units[$0].tokens.lowerBound }
    }

    // MARK: The first name

    /// The first token of the first name that the cue reaches.
    private func firstName(from start: Int) -> Int? {
        guard var index = unit(ofToken: start),
            !question.gap(before: start).contains(where: { ".;?!".contains($0) })
        else { return nil }
        let first = index
        // "Not, at any point of the experiment, sedated": what stands between two commas is passed over.
        var isInserted = question.isComma(before: start)
        var nouns = 0
        while index < parse.units.count {
            let unit = parse.units[index]
            let token = unit.tokens.lowerBound
            if index > first, question.isClauseEnd(before: token) {
                guard isInserted, question.isComma(before: token) else { return nil }
                isInserted = false
            }
            if unit.isName { return token }
            switch unit.tag {
            case .noun:
                nouns += isStandIn(token) ? 0 : 1
                if nouns > 2 { return nil }
            // "Not 1.0 in mice": the number is what is denied.
            case .number:
                let next = index + 1 < parse.units.count ? parse.units[index + 1] : nil
                if next.map({ $0.tag == .preposition && !isStandIn(token) }) ?? true { return nil }
            case .coordinator: if index > first { return nil }
            // "Exclude animals that were sedated", "those that have lesions".
            // "None of which carried ChR2".
            case .subordinator:
                if index > first, parse.units[index - 1].tag != .preposition,
                    !isStandIn(parse.units[index - 1].tokens.lowerBound)
                {
                    return nil
                }
            case .preposition where question.has(.denialEnd, at: token) && index > first:
                let last = parse.units[index - 1]
                guard [.verb, .adjective, .auxiliary].contains(last.tag) || isStandIn(last.tokens.lowerBound) else {
                    return nil
                }
            default: break
            }
            index += 1
        }
        return nil
    }

    /// "Except those with optogenetics", "no animals with lesions": a word for what is asked for, told apart by what
    /// follows.
    private func isStandIn(_ token: Int) -> Bool {
        question.hasAny(of: [.standIn, .target, .counted, .recording], at: token)
    }

    // MARK: Phrases

    /// The names of a phrase, behind a token.
    private func names(of phrase: Int, from start: Int = 0) -> [Int] {
        parse.phrases[phrase].units.compactMap { unit in
            let token = parse.units[unit].tokens.lowerBound
            return parse.units[unit].isName && token >= start ? mention(at: token) : nil
        }
    }

    private func reach(of phrase: Int, from start: Int) -> Reach {
        let names = names(of: phrase, from: start)
        guard names.count > 1, let head = names.last else { return Reach(denied: names) }
        let rest = names.dropLast()
        // "No mouse V1 recordings": the head is no name, and the first one tells.
        guard mentions[head].endToken == parse.tokens(of: parse.phrases[phrase]).upperBound else {
            return Reach(denied: [names[0]])
        }
        // "No anesthetized mice": of the animals only those.
        if has(head, .species) { return Reach(denied: Array(rest)) }
        // "No hippocampal lesions": the place is open, the act is not; "no ketamine anesthesia": this one alone.
        if rest.allSatisfy({ has($0, .region) || has($0, .species) }) {
            return Reach(denied: [head], open: Array(rest))
        }
        return Reach(denied: Array(rest), open: [head])
    }

    /// The place in a phrase right behind a denied act.
    private func place(of reach: Reach, behind phrase: Int) -> [Int]? {
        guard reach.denied.allSatisfy({ isAct($0) }), let last = reach.denied.last else { return nil }
        guard
            let next = parse.phrases.firstIndex(where: {
                $0.relation == .nmod && $0.governor == phrase
                    && parse.units[$0.units.lowerBound].tokens.lowerBound > mentions[last].firstToken
            }),
            parse.phrases[next].preposition.map({ !question.has(.denialEnd, at: parse.units[$0].tokens.lowerBound) })
                ?? false
        else { return nil }
        // "Tetrode recordings without optogenetics in CA1": what was recorded may be there.
        let isPlaceOfOther = mentions.indices.contains { $0 < last && !reach.denied.contains($0) && isAct($0) }
        let names = names(of: next)
        return isPlaceOfOther || !names.allSatisfy { has($0, .region) } ? nil : names
    }

    private func isAct(_ mention: Int) -> Bool {
        mentions[mention].numbers.contains { vocabulary.facet(of: $0).descriptor.act != nil }
    }

    /// Whether a name is of animals.
    func isSpecies(_ mention: Int) -> Bool { has(mention, .species) }

    private func has(_ mention: Int, _ facet: Facet) -> Bool {
        mentions[mention].numbers.contains { vocabulary.facet(of: $0) == facet }
    }

    // MARK: Lists

    /// The further members of the list that a denied phrase begins, known or not.
    private func members(behind phrase: Int, isPlain: Bool, denied: [Int]) -> [Int] {
        guard let list = parse.lists.first(where: { $0.members.contains(phrase) }),
            let place = list.members.firstIndex(of: phrase)
        else { return [] }
        let rest = Array(list.members[(place + 1)...])
        switch list.joint {
        case .or, .nor: return rest
        case .versus: return []
        case .comma, .and:
            // "No lesions, tetrodes": another wish; "no mice, rats": hardly.  A list that "and" ends is one of a kind.
            guard list.joint == .and else { return [] }
            if !isPlain { return rest }
            return Array(rest.prefix { member in names(of: member).contains { sharesFacet($0, denied) } })
        }
    }

    private func sharesFacet(_ mention: Int, _ denied: [Int]) -> Bool {
        let facets = Set(denied.flatMap { mentions[$0].numbers.map { vocabulary.facet(of: $0) } })
        return mentions[mention].numbers.contains { facets.contains(vocabulary.facet(of: $0)) }
    }

    // MARK: Places

    private func unit(ofToken token: Int) -> Int? { parse.units.firstIndex { $0.tokens.contains(token) } }

    private func mention(at token: Int) -> Int? { mentions.firstIndex { $0.firstToken == token } }
}
