import JSON

/// What the sidecar of a table says of its columns: units and the meaning of codes (`Units`, `Levels`).
struct BIDSColumns {
    /// By the name of the column in lower case.
    private let columns: [String: JSONValue]

    /// - Parameter description: the content of the sidecar.
    init(_ description: JSONValue?) {
        var columns: [String: JSONValue] = [:]
        for (name, value) in description?.object ?? [:] { columns[name.lowercased()] = value }
        self.columns = columns
    }

    /// The words for a code, `female` for `2`; the code itself where the sidecar has none.
    func words(_ code: String, of column: String) -> String {
        guard let levels = columns[column]?["Levels"]?.object else { return code }
        let level = levels[code] ?? levels.first { $0.key.lowercased() == code.lowercased() }?.value
        return level?.text ?? level?["LongName"]?.text ?? level?["Description"]?.text ?? code
    }

    /// The column of ages and the days of its unit: what `Units` says, else the name or the description, else years.
    func age(among names: [String]) -> (name: String, days: Double)? {
        let candidates = names.filter { $0 == "age" } + names.filter { Self.unit(inName: $0) != nil }
        guard let name = candidates.first else { return nil }
        if let units = columns[name]?["Units"]?.text { return Self.days(units).map { (name, $0) } }
        if let unit = Self.unit(inName: name) { return (name, unit) }
        let words = (columns[name]?["Description"]?.text ?? "").split { !$0.isLetter }.filter { $0.count > 2 }
        return (name, words.lazy.compactMap { Self.days(String($0)) }.first ?? 365.25)
    }

    /// The unit that the sidecar gives for ages, when it is none of time.
    func unknownUnit(of names: [String]) -> String? {
        guard names.contains("age"), let units = columns["age"]?["Units"]?.text, Self.days(units) == nil else {
            return nil
        }
        return units
    }

    /// `age_months`, `age (weeks)`.
    private static func unit(inName name: String) -> Double? {
        let words = name.split { !$0.isLetter }
        guard words.first == "age", words.count > 1, let last = words.last else { return nil }
        return days(String(last))
    }

    /// Days of a unit as people write it: `years`, `yrs`, `mo`, `d`.
    private static func days(_ unit: String) -> Double? {
        let word = unit.lowercased().filter(\.isLetter)
        let long = [
            "y": "year", "yr": "year", "yrs": "year", "mo": "month", "mos": "month", "mth": "month", "mths": "month",
            "wk": "week", "wks": "week", "w": "week", "d": "day", "h": "hour", "hr": "hour", "hrs": "hour",
        ]
        return SpecimenState.days(ofUnit: long[word] ?? word)
    }
}
