/// A number in the question, with the unit that is written against it.
struct NumberToken {
    let value: Double
    /// `gb` of `5GB`, `k` already applied; empty when the number stands alone.
    let unit: String
    /// How many tokens it takes.
    let length: Int
}

/// Reads numbers from folded words.
enum Numbers {
    /// The number at a token, nil when there is none: `10000`, `10k`, `5gb`, `p60`, `twenty`, `2 hundred`.
    static func number(at index: Int, in words: [String]) -> NumberToken? {
        guard words.indices.contains(index) else { return nil }
        let word = words[index]
        if let value = named[word] { return multiplied(value, unit: "", at: index, in: words) }
        let digits = word.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard !digits.isEmpty, digits.count < 16, let value = Double(digits) else { return nil }
        let rest = String(word.dropFirst(digits.count))
        switch rest {
        case "": return multiplied(value, unit: "", at: index, in: words)
        case "k": return NumberToken(value: value * 1000, unit: "", length: 1)
        case "m" where value < 1000: return NumberToken(value: value * 1_000_000, unit: "", length: 1)
        default:
            guard units.contains(rest) else { return nil }
            return NumberToken(value: value, unit: rest, length: 1)
        }
    }

    /// Whether a word multiplies: hundred, thousand, dozen.
    static func isMultiple(_ word: String) -> Bool { factors[word] != nil }

    private static func multiplied(_ value: Double, unit: String, at index: Int, in words: [String]) -> NumberToken {
        guard index + 1 < words.count, let factor = factors[words[index + 1]] else {
            return NumberToken(value: value, unit: unit, length: 1)
        }
        return NumberToken(value: value * factor, unit: unit, length: 2)
    }

    private static let factors: [String: Double] = [
        "hundred": 100, "thousand": 1000, "million": 1_000_000, "k": 1000, "dozen": 12,
    ]

    private static let named: [String: Double] = [
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
        "seventeen": 17,
        "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
        "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "dozen": 12, "thousand": 1000,
    ]

    /// Units that people write against the number.
    static let units: Set<String> = [
        "gb", "tb", "mb", "kb", "gib", "tib", "mib", "h", "hr", "hrs", "min", "mins", "s", "sec", "y", "yr", "yrs",
        "yo",
        "mo", "wk", "wks", "d", "ch", "gbs", "tbs",
    ]
}
