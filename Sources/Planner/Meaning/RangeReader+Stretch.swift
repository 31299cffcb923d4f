import Records
import Vocabulary

// MARK: Two numbers

extension RangeReader {
    /// "More than 5 and fewer than 10 mice", "under 65 but over 18 years old": the noun follows the second number only.
    func pair(_ first: NumberToken, _ comparison: Comparison, at end: Int) -> MeasuredRange? {
        guard let other = otherBound(at: end),
            let measure = measures.measure(unit: other.number.unit, at: other.end, start: end + 1),
            let one = measure.bound(first.value, comparison.relation),
            let two = measure.bound(other.number.value, other.relation), one.isUpper != two.isUpper
        else { return nil }
        let (low, high) = one.isUpper ? (two.value, one.value) : (one.value, two.value)
        guard low >= 0, low <= high, high < 1e15 else { return nil }
        return MeasuredRange(
            measure.field, between: low, and: high, tokens: min(comparison.start, measure.start)..<measure.end)
    }

    /// The number behind "and" or "but", with the comparison between the two words.
    func otherBound(at end: Int) -> (number: NumberToken, relation: Comparison.Relation, end: Int)? {
        guard question.has(.secondBound, at: end) else { return nil }
        for index in (end + 1)..<(end + 5) {
            guard let number = question.number(at: index) else { continue }
            let comparison = Comparison.around(index..<(index + number.length), in: question)
            return comparison.start == end + 1 ? (number, comparison.relation, index + number.length) : nil
        }
        return nil
    }

    typealias SecondBound = (number: NumberToken, start: Int, end: Int)

    /// "between A and B", "A to B", "A–B".
    func secondBound(after end: Int, start: Int) -> SecondBound? {
        guard end < question.tokens.count else { return nil }
        let gap = question.gap(before: end)
        let isDash = gap.allSatisfy { "-–—‐‑− ".contains($0) } && gap.contains { "-–—‐‑−".contains($0) }
        // "Between the ages of 18 and 30".
        var opening = start - 1
        while question.hasAny(of: [.ageWord, .article, .preposition], at: opening),
            !question.has(.stretchStart, at: opening),
            opening > start - 4
        { opening -= 1 }
        let isOpened = question.has(.stretchStart, at: opening)
        let next: Int
        if isDash, question.number(at: end) != nil {
            next = end
        } else if gap.filter({ $0 != " " }) == "-", question.word(end) == "to" {
            // "5- to 10-year-old".
            next = end + 1
        } else if question.word(end) == "up", question.word(end + 1) == "to", isOpened {
            next = end + 2
        } else if question.word(end) == "to" || question.word(end) == "or" || (question.word(end) == "and" && isOpened)
        {
            next = end + 1
        } else {
            return nil
        }
        return question.number(at: next).map { ($0, isOpened ? opening : start, next + $0.length) }
    }

    func stretch(
        from low: NumberToken, unit lowUnit: String, to high: SecondBound, _ comparison: Comparison, at index: Int
    ) -> MeasuredRange? {
        let unit = high.number.unit.isEmpty ? low.unit : high.number.unit
        guard
            let measure = measures.measure(unit: unit, at: high.end, start: high.start)
                ?? measures.ages(from: high.start, to: high.end),
            isPlausible(measure, low.value == 1 ? high.number.value : low.value, comparison.relation, at: index)
        else { return nil }
        guard let lowFactor = lowUnit.isEmpty ? measure.factor : measures.factor(of: lowUnit, for: measure.field) else {
            return nil
        }
        return MeasuredRange(
            measure.field, between: low.value * lowFactor, and: high.number.value * measure.factor,
            tokens: min(high.start, measure.start)..<measure.end)
    }
}
