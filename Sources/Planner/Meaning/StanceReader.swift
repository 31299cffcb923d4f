import Records
import Vocabulary

/// Tells names that are only wished for ("ideally awake", "NWB would be nice") and names that are asked for neither way
/// ("regardless of anesthesia", "awake or anesthetized doesn't matter").
///
/// Each kind of cue reaches to one side, never over the end of its clause.  A whole question that is wished for is
/// polite, and asked for.
struct StanceReader {
    let question: Question
    let mentions: [Mention]
    let parse: Parse
    let scope: DenialScope

    /// Indices of mentions.
    struct Stances {
        var wished: Set<Int> = []
        var left: Set<Int> = []
        /// Tokens of the cues.
        var tokens: [Range<Int>] = []
    }

    func read() -> Stances {
        var stances = Stances()
        var index = 0
        while index < question.tokens.count {
            guard !mentions.hold(index), let (list, length) = cue(at: index) else {
                index += 1
                continue
            }
            let reached = names(of: list, from: index, to: index + length)
            if !reached.isEmpty { stances.tokens.append(index..<(index + length)) }
            switch list {
            case .indifferenceBefore, .indifferenceAfter: stances.left.formUnion(reached)
            default: stances.wished.formUnion(reached)
            }
            index += length
        }
        if stances.wished.count == mentions.count { stances.wished = [] }
        return stances
    }

    private func cue(at index: Int) -> (list: Lexicon.List, length: Int)? {
        for list in [
            Lexicon.List.indifferenceBefore, .indifferenceAfter, .wishBefore, .wishNear, .wishAfter, .illustration,
        ] {
            guard let length = question.phraseLength(list, at: index) else { continue }
            // "CA1 or possibly CA3" is a choice.
            return list == .wishBefore && question.word(index - 1) == "or" ? nil : (list, length)
        }
        if let length = question.undeniedLength(at: index) { return (.indifferenceBefore, length) }
        // "Rather tetrodes than Neuropixels".
        if question.word(index) == "rather", question.word(index + 1) != "than" { return (.illustration, 1) }
        // "Mice with and without optogenetics"; datasets with and without hold both.
        if question.matches(["with", "and", "without"], at: index),
            !question.words[..<index].contains(where: { question.lexicon.targets[$0] == .dataset })
        {
            return (.indifferenceBefore, 3)
        }
        // "With optogenetics or without".
        if question.word(index) == "or", question.word(index + 1) == "without",
            index + 2 == question.tokens.count || question.isClauseEnd(before: index + 2)
        {
            return (.indifferenceAfter, 2)
        }
        // "A drug like scopolamine"; "would like" has no noun before it.
        if question.word(index) == "like", isBehindNoun(index) { return (.illustration, 1) }
        return nil
    }

    /// The names that a cue speaks of.
    private func names(of list: Lexicon.List, from start: Int, to end: Int) -> [Int] {
        func first(_ one: [Int], else other: @autoclosure () -> [Int]) -> [Int] { one.isEmpty ? other() : one }
        switch list {
        // "Don't exclude anesthetized mice": what tells the mice apart is left open, and they are not.
        case .indifferenceBefore:
            // "Awake or asleep, whichever."
            let isLast = end == question.tokens.count || question.isClauseEnd(before: end)
            return first(
                scope.reach(of: start..<end).denied,
                else: first(listOfKind(at: end), else: isLast ? listBefore(start) : []))
        case .illustration: return behind(end, over: [.article, .preposition])
        case .indifferenceAfter: return withoutAnimals(listBefore(isResumed(start) ? start - 1 : start))
        // "Mouse V1, ideally layer 5": what is wished for is no name.
        case .wishBefore:
            let isLast = end == question.tokens.count || question.isClauseEnd(before: end)
            return first(behind(end), else: isLast ? listBefore(start) : [])
        // "Mice, if possible with LFP" speaks of what follows, "with LFP if possible" of what precedes.
        case .wishNear:
            return isLeading(start, end)
                ? first(behind(end), else: listBefore(start)) : first(listBefore(start), else: behind(end))
        default: return first(clauseBefore(start), else: behind(end))
        }
    }

    /// "Whichever state, awake or asleep": the list behind the word for its kind.
    private func listOfKind(at end: Int) -> [Int] {
        let kind = question.has(.article, at: end) ? end + 1 : end
        guard question.lexicon.facetWords[question.word(kind)] != nil, question.isClauseEnd(before: kind + 1) else {
            return []
        }
        return behind(kind + 1, over: [])
    }

