import Records
import Vocabulary

extension Question {
    /// A part of a year, several years or the pandemic, as one date: `spring 2023`, `first half of 2021`, `Q2 2021`,
    /// `early 2020`, `the 2010s`.
    func period(at index: Int) -> WrittenDate? {
        partOfYear(at: index) ?? decade(at: index) ?? event(at: index)
    }

    private func partOfYear(at index: Int) -> WrittenDate? {
        if let year = year(at: index) {
            // "2021 Q2", "2021 H1".
            return shortPart(at: index + 1).flatMap {
                months(from: $0.month, count: $0.count, year: year, end: index + 2)
            }
        }
        if let part = shortPart(at: index) {
            return yearBehind(index + 1).flatMap {
                months(from: part.month, count: part.count, year: $0.year, end: $0.end)
            }
        }
        if let month = lexicon.seasons[word(index)] {
            guard let found = yearBehind(index + 1) else { return nil }
            // "Winter 2020/21".
            let isSplit =
                gap(before: found.end).allSatisfy { "/-–".contains($0) } && !gap(before: found.end).isEmpty
                && Int(word(found.end)).map { $0 % 100 == (found.year + 1) % 100 } ?? false
            return months(from: month, count: 3, year: found.year, end: isSplit ? found.end + 1 : found.end)
        }
        if let number = lexicon.partNumbers[word(index)], let count = lexicon.halves[word(index + 1)],
            let found = yearBehind(index + 2)
        {
            let last = 12 / count
            guard number <= last || word(index) == "last" else { return nil }
            return months(from: (min(number, last) - 1) * count + 1, count: count, year: found.year, end: found.end)
        }
        if let month = lexicon.thirdsOfYear[word(index)], let found = yearBehind(index + 1) {
            return months(from: month, count: 4, year: found.year, end: found.end)
        }
        return nil
    }

    private func shortPart(at index: Int) -> (month: Int, count: Int)? {
        if let half = lexicon.shortHalves[word(index)] { return ((half - 1) * 6 + 1, 6) }
        if let quarter = lexicon.shortQuarters[word(index)] { return ((quarter - 1) * 3 + 1, 3) }
        return nil
    }

    /// The year behind a part of it: "2021", "of 2021", "of the year 2021".
    private func yearBehind(_ index: Int) -> (year: Int, end: Int)? {
        for at in index..<(index + 4) {
            if let year = year(at: at) { return (year, at + 1) }
            guard ["of", "in", "the", "year"].contains(word(at)), !isClauseEnd(before: at + 1) else { return nil }
        }
        return nil
    }

    private func decade(at index: Int) -> WrittenDate? {
        guard let first = lexicon.decades[word(index)], isPlural(index),
            word(index).count == 5 || word(index - 1) == "the"
        else { return nil }
        return months(from: 1, count: 120, year: first, end: index + 1)
    }

    /// A stretch of months that begins in a year, as a date that ends at a token.
    func months(from month: Int, count: Int, year: Int, end: Int) -> WrittenDate? {
        let next = month - 1 + count
        guard let first = CalendarDay.number(year: year, month: month, day: 1),
            let behind = CalendarDay.number(year: year + next / 12, month: next % 12 + 1, day: 1)
        else { return nil }
        return WrittenDate(days: first...(behind - 1), end: end, isSpecific: count < 12)
    }
}

// MARK: The pandemic

extension Question {
    /// "Since COVID", "datasets from before the pandemic": a time, and no disease.
    func isDatedByEvent(_ index: Int) -> Bool { event(at: index) != nil }

    private func event(at index: Int) -> WrittenDate? {
        guard let length = phraseLength(.event, at: index) else { return nil }
        var start = index
        while has(.eventFiller, at: start - 1) { start -= 1 }
        let end = index + length
        guard has(.eventRelation, at: start - 1) else { return nil }
        let isTime = word(start - 1) == "since" || has(.timeEvent, at: index)
        let isDated =
            isTime || (start - 4..<start - 1).contains { has(.eventSubject, at: $0) }
            || ["pre", "post"].contains(word(start - 1)) && has(.eventSubject, at: end)
        guard isDated, let first = CalendarDay.number(year: 2020, month: 3, day: 11),
            let last = CalendarDay.number(year: 2023, month: 5, day: 5)
        else { return nil }
        let isStart = has(.eventStart, in: start..<index) || has(.eventStart, at: end)
        return WrittenDate(
            days: first...(isStart ? first : last), end: has(.eventStart, at: end) ? end + 1 : end, isSpecific: true)
    }
}
