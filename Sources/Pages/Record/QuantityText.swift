import Records

extension Quantity {
    /// The number or interval for people: `12`, `P60`'s `60 to 90`, `2021-03-02`.
    var text: String { min == max ? text(of: min) : "\(text(of: min)) to \(text(of: max))" }

    private func text(of number: Double) -> String {
        // Days outside of four-digit years are no dates but a source's mistake.
        if field.isDate, abs(number) < 2_900_000 { return CalendarDay.iso(Int(number.rounded())) }
        return Int(exactly: number).map(grouped) ?? String(number)
    }
}
