import Vocabulary

/// Cuts a question into sentences and clauses, and tells what each clause is for.
///
/// A clause begins with a sentence, behind a colon or a bracket, at a subordinator ("which", "but"), and where a comma
/// or a coordinator is followed by a verb or by a pronoun as the subject.
struct ClauseReader {
    let question: Question
    let units: [Parse.Unit]

    func read() -> [Parse.Clause] {
        var clauses: [Parse.Clause] = []
        var start = 0
        var sentence = 0
        for index in 1..<Swift.max(1, units.count) {
            let isSentence = isSentenceEnd(before: index)
            guard isSentence || isClauseStart(index) else { continue }
            clauses.append(clause(start..<index, sentence: sentence, after: clauses.last))
            start = index
            if isSentence { sentence += 1 }
        }
        if start < units.count { clauses.append(clause(start..<units.count, sentence: sentence, after: clauses.last)) }
        return clauses.indices.map { index in
            let clause = clauses[index]
            guard let kind = kind(of: index, among: clauses) else { return clause }
            return Parse.Clause(units: clause.units, sentence: clause.sentence, kind: kind)
        }
    }

    private func word(_ index: Int) -> String {
        units.indices.contains(index) ? question.word(units[index].tokens.lowerBound) : ""
    }

    private func gap(before index: Int) -> String { question.gap(before: units[index].tokens.lowerBound) }

    // MARK: Where clauses begin

    private func isSentenceEnd(before index: Int) -> Bool {
        let gap = gap(before: index)
        if gap.contains(where: { "?!;\n".contains($0) }) { return true }
        guard gap.hasPrefix("."), gap.count > 1 else { return false }
        // "E.g. ", "et al. ", "vs. ": an abbreviation ends no sentence.
        let last = word(index - 1)
        return last.count > 1 && !Self.abbreviations.contains(last)
    }

    private static let abbreviations: Set<String> = [
        "vs", "al", "approx", "ca", "cf", "fig", "dr", "prof", "resp", "incl",
    ]

    private func isClauseStart(_ index: Int) -> Bool {
        let gap = gap(before: index)
        if gap.contains(where: { ":()".contains($0) }) || gap.contains("\u{2014}") || gap.contains(" - ") {
            return true
        }
        let unit = units[index]
        if unit.tag == .subordinator { return units[index - 1].tag != .preposition }
        // "…, but now", "and need their": a subject or a verb behind the joint.
        let isComma = gap.contains(",")
        if unit.tag == .coordinator {
            return !["either", "neither"].contains(word(index)) && isPredicate(from: index + 1)
        }
        return isComma && units[index - 1].tag != .coordinator && isPredicate(from: index)
    }

    /// Whether a subject or a verb begins here, behind adverbs.
    private func isPredicate(from start: Int) -> Bool {
        var index = start
        while index < units.count, units[index].tag == .adverb, word(index) != "not" { index += 1 }
        guard index < units.count else { return false }
        switch units[index].tag {
        case .pronoun: return question.has(.selfPronoun, at: units[index].tokens.lowerBound) || isVerb(index + 1)
        case .auxiliary, .verb: return true
        case .determiner: return question.has(.selfOwner, at: units[index].tokens.lowerBound) && hasVerb(behind: index)
        default: return false
        }
    }

    private func isVerb(_ index: Int) -> Bool {
        units.indices.contains(index) && (units[index].tag == .verb || units[index].tag == .auxiliary)
    }

    /// Whether a verb follows within the noun phrase and its first neighbours: "my lab does".
    private func hasVerb(behind index: Int) -> Bool { ((index + 1)...(index + 4)).contains(where: isVerb) }

    // MARK: What clauses are for

    /// What a clause is for by those beside it; nil where they say nothing.
    private func kind(of index: Int, among clauses: [Parse.Clause]) -> Parse.Clause.Kind? {
        let clause = clauses[index]
        let isLast = index + 1 == clauses.count || clauses[index + 1].sentence != clause.sentence
        // "I am new to mice: Neuropixels in V1?"
        if isLast, clause.kind == .background, ownSubject(in: clause.units) == nil,
            !clause.units.contains(where: isVerb),
            question.gap(before: units[clause.units.upperBound - 1].tokens.upperBound).contains("?")
        {
            return .request
        }
        // "As a postdoc in a zebrafish lab, I want …", "coming from monkey work, we need …".
        guard !isLast, let first = clause.units.first, ownSubject(in: clause.units) == nil,
            let next = ownSubject(in: clauses[index + 1].units), next <= firstWord(of: clauses[index + 1].units) + 1
        else { return nil }
        let isRole = word(first) == "as" && first + 1 < clause.units.upperBound && units[first + 1].tag == .determiner
        let isCircumstance = units[first].tag != .name && word(first).hasSuffix("ing") && !isRequestVerb(first)
        return isRole || isCircumstance ? .background : nil
    }

    private func clause(_ range: Range<Int>, sentence: Int, after last: Parse.Clause?) -> Parse.Clause {
        let governor = last.flatMap { $0.sentence == sentence ? $0.kind : nil }
        return Parse.Clause(units: range, sentence: sentence, kind: kind(of: range, after: governor))
    }

