/// ISO 8601 durations as ages are written in NWB and DANDI: `P90D`, `P3M/P6M` for a range, `P12W/` for "at least".
enum ISODuration {
    /// The days a text names, nil when it is no duration.  Months count 30.4375 days, years 365.25.
    static func days(_ text: String) -> ClosedRange<Double>? {
        let ends = text.split(separator: "/", omittingEmptySubsequences: false).map { PlainText.trimmed(String($0)) }
        switch ends.count {
        case 1: return single(ends[0]).map { $0...$0 }
        case 2:
            guard let low = single(ends[0]) else { return nil }
            // An open end: no studied person is older than this.
            let high = ends[1].isEmpty ? 130 * 365.25 : single(ends[1])
            return high.flatMap { low <= $0 ? low...$0 : nil }
        default: return nil
        }
    }

    private static func single(_ text: String) -> Double? {
        guard text.first == "P", text.utf8.count <= 60 else { return nil }
        var days = 0.0
        var digits = ""
        var isTime = false
        var found = false
        for character in text.dropFirst() {
            if character == "T" {
                isTime = true
            } else if character.isNumber || character == "." || character == "," {
                digits.append(character == "," ? "." : character)
            } else {
                guard let number = Double(digits), number >= 0, number < 1e6,
                    let length = length(of: character, isTime: isTime)
                else { return nil }
                days += number * length
                digits = ""
                found = true
            }
        }
        return found && digits.isEmpty ? days : nil
    }

    private static func length(of unit: Character, isTime: Bool) -> Double? {
        switch (unit, isTime) {
        case ("Y", false): 365.25
        case ("M", false): 30.4375
        case ("W", false): 7
        case ("D", false): 1
        case ("H", true): 1.0 / 24
        case ("M", true): 1.0 / 1_440
        case ("S", true): 1.0 / 86_400
        default: nil
        }
    }
}
