import Records
import Vocabulary

/// Turns dates with their words into ranges: "since 2021", "published before March 2023", "between 1 March and
/// 30 June 2021".
struct DateReader {
    let question: Question
    /// The kind of record asked for: recordings have a date, datasets were published.
    let target: RecordType?
    /// Day number of today; relative dates need it.
    let today: Int?

    func read() -> Reading {
        var reading = Reading()
        var index = 0
        while index < question.tokens.count {
            guard !question.isUsed[index], let found = relativeDate(at: index) ?? absoluteDate(at: index) else {
                index += 1
                continue
            }
            if let range = question.isDenied(before: found.tokens.lowerBound) ? found.range.denied : found.range {
                reading.ranges.append(range)
                reading.used.append(found.tokens)
            }
            index = found.tokens.upperBound
        }
        return reading
    }

    typealias Found = (range: Plan.Range, tokens: Range<Int>)

    private func absoluteDate(at index: Int) -> Found? {
        guard let first = question.date(at: index) else { return nil }
        // "From 2019" is that year, "from 2019 on" and "starting from 2019" go on.
        let lead = leadingWords(
            before: index, isOpenEnded: question.word(first.end) == "on" || question.word(index - 2) == "starting")
        if let second = secondDate(after: first.end, isBetween: lead.relation == .between) {
            let ends = [first.days.lowerBound, second.days.upperBound].sorted()
            return found(lead, from: ends[0], to: ends[1], end: second.end)
        }
        if question.has(.dateJoint, at: first.end), question.has(.now, at: first.end + 1) {
            return found(lead, from: first.days.lowerBound, to: nil, end: first.end + 2)
        }
        if question.has(.now, at: first.end), question.gap(before: first.end).contains(where: { "-–—".contains($0) }) {
            return found(lead, from: first.days.lowerBound, to: nil, end: first.end + 1)
        }
        var relation = lead.relation
        var end = first.end
        if let after = Comparison.after(end, in: question) {
            relation = after.relation == .atLeast ? .since : .until
            end = after.end
        }
        let days = first.days
        switch relation {
        case .since: return found(lead, from: days.lowerBound, to: nil, end: end)
        case .after: return found(lead, from: days.upperBound + 1, to: nil, end: end)
        case .until: return found(lead, from: nil, to: days.upperBound, end: end)
        case .before: return found(lead, from: nil, to: days.lowerBound - 1, end: end)
        case .within, .between: return found(lead, from: days.lowerBound, to: days.upperBound, end: end)
        case nil:
            // A bare number that looks like a year says nothing about dates, unless a verb does.
            guard lead.field != nil || first.isSpecific else { return nil }
            return found(lead, from: days.lowerBound, to: days.upperBound, end: end)
        }
    }

    /// A range of days with the words that say it.
    func found(_ lead: Lead, from low: Int?, to high: Int?, end: Int) -> Found {
        let tokens = lead.start..<end
        let range = Plan.Range(
            field: lead.field ?? (target == .dataset ? .published : .date), min: low.map { .day($0) },
            max: high.map { .day($0) }, words: question.planWords(tokens))
        return (range, tokens)
    }

    // MARK: Words before

    /// What stands before a date: how it bounds, what it is of, and the token where that begins.
    typealias Lead = (relation: Lexicon.DateRelation?, field: RangeField?, start: Int)

    func leadingWords(before index: Int, isOpenEnded: Bool = false) -> Lead {
        var start = index
        while start > 0, question.has(.dateFiller, at: start - 1) { start -= 1 }
        guard start > 0 else { return (nil, nil, start) }
        let word = question.word(start - 1)
        if word == "in" || word == "from" || word == "with", question.has(.opening, at: start - 2) {
            return verb(before: start - 2, relation: .since)
        }
        if let relation = question.lexicon.dateRelations[word] {
            let (bound, first) = turned(relation, at: start - 1)
            return verb(before: first, relation: bound)
        }
        switch word {
        case "to" where question.word(start - 2) == "up":
            return verb(before: start - 2, relation: .until)
        case "as" where question.word(start) == "of":
            return verb(before: start - 1, relation: .since)
        case "from":
            return verb(before: start - 1, relation: isOpenEnded ? .since : .within)
        case "pre" where ["-", " "].contains(question.gap(before: start)):
            return verb(before: start - 1, relation: .before)
        case "post" where ["-", " "].contains(question.gap(before: start)):
            return verb(before: start - 1, relation: .after)
        case "than" where question.hasAny(of: [.later, .earlier], at: start - 2),
            "to" where question.hasAny(of: [.later, .earlier], at: start - 2):
            let isLater = question.has(.later, at: start - 2)
            // "No later than 2020" holds 2020.
            if question.has(.noDenial, at: start - 3) {
                return verb(before: start - 3, relation: isLater ? .until : .since)
            }
            return verb(before: start - 2, relation: isLater ? .after : .before)
        default:
            return verb(before: start, relation: sign(before: index))
        }
    }

    /// "Not before 2019" and "in or after 2019" hold 2019.
    private func turned(_ relation: Lexicon.DateRelation, at index: Int) -> (Lexicon.DateRelation, first: Int) {
        if question.has(.noDenial, at: index - 1) {
            switch relation {
            case .before: return (.since, index - 1)
            case .after: return (.until, index - 1)
            default: return (relation, index)
            }
        }
        guard question.word(index - 1) == "or", question.lexicon.dateRelations[question.word(index - 2)] == .within
        else {
            return (relation, index)
        }
        switch relation {
        case .before: return (.until, index - 2)
        case .after: return (.since, index - 2)
        default: return (relation, index)
        }
    }

    private func sign(before index: Int) -> Lexicon.DateRelation? {
        switch question.gap(before: index).filter({ "<>=≥≤".contains($0) }) {
        case ">": .after
        case ">=", "≥": .since
        case "<": .before
        case "<=", "≤": .until
        default: nil
        }
    }

    /// The words before a relation, up to three: "published in", "acquired on or before".
    func verb(before start: Int, relation: Lexicon.DateRelation?) -> Lead {
        for back in 1...3 where start - back >= 0 {
            let index = start - back
            if let field = question.lexicon.dateVerbs[question.word(index)] {
                // "Recordings since 2021" keeps its noun; "recorded since 2021" is spent.
                let isSpent = field != .date || question.has(.spentVerb, at: index)
                return (relation, field, isSpent ? index : start)
            }
            if !question.has(.dateVerbFiller, at: index) { break }
        }
        return (relation, nil, start)
    }

    // MARK: The second end

    /// "2019 to 2021", "2019–2021", "between 2019 and 2021".
    private func secondDate(after end: Int, isBetween: Bool) -> WrittenDate? {
        if question.gap(before: end).contains(where: { "-–—".contains($0) }) { return question.date(at: end) }
        // "2022 or 2023", "2022 and 2023": a field has one range, the one that holds both.
        guard question.has(.dateJoint, at: end) || question.word(end) == "and" else { return nil }
        let second = question.date(at: end + 1)
        return question.word(end) == "and" && !isBetween && second?.isSpecific != false ? nil : second
    }
}

extension Plan.Range {
    /// The days that are left when one bound is denied: "no data before 2015".  "Not from 2020" leaves two stretches,
    /// which one range cannot say: nil.
    fileprivate var denied: Plan.Range? {
        switch (min, max) {
        case (.day(let first)?, nil): Plan.Range(field: field, min: nil, max: .day(first - 1), words: words)
        case (nil, .day(let last)?): Plan.Range(field: field, min: .day(last + 1), max: nil, words: words)
        default: nil
        }
    }
}
