import Records
import Vocabulary

/// A date as it stands in the question.
struct WrittenDate {
    let days: ClosedRange<Int>
    /// The token behind it.
    let end: Int
    /// More than a bare year: a month or a day is named.
    let isSpecific: Bool
}

extension Question {
    /// The date that begins at a token: `2021`, `2021-03-02`, `2021/03`, `March 2021`, `1 March 2021`,
    /// `March 1st 2021`, and `1 March` where a second date brings the year.
    func date(at index: Int) -> WrittenDate? {
        if let period = period(at: index) { return period }
        if let year = year(at: index) { return date(of: year, at: index) }
        if let month = month(at: index) {
            if let year = year(at: index + 1) { return whole(month, of: year, end: index + 2) }
            guard let day = dayOfMonth(at: index + 1) else { return yearless(month: month, day: 1, end: index + 1) }
            return date(of: day, in: month, end: index + 2)
        }
        if let day = dayOfMonth(at: index), let month = month(at: index + 1) {
            return date(of: day, in: month, end: index + 2)
        }
        return nil
    }

    /// A year and what is written against it: 2021-03-02, 2021/03.
    private func date(of year: Int, at index: Int) -> WrittenDate? {
        if let month = Int(word(index + 1)), (1...12).contains(month), isDateMark(index + 1) {
            if let day = Int(word(index + 2)), isDateMark(index + 2),
                let date = single(year: year, month: month, day: day, end: index + 3)
            {
                return date
            }
            return whole(month, of: year, end: index + 2)
        }
        guard let first = CalendarDay.number(year: year, month: 1, day: 1),
            let last = CalendarDay.number(year: year, month: 12, day: 31)
        else { return nil }
        return WrittenDate(days: first...last, end: index + 1, isSpecific: false)
    }

    /// A day of a month, and the year behind it.
    private func date(of day: Int, in month: Int, end: Int) -> WrittenDate? {
        if let year = year(at: end), let date = single(year: year, month: month, day: day, end: end + 1) { return date }
        return yearless(month: month, day: day, end: end)
    }

    private func single(year: Int, month: Int, day: Int, end: Int) -> WrittenDate? {
        CalendarDay.number(year: year, month: month, day: day).map {
            WrittenDate(days: $0...$0, end: end, isSpecific: true)
        }
    }

    private func whole(_ month: Int, of year: Int, end: Int) -> WrittenDate? {
        guard let first = CalendarDay.number(year: year, month: month, day: 1) else { return nil }
        let last = first + CalendarDay.length(ofMonth: month, year: year) - 1
        return WrittenDate(days: first...last, end: end, isSpecific: true)
    }

    /// "1 March and 30 June 2021": the year comes with the second date.
    private func yearless(month: Int, day: Int, end: Int) -> WrittenDate? {
        let isJoined = has(.dayJoint, at: end)
        guard isJoined || gap(before: end).contains(where: { $0 == "–" || $0 == "-" }) else { return nil }
        guard let second = date(at: isJoined ? end + 1 : end), second.isSpecific else { return nil }
        return single(
            year: CalendarDay.civil(second.days.lowerBound).year, month: month, day: day, end: end)
    }

    func year(at index: Int) -> Int? {
        let word = word(index)
        guard word.count == 4, let year = Int(word), (1950...2100).contains(year) else { return nil }
        return year
    }

    private func month(at index: Int) -> Int? { lexicon.months[word(index)] }

    private func dayOfMonth(at index: Int) -> Int? {
        var word = word(index)
        for ending in lexicon.words(of: .ordinalEnding) where word.count > 2 && word.hasSuffix(ending) {
            word.removeLast(ending.count)
        }
        guard word.count <= 2, let day = Int(word), (1...31).contains(day) else { return nil }
        return day
    }

    private func isDateMark(_ index: Int) -> Bool { ["-", "/", "."].contains(gap(before: index)) }
}