    private func kind(of range: Range<Int>, after governor: Parse.Clause.Kind?) -> Parse.Clause.Kind {
        let tokens = units[range.lowerBound].tokens.lowerBound..<units[range.upperBound - 1].tokens.upperBound
        if tokens.contains(where: { isPhrase(.complaint, at: $0, in: tokens) }) || isOfResults(range) {
            return .complaint
        }
        if tokens.contains(where: { isPhrase(.background, at: $0, in: tokens) || isPast($0) }) { return .background }
        // "Do we have", "can I find".
        let start = firstWord(of: range)
        if start < range.upperBound, units[start].tag == .auxiliary,
            question.has(.questionStart, at: units[start].tokens.lowerBound)
        {
            return .request
        }
        if let subject = ownSubject(in: range) {
            let isWish = word(subject + 1) == "would" || word(subject + 1) == "d"
            return isWish || asks(in: (subject + 1)..<range.upperBound) || isAfter(subject) ? .request : .background
        }
        if isTold(range) { return .background }
        if isOfOthers(range) { return asks(in: range) ? .request : .background }
        let first = firstWord(of: range)
        if first < range.upperBound {
            let token = units[first].tokens.lowerBound
            if units[first].tag == .subordinator, let governor, !asks(in: first..<range.upperBound) { return governor }
            if !units[first].isName, question.has(.questionStart, at: token) || isRequestVerb(first) { return .request }
        }
        if range.contains(where: isRequestVerb), governor != nil { return .request }
        guard range.contains(where: { units[$0].tag == .auxiliary }) else { return governor ?? .request }
        return governor == .background || governor == .complaint ? governor ?? .description : .description
    }

    private func isPhrase(_ list: Lexicon.List, at token: Int, in tokens: Range<Int>) -> Bool {
        question.phraseLength(list, at: token).map { token + $0 <= tokens.upperBound } ?? false
    }

    /// "My last search only returned rats", "half of the results are EEG", "enough fMRI".
    private func isOfResults(_ range: Range<Int>) -> Bool {
        if word(firstWord(of: range)) == "enough", !range.contains(where: isVerb) { return true }
        guard let noun = range.first(where: { question.has(.resultNoun, at: units[$0].tokens.lowerBound) }),
            !units[noun].isName, !(range.lowerBound..<noun).contains(where: isVerb)
        else { return false }
        return ((noun + 1)..<Swift.max(noun + 1, Swift.min(noun + 3, range.upperBound))).contains(where: isVerb)
    }

    /// "There is a debate about …", "it has been claimed that …": told, not asked.
    private func isTold(_ range: Range<Int>) -> Bool {
        let first = firstWord(of: range)
        guard first + 1 < range.upperBound, units[first + 1].tag == .auxiliary else { return false }
        if word(first) == "there" { return true }
        guard word(first) == "it", range.upperBound < units.count, word(range.upperBound) == "that" else {
            return false
        }
        return range.contains { units[$0].tag == .verb }
    }

    /// "In the past" alone; "in the past 5 years" is a date.
    private func isPast(_ token: Int) -> Bool {
        guard question.matches(["in", "the", "past"], at: token) else { return false }
        let next = token + 3
        return question.number(at: next) == nil && !question.hasAny(of: [.vagueAmount, .dayUnit], at: next)
            && question.lexicon.days[question.word(next)] == nil
    }

    /// The first word behind adverbs and coordinators.
    private func firstWord(of range: Range<Int>) -> Int {
        range.first { units[$0].tag != .adverb && units[$0].tag != .coordinator } ?? range.upperBound
    }

    /// The asker as the subject: "we", "my lab", an index of its last unit.
    private func ownSubject(in range: Range<Int>) -> Int? {
        for index in range where !units[index].isName {
            let token = units[index].tokens.lowerBound
            if units[index].tag == .pronoun, question.has(.selfPronoun, at: token) { return index }
            // "Our recordings" alone has no verb; "from my lab" is no subject.
            let isFirst = index == range.lowerBound || units[index - 1].tag != .preposition
            if question.has(.selfOwner, at: token), isFirst,
                let verb = ((index + 2)..<Swift.max(index + 2, Swift.min(index + 5, range.upperBound))).first(
                    where: isVerb)
            {
                return verb - 1
            }
        }
        return nil
    }

    /// "A colleague works on", "most people use": others as the subject, with a verb behind.
    private func isOfOthers(_ range: Range<Int>) -> Bool {
        guard
            let subject = range.first(where: {
                !units[$0].isName
                    && (question.has(.otherPeople, at: units[$0].tokens.lowerBound) || isEarlierStudy($0))
            }), subject <= range.lowerBound + 3,
            !(range.lowerBound..<subject).contains(where: { units[$0].tag == .preposition || isVerb($0) })
        else { return false }
        return ((subject + 1)..<Swift.max(subject + 1, Swift.min(subject + 5, range.upperBound))).contains(
            where: isVerb)
    }

    /// "We are after tetrode data".
    private func isAfter(_ subject: Int) -> Bool { isVerb(subject + 1) && word(subject + 2) == "after" }

    /// "Previous studies"; "which studies" is a question.
    private func isEarlierStudy(_ index: Int) -> Bool {
        word(index) == "study" && question.has(.earlierWork, at: units[index].tokens.lowerBound - 1)
    }

    private func asks(in range: Range<Int>) -> Bool { range.contains(where: isRequestVerb) }

    /// A verb of asking, not behind a denial of knowing: "I need", "looking for".
    private func isRequestVerb(_ index: Int) -> Bool {
        let unit = units[index]
        guard !unit.isName, unit.tag == .verb || unit.tag == .adjective else { return false }
        return question.has(.requestVerb, at: unit.tokens.lowerBound)
    }
}
