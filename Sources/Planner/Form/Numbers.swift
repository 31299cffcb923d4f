import Vocabulary

/// A number in the question, with the unit that is written against it.
struct NumberToken {
    let value: Double
    /// `gb` of `5GB`, `k` already applied; empty for a bare number.
    let unit: String
    /// How many tokens it takes.
    let length: Int
}

extension Question {
    /// The number at a token, nil when there is none: `10000`, `10k`, `5gb`, `p60`, `twenty`, `2 hundred`.
    func number(at index: Int) -> NumberToken? {
        guard words.indices.contains(index) else { return nil }
        let word = words[index]
        if let value = lexicon.numbers[word] { return multiplied(value, at: index) }
        let digits = word.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard !digits.isEmpty, digits.count < 16, let value = Double(digits) else { return nil }
        let rest = String(word.dropFirst(digits.count))
        switch rest {
        case "": return multiplied(value, at: index)
        case "k": return NumberToken(value: value * 1000, unit: "", length: 1)
        case "m" where value < 1000: return NumberToken(value: value * 1_000_000, unit: "", length: 1)
        default:
            guard lexicon.lists(of: rest).contains(.attachedUnit) else { return nil }
            return NumberToken(value: value, unit: rest, length: 1)
        }
    }

    private func multiplied(_ value: Double, at index: Int) -> NumberToken {
        guard let factor = lexicon.factors[word(index + 1)] else {
            return NumberToken(value: value, unit: "", length: 1)
        }
        return NumberToken(value: value * factor, unit: "", length: 2)
    }
}