    /// Whether a cue begins its clause and more of the clause follows.
    private func isLeading(_ start: Int, _ end: Int) -> Bool {
        guard end < question.tokens.count else { return false }
        if start == 0 || question.gap(before: start).contains(where: { ".;?!".contains($0) }) { return true }
        return (question.isClauseEnd(before: start) || question.word(start - 1) == "and")
            && !question.isClauseEnd(before: end)
    }

    /// "Sleep or wake, it makes no difference".
    private func isResumed(_ start: Int) -> Bool {
        ["it", "this", "that", "both", "either", "all"].contains(question.word(start - 1))
            && question.isComma(before: start - 1)
    }

    /// "Lesioned or intact rats are both fine": what tells the animals apart is open, and they are asked for.
    private func withoutAnimals(_ names: [Int]) -> [Int] {
        let rest = names.filter { !scope.isSpecies($0) }
        guard rest.isEmpty, let animals = names.first else { return rest }
        // "Lesioned or intact rats".
        guard let phrase = parse.phrase(at: mentions[animals].firstToken),
            let list = parse.lists.first(where: { $0.joint == .or && $0.members.contains(phrase) })
        else { return names }
        let others = list.members.filter { $0 != phrase }.flatMap { member in
            let tokens = parse.tokens(of: parse.phrases[member])
            return mentions.indices.filter { tokens.contains(mentions[$0].firstToken) && !scope.isSpecies($0) }
        }
        return others.isEmpty ? names : others
    }

    private func isBehindNoun(_ index: Int) -> Bool {
        guard let unit = parse.units.firstIndex(where: { $0.tokens.contains(index) }), unit > 0 else { return false }
        let last = parse.units[unit - 1]
        return last.isName || last.tag == .noun
    }

    /// The names of the list that begins behind a cue.
    ///
    /// - Parameters:
    ///   - small: words that may stand between the two; nil for any of the clause.
    ///   - isRow: names that nothing joins belong to it too.
    private func behind(_ start: Int, over small: [Lexicon.List]? = nil, isRow: Bool = true) -> [Int] {
        // "If possible, they would have LFP."
        // "If possible, they would have LFP": `at == start` lets the comma behind the cue pass.
        // "…, ideally. Rats too": a full stop ends the sentence, but for that of "e.g.".
        if small == nil, question.gap(before: start).contains(where: { ".;?!".contains($0) }) { return [] }
        var reached: [Int] = []
        var at = start
        while at < question.tokens.count, at == start || !question.isClauseEnd(before: at) {
            if let found = mentions.firstIndex(where: { $0.firstToken == at }) {
                if !isRow, let last = reached.last, mentions[last].endToken == at { break }
                reached.append(found)
                at = mentions[found].endToken
                continue
            }
            let isPassedOver =
                reached.isEmpty
                ? small.map { question.hasAny(of: $0, at: at) } ?? true
                : question.hasAny(of: [.listJoint, .article, .wishJoint], at: at)
                    || question.has(.preposition, at: at) && question.hasAny(of: [.listJoint, .wishJoint], at: at - 1)
            guard isPassedOver else { break }
            at += 1
        }
        return reached
    }

    /// The names of the list that ends before a cue, a comma before the cue aside.  A noun phrase without a name is
    /// what the cue speaks of: "mice, where the task doesn't matter".
    private func listBefore(_ end: Int) -> [Int] {
        var reached: [Int] = []
        var at = end
        while at > 0, at == end || !question.isClauseEnd(before: at) {
            if let found = mentions.lastIndex(where: { $0.endToken == at }) {
                reached.append(found)
                at = mentions[found].firstToken
                continue
            }
            let isPassedOver =
                reached.isEmpty
                ? !question.hasAny(of: [.article, .preposition, .clauseStart], at: at - 1)
                : question.hasAny(of: [.listJoint, .article], at: at - 1)
            guard isPassedOver else { break }
            at -= 1
        }
        return reached
    }

    /// The names of the clause that ends in a cue: "EMG with tetrodes would be nice".
    private func clauseBefore(_ end: Int) -> [Int] {
        var start = end
        while start > 0, start == end || !question.isClauseEnd(before: start) { start -= 1 }
        return mentions.indices.filter { mentions[$0].firstToken >= start && mentions[$0].endToken <= end }
    }
}
