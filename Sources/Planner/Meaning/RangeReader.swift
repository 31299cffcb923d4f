import Records
import Text
import Vocabulary

/// Turns numbers with their nouns into ranges: "at least ten mice", "older than P60", "≥ 384 channels", "two-hour".
struct RangeReader {
    let question: Question
    let measures: MeasureReader
    private let durations: DurationSense

    /// Species among the findings tell ages without a unit and counted animals.
    init(question: Question, findings: [Finding]) {
        self.question = question
        measures = MeasureReader(question: question, findings: findings)
        durations = DurationSense(question: question, findings: findings)
    }

    func read() -> Reading {
        var reading = Reading()
        var isUsed = question.isUsed
        func add(_ read: MeasuredRange) {
            let isDenied = question.isDenied(before: read.tokens.lowerBound)
            guard let found = isDenied ? read.denied : read, let range = found.range(in: question) else { return }
            reading.ranges.append(range)
            reading.used.append(found.tokens)
            for token in found.tokens { isUsed[token] = true }
        }
        let days = PostnatalDays(question: question, measures: measures)
        for index in question.tokens.indices where !isUsed[index] {
            if let found = days.range(at: index) { add(found) }
        }
        var index = 0
        while index < question.tokens.count {
            guard !isUsed[index], let found = range(at: index, after: reading.ranges.last) else {
                index += 1
                continue
            }
            // A length of something else is passed over whole: neither end of it is a range.
            if found.field != .durationS || durations.isRecording(found.tokens) { add(found) }
            index = max(index + 1, found.tokens.upperBound)
        }
        return reading
    }

    /// The range whose first number stands at a token.
    private func range(at index: Int, after last: Plan.Range?) -> MeasuredRange? {
        if let counted = CountWords(question: question, measures: measures).range(at: index) { return counted }
        guard let number = question.number(at: index), !question.isInsideName(index) else { return nil }
        let end = index + number.length
        if let decade = measures.decade(of: number, at: index) { return decade }
        guard !question.isCompound(endingAt: end) else { return nil }
        let comparison = Comparison.around(index..<end, in: question)
        if let second = secondBound(after: end, start: comparison.start) {
            return stretch(from: number, unit: number.unit, to: second, comparison, at: index)
        }
        // "30 min to 2 hours": each end has its own unit.
        if number.unit.isEmpty, measures.isUnit(end), let second = secondBound(after: end + 1, start: comparison.start),
            let found = stretch(from: number, unit: question.word(end), to: second, comparison, at: index)
        {
            return found
        }
        if let measure = measures.measure(unit: number.unit, at: end, start: comparison.start) {
            return bound(number, measure, comparison, at: index, after: last)
        }
        return pair(number, comparison, at: end) ?? nounless(number, at: index)
    }

    /// "The more people the better, but twenty is the minimum": the noun stands before.
    private func nounless(_ number: NumberToken, at index: Int) -> MeasuredRange? {
        let end = index + number.length
        guard number.unit.isEmpty, let after = Comparison.after(end, in: question), after.end > end else { return nil }
        // "65 or older", "people 65 and over".
        let isOver = question.has(.person, at: index - 1) && question.has(.ageRelation, at: end + 1)
        if question.has(.ageComparative, in: end..<after.end) || isOver {
            let years = measures.years(start: index, end: after.end)
            return MeasuredRange(.ageDays, after.relation, number.value * years.factor, tokens: index..<after.end)
        }
        guard question.has(.bound, in: end..<after.end) else { return nil }
        for back in stride(from: index - 1, through: max(0, index - 12), by: -1) {
            if let field = question.lexicon.counted[question.word(back)] {
                return MeasuredRange(field, after.relation, number.value, tokens: index..<after.end)
            }
        }
        return nil
    }

    // MARK: One number

    private func bound(
        _ number: NumberToken, _ measure: Measure, _ comparison: Comparison, at index: Int, after last: Plan.Range?
    ) -> MeasuredRange? {
        var (relation, end) = (comparison.relation, measure.end)
        if relation == .exactly || relation == .about, let after = Comparison.after(end, in: question) {
            (relation, end) = after
        } else if relation == .exactly {
            relation = relationAround(measure, behind: index + number.length) ?? relation
        }
        if relation == .exactly, goesOn(from: last, at: index) { relation = .atLeast }
        guard isPlausible(measure, number.value, relation, at: index) else { return nil }
        let start = min(comparison.start, measure.start)
        // The animals that are counted stay words of the sentence.
        if let upper = upperBound(
            at: measures.isAnimal(end) ? end + 1 : end, after: relation, field: measure.field)
        {
            // Both ends of a range are included.
            let low = number.value + (measure.isWhole && relation == .moreThan ? 1 : 0)
            let high = upper.number.value - (measure.isWhole && upper.isStrict ? 1 : 0)
            return MeasuredRange(
                measure.field, between: low * measure.factor, and: high * (upper.factor ?? measure.factor),
                tokens: start..<upper.end)
        }
        return MeasuredRange(
            measure.field, relation, number.value * measure.factor, unit: measure.factor, tokens: start..<end)
    }

    /// What is said between a number and its noun, or behind a noun that is no measure.
    private func relationAround(_ measure: Measure, behind number: Int) -> Comparison.Relation? {
        // "3 or more sessions": the words are between the number and its noun.
        if let after = Comparison.after(number, in: question), after.end < measure.end { return after.relation }
        // "30 minute recordings or longer": the noun precedes the words and stays a word of the sentence.
        guard question.has(.target, at: measure.end) else { return nil }
        return Comparison.after(measure.end + 1, in: question)?.relation
    }

    /// "At least 3 scans and 2 sessions": the comparison holds for both counts.
    private func goesOn(from last: Plan.Range?, at index: Int) -> Bool {
        guard question.word(index - 1) == "and", let last, last.max == nil, last.min != nil else { return false }
        return last.words.end == question.tokens[max(0, index - 2)].end
    }

    /// "More than 18 years and less than 65", "age > 18 and < 65": the other end of the same range.
    private func upperBound(
        at end: Int, after relation: Comparison.Relation, field: RangeField
    ) -> (number: NumberToken, isStrict: Bool, factor: Double?, end: Int)? {
        guard relation == .atLeast || relation == .moreThan, let other = otherBound(at: end),
            other.relation == .lessThan || other.relation == .atMost
        else { return nil }
        let isStrict = other.relation == .lessThan
        guard let own = measures.measure(unit: other.number.unit, at: other.end, start: end + 1) else {
            return (other.number, isStrict, nil, other.end)
        }
        // "Older than 3 months and younger than 1 year": each end has its own unit.
        return own.field == field ? (other.number, isStrict, own.factor, own.end) : nil
    }
}
