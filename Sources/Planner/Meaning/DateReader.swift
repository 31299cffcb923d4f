import Records
import Text

/// Turns dates with their words into ranges: "since 2021", "published before March 2023", "between 1 March and
/// 30 June 2021".
struct DateReader {
    var question: Question
    /// The kind of record asked for: recordings have a date, datasets were published.
    let target: RecordType?
    /// Day number of today; relative dates need it.
    let today: Int?
    private(set) var ranges: [Plan.Range] = []

    init(question: Question, target: RecordType?, today: Int?) {
        self.question = question
        self.target = target
        self.today = today
    }

    mutating func read() {
        var index = 0
        while index < question.tokens.count { index = readDate(at: index) ?? index + 1 }
    }

    private mutating func readDate(at index: Int) -> Int? {
        if let relative = readRelative(at: index) { return relative }
        guard !question.isUsed[index], let first = date(at: index) else { return nil }
        // "From 2019" is that year, "from 2019 on" and "starting from 2019" go on.
        var lead = leadingWords(
            before: index, isOpenEnded: question.word(first.end) == "on" || question.word(index - 2) == "starting")
        var end = first.end
        var low: Int? = first.days.lowerBound
        var high: Int? = first.days.upperBound
        if let second = secondDate(after: end, from: first, isBetween: lead.relation == .between) {
            low = min(second.first, second.days.upperBound)
            high = max(second.first, second.days.upperBound)
            end = second.end
            lead.relation = .between
        } else {
            var relation = lead.relation
            if let after = Comparison.after(end, in: question) {
                relation = after.relation == .atLeast ? .since : .until
                end = after.end
            }
            switch relation {
            case .since: high = nil
            case .after: (low, high) = (first.days.upperBound + 1, nil)
            case .until: low = nil
            case .before: (low, high) = (nil, first.days.lowerBound - 1)
            case .within, .between: break
            case nil:
                // A bare number that looks like a year says nothing about dates, unless a verb does.
                guard lead.field != nil || first.isSpecific else { return nil }
            }
        }
        let field = lead.field ?? (target == .dataset ? .published : .date)
        let range = lead.start..<end
        ranges.append(
            Plan.Range(
                field: field, min: low.map { .day($0) }, max: high.map { .day($0) }, words: question.planWords(range)))
        question.use(range)
        return end
    }

    // MARK: Words before

    private enum Relation { case since, after, until, before, within, between }

    private func leadingWords(before index: Int, isOpenEnded: Bool = false) -> (
        relation: Relation?, field: RangeField?, start: Int
    ) {
        var start = index
        var relation: Relation?
        while start > 0 {
            let word = question.word(start - 1)
            if ["the", "year", "month", "early", "late", "mid", "beginning", "end", "of"].contains(word) {
                start -= 1
                continue
            }
            switch word {
            case "since", "starting": relation = .since
            case "from": relation = isOpenEnded ? .since : .within
            case "after", "later", "following", "past": relation = .after
            case "until", "till", "through", "by": relation = .until
            case "before", "prior", "earlier": relation = .before
            case "pre" where question.gap(before: start) == "-": relation = .before
            case "post" where question.gap(before: start) == "-": relation = .after
            case "in", "during", "on", "at": relation = .within
            case "between": relation = .between
            case "than" where Self.laterWords.union(Self.earlierWords).contains(question.word(start - 2)),
                "to" where Self.laterWords.union(Self.earlierWords).contains(question.word(start - 2)):
                let isLater = Self.laterWords.contains(question.word(start - 2))
                start -= 1
                // "No later than 2020" holds 2020.
                if ["no", "not"].contains(question.word(start - 2)) {
                    relation = isLater ? .until : .since
                    start -= 1
                } else {
                    relation = isLater ? .after : .before
                }
            default:
                let sign = question.gap(before: index).filter { "<>=≥≤".contains($0) }
                switch sign {
                case ">": relation = .after
                case ">=", "≥": relation = .since
                case "<": relation = .before
                case "<=", "≤": relation = .until
                default: break
                }
                return verb(before: start, relation: relation, end: start)
            }
            start -= 1
            return verb(before: start, relation: relation, end: start)
        }
        return (relation, nil, start)
    }

    private func verb(before index: Int, relation: Relation?, end: Int) -> (Relation?, RangeField?, Int) {
        for back in 1...3 where index - back >= 0 {
            if let field = Self.verbs[question.word(index - back)] {
                // "Recordings since 2021" keeps its noun; "recorded since 2021" is spent.
                let isVerb = field != .date || Self.spentVerbs.contains(question.word(index - back))
                return (relation, field, isVerb ? index - back : end)
            }
            let word = question.word(index - back)
            if !["on", "or", "date", "data", "it", "was", "were", "first", "anytime", "sometime", "only"].contains(word)
            {
                break
            }
        }
        return (relation, nil, end)
    }

    private static let laterWords = Lexicon.set("later newer recent")
    private static let earlierWords = Lexicon.set("earlier older prior")
    private static let spentVerbs = Lexicon.set("recorded acquired collected measured obtained")
    private static let verbs: [String: RangeField] = {
        var verbs: [String: RangeField] = [:]
        for word in Lexicon.set(
            "published released publication released shared deposited uploaded created available posted")
        {
            verbs[word] = .published
        }
        for word in Lexicon.set("modified updated changed edited modification update") { verbs[word] = .modified }
        for word in Lexicon.set(
            "recorded acquired collected measured obtained recordings sessions performed dated done run")
        {
            verbs[word] = .date
        }
        return verbs
    }()

    // MARK: Dates

    private struct FoundDate {
        let days: ClosedRange<Int>
        let end: Int
        /// More than a bare year: a month or a day is named.
        let isSpecific: Bool
        let month: Int?
        let day: Int?
        var hasYear = true
    }

