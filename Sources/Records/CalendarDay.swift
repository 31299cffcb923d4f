/// Dates as day numbers: whole days since 1970-01-01 in the proleptic Gregorian calendar, so that ranges of dates
/// are ranges of numbers.  ISO 8601 in and out; the algorithm is Howard Hinnant's `days_from_civil`.
package enum CalendarDay {
    /// The day number of a date, nil when there is no such day.
    package static func number(year: Int, month: Int, day: Int) -> Int? {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The first day that an ISO 8601 text names: `2021`, `2021-03`, `2021-03-02`, `2021-03-02T16:52:00Z`.
    package static func number(iso text: some StringProtocol) -> Int? { span(iso: text)?.lowerBound }

    /// All days that an ISO 8601 text names: `2021` is the whole year.
    package static func span(iso text: some StringProtocol) -> ClosedRange<Int>? {
        let date = text.prefix { $0 != "T" && $0 != " " }
        let fields = date.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = fields.compactMap { field in
            field.utf8.allSatisfy { (48...57).contains($0) } ? Int(field) : nil
        }
        guard numbers.count == fields.count, fields.first?.count == 4 else { return nil }
        switch numbers.count {
        case 1:
            guard let first = number(year: numbers[0], month: 1, day: 1),
                let last = number(year: numbers[0], month: 12, day: 31)
            else { return nil }
            return first...last
        case 2:
            guard let first = number(year: numbers[0], month: numbers[1], day: 1) else { return nil }
            return first...(first + length(ofMonth: numbers[1], year: numbers[0]) - 1)
        case 3:
            return number(year: numbers[0], month: numbers[1], day: numbers[2]).map { $0...$0 }
        default:
            return nil
        }
    }

    /// `2021-03-02` for a day number.
    package static func iso(_ number: Int) -> String {
        let (year, month, day) = civil(number)
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        let padding = String(repeating: "0", count: Swift.max(0, 4 - String(year).count))
        return "\(padding)\(year)-\(two(month))-\(two(day))"
    }

    /// Year, month and day of a day number.
    package static func civil(_ number: Int) -> (year: Int, month: Int, day: Int) {
        let z = number + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// Number of days in a month.
    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
