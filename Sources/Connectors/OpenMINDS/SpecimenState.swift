/// What openMINDS says of a specimen at one time.
enum SpecimenState {
    /// Attributes that are states of the whole animal; the others (control, knockout, …) are only searched.
    private static let states: Set<String> = [
        "alert", "anaesthetized", "anesthetized", "asleep", "awake", "comatose", "drugged", "freelymoving",
        "headrestrained", "restrained",
    ]

    static func isOfWholeAnimal(_ attribute: String) -> Bool {
        states.contains(attribute.lowercased().filter(\.isLetter))
    }

    /// The length of a unit of time; nil for other units.
    static func days(ofUnit name: String) -> Double? {
        switch name.lowercased() {
        case "hour", "hours": 1.0 / 24
        case "day", "days": 1
        case "week", "weeks": 7
        case "month", "months": 30.4375
        case "year", "years": 365.25
        default: nil
        }
    }
}
