import Planner
import Records

extension RangeField {
    /// A number of the field for people: `2021-03-02`, `2.6 TB`, `3 h 5 min`, `12`.
    func text(_ number: Double) -> String {
        switch descriptor.measure {
        // Days outside of four-digit years are no dates but a source's mistake.
        case .date where abs(number) < 2_900_000: CalendarDay.iso(Int(number.rounded()))
        case .bytes where number >= 1000 && number < 1e18: Self.size(number)
        case .seconds where number >= 60 && number < 1e9: Self.duration(Int(number.rounded()))
        case .date, .bytes, .seconds, .age, .count: Int(exactly: number).map(grouped) ?? String(number)
        }
    }

    /// Decimal units, as archives count.
    private static func size(_ bytes: Double) -> String {
        var (value, unit) = (bytes, "bytes")
        for next in ["kB", "MB", "GB", "TB", "PB"] where value >= 1000 { (value, unit) = (value / 1000, next) }
        let rounded = value < 10 ? (value * 10).rounded() / 10 : value.rounded()
        return "\(Int(exactly: rounded).map(String.init) ?? String(rounded)) \(unit)"
    }

    private static func duration(_ seconds: Int) -> String {
        let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")]
        return parts.filter { $0.0 > 0 }.prefix(2).map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}

extension Quantity {
    /// The number or interval for people.
    var text: String { min == max ? field.text(min) : "\(field.text(min)) to \(field.text(max))" }
}

extension Plan.Range {
    /// The bounds for people: `at least 50`, `2021-01-01 to 2023-12-31`.
    var text: String {
        switch (min, max) {
        case (let min?, let max?) where min == max: field.text(min.value)
        case (let min?, let max?): "\(field.text(min.value)) to \(field.text(max.value))"
        case (let min?, nil): "at least \(field.text(min.value))"
        case (nil, let max?): "at most \(field.text(max.value))"
        case (nil, nil): "any"
        }
    }
}
