import Text
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
    /// The number at a token, nil when there is none: `10000`, `10k`, `5gb`, `twenty-five`, `2 hundred`, `an` hour,
    /// `half an` hour, `1 and a half`.
    func number(at index: Int) -> NumberToken? {
        guard words.indices.contains(index) else { return nil }
        let word = words[index]
        if let value = lexicon.numbers[word] { return compound(value, at: index) }
        if has(.articleNumber, at: index) {
            // "An hour"; "a second session" and "a day" are no lengths.
            guard let seconds = lexicon.seconds[self.word(index + 1)], seconds > 1, self.word(index + 1) != "min",
                self.word(index - 1) != "half"
            else { return nil }
            return withHalf(NumberToken(value: 1, unit: "", length: 1), at: index, behindUnit: true)
        }
        if word == "half", has(.articleNumber, at: index + 1), let factor = lexicon.factors[self.word(index + 2)] {
            return NumberToken(value: factor / 2, unit: "", length: 3)
        }
        if word == "half", has(.articleNumber, at: index + 1), let unit = lexicon.seconds[self.word(index + 2)],
            unit > 1
        {
            return NumberToken(value: 0.5, unit: "", length: 2)
        }
        let digits = word.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard !digits.isEmpty, digits.count < 16, let value = Double(digits) else { return nil }
        let rest = String(word.dropFirst(digits.count))
        switch rest {
        case "": return withHalf(multiplied(value, at: index), at: index, behindUnit: false)
        case "k": return NumberToken(value: value * 1000, unit: "", length: 1)
        // "5M", "5m neurons"; "25m" is a length.
        case "m" where value < 1000 && (isUpper(at: index) || lexicon.counted[self.word(index + 1)] != nil):
            return NumberToken(value: value * 1e6, unit: "", length: 1)
        default:
            guard lexicon.lists(of: rest).contains(.attachedUnit) else { return nil }
            // A unit of one letter is small: "129S" is a strain.
            return rest.count == 1 && isUpper(at: index) ? nil : NumberToken(value: value, unit: rest, length: 1)
        }
    }

    /// Whether the last letter of a token is a capital.
    private func isUpper(at index: Int) -> Bool { (0x41...0x5a).contains(bytes[tokens[index].end - 1]) }

    /// "Twenty-five", "one hundred and twenty": tens and what is added to them.
    private func compound(_ value: Double, at index: Int) -> NumberToken {
        if (20..<100).contains(value), let ones = Double(word(index + 1)), (1..<10).contains(ones),
            gap(before: index + 1).allSatisfy({ $0 == " " || $0 == "-" })
        {
            let next = multiplied(value + ones, at: index + 1)
            return NumberToken(value: next.value, unit: "", length: next.length + 1)
        }
        return multiplied(value, at: index)
    }

    private func multiplied(_ value: Double, at index: Int) -> NumberToken {
        guard let factor = lexicon.factors[word(index + 1)] else {
            return NumberToken(value: value, unit: "", length: 1)
        }
        // "One hundred and twenty".
        let next = word(index + 2) == "and" ? index + 3 : index + 2
        if factor >= 100, let tens = lexicon.numbers[word(next)], tens < 100 {
            let ones = tens >= 20 ? Double(word(next + 1)).flatMap { (1..<10).contains($0) ? $0 : nil } : nil
            return NumberToken(
                value: value * factor + tens + (ones ?? 0), unit: "", length: next + (ones == nil ? 1 : 2) - index)
        }
        return NumberToken(value: value * factor, unit: "", length: 2)
    }

    /// "One and a half hours".
    private func withHalf(_ number: NumberToken, at index: Int, behindUnit: Bool) -> NumberToken {
        let end = index + number.length
        guard !behindUnit, word(end) == "and", has(.articleNumber, at: end + 1), word(end + 2) == "half" else {
            return number
        }
        return NumberToken(value: number.value + 0.5, unit: "", length: number.length + 3)
    }
}

// MARK: Numbers that count nothing

extension Question {
    /// Whether a bound is denied: "no sessions under 10 minutes", "excluding subjects over 60".
    func isDenied(before start: Int) -> Bool {
        for index in stride(from: start - 1, through: max(0, start - 4), by: -1) {
            if isClauseEnd(before: index + 1) { return false }
            if has(.negation, at: index) { return true }
            guard hasAny(of: [.target, .person, .lengthHead, .counted, .article, .dateVerb], at: index) else {
                return false
            }
        }
        return false
    }

    /// Whether a number is part of a name or of another number: `AAV-8`, `CA1/CA3`, `layer 2/3`.
    func isInsideName(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        return isTight(gap(before: index)) && !has(.ageRelation, at: index - 1)
    }

    /// Whether a number begins a compound that is no measure: `3-back`, `8-arm`, `5-HT`; or stands before a slash.
    func isCompound(endingAt end: Int) -> Bool {
        guard end < tokens.count else { return false }
        let gap = gap(before: end)
        if gap == "/" { return true }
        guard isTight(gap), number(at: end) == nil else { return false }
        let word = word(end)
        return
            !(lexicon.days[word] != nil || lexicon.seconds[word] != nil || lexicon.bytes[word] != nil
            || lexicon.counted[word] != nil || lexicon.factors[word] != nil || lexicon.birthUnits[word] != nil
            || word == "to" || word == "and")
    }

    /// Whether a word of one letter is the unit of the number before: the metre of "a 2.5 m track".
    func isUnit(_ index: Int) -> Bool {
        has(.otherUnit, at: index) && word(index).count == 1 && !isCapitalized(index) && gap(before: index) == " "
            && word(index - 1).utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e } && !word(index - 1).isEmpty
    }

    private func isTight(_ gap: String) -> Bool { gap == "-" || gap == "‐" || gap == "‑" || gap == "/" }
}
