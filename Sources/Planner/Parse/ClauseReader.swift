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
        return clauses
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

    private func clause(_ range: Range<Int>, sentence: Int, after last: Parse.Clause?) -> Parse.Clause {
        let governor = last.flatMap { $0.sentence == sentence ? $0.kind : nil }
        return Parse.Clause(units: range, sentence: sentence, kind: kind(of: range, after: governor))
    }

    private func kind(of range: Range<Int>, after governor: Parse.Clause.Kind?) -> Parse.Clause.Kind {
        let tokens = units[range.lowerBound].tokens.lowerBound..<units[range.upperBound - 1].tokens.upperBound
        if tokens.contains(where: { isPhrase(.complaint, at: $0, in: tokens) }) { return .complaint }
        if tokens.contains(where: { isPhrase(.background, at: $0, in: tokens) || isPast($0) }) { return .background }
        if let subject = ownSubject(in: range) {
            return asks(in: (subject + 1)..<range.upperBound) || isAfter(subject) ? .request : .background
        }
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
            if question.has(.selfPronoun, at: token) { return index }
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
                !units[$0].isName && question.has(.otherPeople, at: units[$0].tokens.lowerBound)
            }), subject <= range.lowerBound + 3,
            !(range.lowerBound..<subject).contains(where: { units[$0].tag == .preposition || isVerb($0) })
        else { return false }
        return ((subject + 1)..<Swift.max(subject + 1, Swift.min(subject + 5, range.upperBound))).contains(
            where: isVerb)
    }

    /// "We are after tetrode data".
    private func isAfter(_ subject: Int) -> Bool { isVerb(subject + 1) && word(subject + 2) == "after" }

    private func asks(in range: Range<Int>) -> Bool { range.contains(where: isRequestVerb) }

    /// A verb of asking, not behind a denial of knowing: "I need", "looking for".
    private func isRequestVerb(_ index: Int) -> Bool {
        let unit = units[index]
        guard !unit.isName, unit.tag == .verb || unit.tag == .adjective else { return false }
        return question.has(.requestVerb, at: unit.tokens.lowerBound)
    }
}
