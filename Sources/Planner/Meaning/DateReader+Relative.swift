import Records
import Vocabulary

// MARK: Dates that count from today

extension DateReader {
    /// "In the last two years", "this year", "last winter", "less than 6 months ago".
    func relativeDate(at index: Int) -> Found? {
        guard let today else { return nil }
        return current(at: index, today: today) ?? back(at: index, today: today) ?? ago(at: index, today: today)
    }

    /// "This year", "this month", "this spring".
    private func current(at index: Int, today: Int) -> Found? {
        guard question.word(index) == "this" else { return nil }
        let date = CalendarDay.civil(today)
        if let month = question.lexicon.seasons[question.word(index + 1)] {
            guard let season = season(from: month, year: date.year), season.lowerBound <= today else { return nil }
            return found(
                leadingWords(before: index), from: season.lowerBound, to: season.upperBound, end: index + 2)
        }
        let first: Int? =
            switch question.word(index + 1) {
            case "year": CalendarDay.number(year: date.year, month: 1, day: 1)
            case "month": CalendarDay.number(year: date.year, month: date.month, day: 1)
            default: nil
            }
        return first.flatMap { found(leadingWords(before: index), from: $0, to: nil, end: index + 2) }
    }

    /// "The last two years" and "the past year" count back from today; "last year" is the one before this.
    private func back(at index: Int, today: Int) -> Found? {
        guard question.has(.back, at: index) else { return nil }
        let lead = leadingWords(before: index)
        if let month = question.lexicon.seasons[question.word(index + 1)] {
            return lastSeason(from: month, today: today).flatMap {
                found(lead, from: $0.lowerBound, to: lead.relation == .since ? nil : $0.upperBound, end: index + 2)
            }
        }
        let count = question.number(at: index + 1)
        if count == nil, question.word(index) == "last", question.word(index - 1) != "the",
            let days = whole(question.word(index + 1), before: today)
        {
            return found(
                lead, from: days.lowerBound, to: lead.relation == .since ? nil : days.upperBound, end: index + 2)
        }
        // "The last few years" has no length.
        let at = index + 1 + (count?.length ?? 0)
        let times = count?.value ?? 1
        guard let days = question.lexicon.days[question.word(at)], times > 0, times < 1000 else { return nil }
        return found(lead, from: today - Int(times * days), to: nil, end: at + 1)
    }

    /// "Less than 2 years ago", "more than 6 months ago", "2 years ago".
    private func ago(at index: Int, today: Int) -> Found? {
        guard let number = question.number(at: index), number.unit.isEmpty, number.value < 1000 else { return nil }
        let end = index + number.length
        guard let days = question.lexicon.days[question.word(end)], question.word(end + 1) == "ago" else { return nil }
        let comparison = Comparison.around(index..<end, in: question)
        let day = today - Int(number.value * days)
        let lead = leadingWords(before: comparison.start)
        switch comparison.relation {
        case .lessThan, .atMost: return found(lead, from: day, to: nil, end: end + 2)
        case .moreThan, .atLeast: return found(lead, from: nil, to: day, end: end + 2)
        case .exactly, .about:
            guard let days = whole(question.word(end), around: day) else { return nil }
            return found(lead, from: days.lowerBound, to: days.upperBound, end: end + 2)
        }
    }

    // MARK: Calendar

    /// The year or month before today's.
    private func whole(_ unit: String, before today: Int) -> ClosedRange<Int>? {
        whole(unit, around: today).flatMap { whole(unit, around: $0.lowerBound - 1) }
    }

    /// The year or month that holds a day.
    private func whole(_ unit: String, around day: Int) -> ClosedRange<Int>? {
        let date = CalendarDay.civil(day)
        switch unit {
        case "year":
            guard let first = CalendarDay.number(year: date.year, month: 1, day: 1),
                let last = CalendarDay.number(year: date.year, month: 12, day: 31)
            else { return nil }
            return first...last
        case "month":
            guard let first = CalendarDay.number(year: date.year, month: date.month, day: 1) else { return nil }
            return first...(first + CalendarDay.length(ofMonth: date.month, year: date.year) - 1)
        default: return nil
        }
    }

    /// The latest season of a name that is over.
    private func lastSeason(from month: Int, today: Int) -> ClosedRange<Int>? {
        let year = CalendarDay.civil(today).year
        return [year, year - 1, year - 2].lazy.compactMap { season(from: month, year: $0) }.first {
            $0.upperBound < today
        }
    }

    private func season(from month: Int, year: Int) -> ClosedRange<Int>? {
        question.months(from: month, count: 3, year: year, end: 0)?.days
    }
}
