import Records

/// What units and counted nouns mean, by folded word.
enum Units {
    static let sizes: [String: Double] = [
        "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "gbs": 1e9, "tbs": 1e12, "mib": 1_048_576, "gib": 1_073_741_824,
        "tib": 1_099_511_627_776, "megabyte": 1e6, "gigabyte": 1e9, "terabyte": 1e12, "kilobyte": 1e3,
    ]
    static let seconds: [String: Double] = [
        "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "min": 60, "mins": 60, "minute": 60, "s": 1, "sec": 1,
        "secs": 1,
        "second": 1,
    ]
    static let days: [String: Double] = [
        "year": 365.25, "yr": 365.25, "yrs": 365.25, "y": 365.25, "yo": 365.25, "month": 30.4375, "mo": 30.4375,
        "week": 7, "wk": 7, "wks": 7, "day": 1, "d": 1,
    ]
    static let counted: [String: RangeField] = {
        var nouns: [String: RangeField] = [:]
        func enter(_ words: String, _ field: RangeField) { for word in Lexicon.set(words) { nouns[word] = field } }
        enter(
            "subjects animals participants patients people persons individuals volunteers donors adults children infants",
            .subjects)
        enter("sessions recordings visits", .sessions)
        enter("units neurons cells", .units)
        enter("channels electrodes contacts", .channels)
        return nouns
    }()
}
