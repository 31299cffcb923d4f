import Records
import Vocabulary

/// Reads words for a number: "multiple sessions", "a single session", "hundreds of units", "a few hundred cells".
struct CountWords {
    let question: Question
    let measures: MeasureReader

    func range(at index: Int) -> MeasuredRange? {
        various(at: index) ?? single(at: index) ?? plenty(at: index) ?? vague(at: index)
    }

    /// "Multiple sessions", "several animals": two or more.
    private func various(at index: Int) -> MeasuredRange? {
        guard question.has(.various, at: index),
            let measure = measures.measure(unit: "", at: index + 1, start: index),
            measure.field == .sessions || measure.field == .subjects, measure.end <= index + 3
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
        guard question.has(.plenty, at: index), question.word(index + 1) == "of",
            question.written(index..<(index + 1)).hasSuffix("s"), let number = question.number(at: index),
            let measure = measures.measure(unit: "", at: index + 2, start: index), measure.isWhole
        else { return nil }
        return MeasuredRange(measure.field, .atLeast, number.value, tokens: index..<measure.end)
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