    private func year(at index: Int) -> Int? {
        let word = question.word(index)
        guard word.count == 4, let year = Int(word), (1950...2100).contains(year) else { return nil }
        return year
    }

    private func month(at index: Int) -> Int? { Self.months[question.word(index)] }

    private func dayOfMonth(at index: Int) -> Int? {
        var word = question.word(index)
        for suffix in ["st", "nd", "rd", "th"] where word.count > 2 && word.hasSuffix(suffix) { word.removeLast(2) }
        guard word.count <= 2, let day = Int(word), (1...31).contains(day) else { return nil }
        return day
    }

    private func date(at index: Int) -> FoundDate? {
        if let year = year(at: index) {
            // 2021-03-02, 2021/03: the parts stand close.
            if let month = Int(question.word(index + 1)), (1...12).contains(month), isDateMark(index + 1) {
                if let day = Int(question.word(index + 2)), isDateMark(index + 2),
                    let number = CalendarDay.number(year: year, month: month, day: day)
                {
                    return FoundDate(days: number...number, end: index + 3, isSpecific: true, month: month, day: day)
                }
                return whole(year: year, month: month, end: index + 2)
            }
            guard let first = CalendarDay.number(year: year, month: 1, day: 1),
                let last = CalendarDay.number(year: year, month: 12, day: 31)
            else { return nil }
            return FoundDate(days: first...last, end: index + 1, isSpecific: false, month: nil, day: nil)
        }
        if let month = month(at: index) {
            if let year = year(at: index + 1) { return whole(year: year, month: month, end: index + 2) }
            if let day = dayOfMonth(at: index + 1) {
                if let year = year(at: index + 2), let number = CalendarDay.number(year: year, month: month, day: day) {
                    return FoundDate(days: number...number, end: index + 3, isSpecific: true, month: month, day: day)
                }
                return yearless(month: month, day: day, end: index + 2)
            }
            return yearless(month: month, day: nil, end: index + 1)
        }
        if let day = dayOfMonth(at: index), let month = month(at: index + 1) {
            if let year = year(at: index + 2), let number = CalendarDay.number(year: year, month: month, day: day) {
                return FoundDate(days: number...number, end: index + 3, isSpecific: true, month: month, day: day)
            }
            return yearless(month: month, day: day, end: index + 2)
        }
        return nil
    }

    private func isDateMark(_ index: Int) -> Bool { ["-", "/", "."].contains(question.gap(before: index)) }

    private func whole(year: Int, month: Int, end: Int) -> FoundDate? {
        guard let first = CalendarDay.number(year: year, month: month, day: 1) else { return nil }
        let last = first + CalendarDay.length(ofMonth: month, year: year) - 1
        return FoundDate(days: first...last, end: end, isSpecific: true, month: month, day: nil)
    }

    /// "1 March and 30 June 2021": the year comes with the second date.
    private func yearless(month: Int, day: Int?, end: Int) -> FoundDate? {
        guard
            ["and", "to", "until", "through"].contains(question.word(end)) || question.gap(before: end).contains("–")
                || question.gap(before: end).contains("-")
        else { return nil }
        let next = ["and", "to", "until", "through"].contains(question.word(end)) ? end + 1 : end
        guard let second = date(at: next), second.isSpecific, second.hasYear else { return nil }
        let year = CalendarDay.civil(second.days.lowerBound).year
        guard let number = CalendarDay.number(year: year, month: month, day: day ?? 1) else { return nil }
        return FoundDate(days: number...number, end: end, isSpecific: true, month: month, day: day)
    }

    private func secondDate(
        after end: Int, from first: FoundDate, isBetween: Bool
    ) -> (first: Int, days: ClosedRange<Int>, end: Int)? {
        let word = question.word(end)
        let isDash = question.gap(before: end).contains { "-–—".contains($0) }
        let next: Int
        if isDash {
            next = end
        } else if ["to", "until", "through", "or"].contains(word) || (word == "and" && isBetween) {
            // "2022 or 2023": a field has one range, the one that holds both.
            next = end + 1
        } else {
            return nil
        }
        guard next < question.tokens.count, let second = date(at: next) else { return nil }
        return (first.days.lowerBound, second.days, second.end)
    }

    // MARK: Relative dates

    /// "in the last two years", "this year", "past 6 months".
    private mutating func readRelative(at index: Int) -> Int? {
        guard let today, !question.isUsed[index] else { return nil }
        let word = question.word(index)
        if word == "this", question.word(index + 1) == "year" {
            let year = CalendarDay.civil(today).year
            guard let first = CalendarDay.number(year: year, month: 1, day: 1) else { return nil }
            return appendSince(first, tokens: index..<(index + 2))
        }
        guard ["last", "past", "previous"].contains(word) else { return nil }
        var count = 1.0
        var at = index + 1
        if let number = Numbers.number(at: at, in: question.words) {
            count = number.value
            at += number.length
        }
        guard let days = Units.days[question.word(at)], count > 0, count < 1000 else { return nil }
        return appendSince(today - Int(count * days), tokens: index..<(at + 1))
    }

    private mutating func appendSince(_ day: Int, tokens: Swift.Range<Int>) -> Int {
        let lead = leadingWords(before: tokens.lowerBound)
        let range = lead.start..<tokens.upperBound
        let field = lead.field ?? (target == .dataset ? .published : .date)
        ranges.append(Plan.Range(field: field, min: .day(day), max: nil, words: question.planWords(range)))
        question.use(range)
        return tokens.upperBound
    }

    private static let months: [String: Int] = {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november",
            "december",
        ]
        var months: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            months[name] = index + 1
            months[String(name.prefix(3))] = index + 1
        }
        months["sept"] = 9
        return months
    }()
}
