import Records
import Vocabulary

/// Reads words for a number: "multiple sessions", "a single session", "hundreds of units", "a few hundred cells".
struct CountWords {
    let question: Question
    let measures: MeasureReader

    func range(at index: Int) -> MeasuredRange? {
        various(at: index) ?? single(at: index) ?? plenty(at: index) ?? vague(at: index) ?? unitLong(at: index)
    }

    /// "Multiple sessions", "several animals": two or more.
    private func various(at index: Int) -> MeasuredRange? {
        guard question.has(.various, at: index) else { return nil }
        let noun = question.word(index + 1) == "of" ? index + 2 : index + 1
        guard let measure = measures.measure(unit: "", at: noun, start: index),
            measure.field == .sessions || measure.field == .subjects, measure.end <= noun + 2
        else { return nil }
        return MeasuredRange(measure.field, .atLeast, 2, tokens: index..<measure.end)
    }

    /// "Single-session", "only a single session".
    private func single(at index: Int) -> MeasuredRange? {
        guard question.word(index) == "single", question.lexicon.counted[question.word(index + 1)] == .sessions,
            question.word(index + 1) == "session"
        else { return nil }
        return MeasuredRange(.sessions, .exactly, 1, tokens: index..<(index + 2))
    }

    /// "Hundreds of neurons": a hundred and more.
    private func plenty(at index: Int) -> MeasuredRange? {
        guard let (value, end) = plural(at: index), let measure = measures.measure(unit: "", at: end, start: index),
            measure.isWhole
        else { return nil }
        return MeasuredRange(measure.field, .atLeast, value, tokens: index..<measure.end)
    }

    /// "Hundreds of", "tens of thousands of".
    private func plural(at index: Int, isInner: Bool = false) -> (value: Double, end: Int)? {
        guard question.has(.plenty, at: index), question.word(index + 1) == "of",
            question.isPlural(index),
            let value = question.lexicon.numbers[question.word(index)] ?? question.lexicon.factors[question.word(index)]
        else { return nil }
        guard !isInner, let next = plural(at: index + 2, isInner: true) else { return (value, index + 2) }
        return (value * next.value, next.end)
    }

    /// "Hour-long recordings".
    private func unitLong(at index: Int) -> MeasuredRange? {
        guard question.word(index + 1) == "long", let unit = question.lexicon.seconds[question.word(index)], unit > 1,
            question.number(at: index - 1) == nil
        else { return nil }
        return MeasuredRange(.durationS, .exactly, unit, tokens: index..<(index + 2))
    }

    /// "A few hundred cells", "several thousand neurons": at least two of them.
    private func vague(at index: Int) -> MeasuredRange? {
        guard question.has(.vagueAmount, at: index) else { return nil }
        let next = question.word(index + 1) == "of" ? index + 2 : index + 1
        guard let factor = question.lexicon.factors[question.word(next)], question.word(next).count > 1 else {
            return nil
        }
        let end = question.word(next + 1) == "of" ? next + 2 : next + 1
        guard let measure = measures.measure(unit: "", at: end, start: index), measure.isWhole else { return nil }
        let isSome = question.word(index) == "some"
        return MeasuredRange(
            measure.field, isSome ? .about : .atLeast, isSome ? factor : 2 * factor, tokens: index..<measure.end)
    }
}
