import Records
import Vocabulary

/// Reads ages in days since birth: "P60", "postnatal day 10", "P14-P21", "older than P60".
struct PostnatalDays {
    let question: Question
    let measures: MeasureReader

    func range(at index: Int) -> MeasuredRange? {
        guard let first = day(at: index) else { return nil }
        let second = secondDay(after: first.end, isBetween: question.word(index - 1) == "between")
        var end = second?.end ?? first.end
        let comparison = Comparison.around(index..<end, in: question)
        var relation = comparison.relation
        if relation == .exactly, let after = Comparison.after(end, in: question) { (relation, end) = after }
        if relation == .exactly, second == nil {
            switch question.word(index - 1) {
            case "before": relation = .lessThan
            case "after": relation = .moreThan
            default: break
            }
        }
        let tokens = comparison.start..<end
        return second.map { MeasuredRange(.ageDays, between: first.day, and: $0.day, tokens: tokens) }
            ?? MeasuredRange(.ageDays, relation, first.day, tokens: tokens)
    }

    private typealias Day = (day: Double, end: Int)

    private func day(at index: Int) -> Day? {
        let word = question.word(index)
        if word.first == "p", word.count > 1, question.isCapitalized(index) || measures.isAnimal(index + 1),
            let day = Double(word.dropFirst()),
            day == day.rounded(), day < 1000
        {
            // P1 to P3 name components and brain areas too; they are ages only with age words around.
            let isAge =
                day > 3 || measures.hasAgeWord(before: index) || question.word(index - 1) == "at"
                || measures.isAnimal(index + 1) || isBegun(by: index)
            return isAge ? (day, index + 1) : nil
        }
        // "PN14", "DIV21".
        let letters = word.prefix { !$0.isNumber }
        if letters.count > 1, letters.count < word.count,
            question.lexicon.lists(of: String(letters)).contains(.postnatalDay),
            let day = Double(word.dropFirst(letters.count)), day < 1000
        {
            return (day, index + 1)
        }
        guard let length = question.phraseLength(.postnatalDay, at: index) else { return nil }
        let at = index + length
        return question.number(at: at).map { ($0.value, at + $0.length) } ?? day(at: at)
    }

    /// "P0-P10": the other day tells that this is one.
    private func isBegun(by index: Int) -> Bool {
        let next = question.word(index + 1) == "to" ? index + 2 : index + 1
        let word = question.word(next)
        return word.first == "p" && (Double(word.dropFirst()) ?? 0) > 3
    }

    /// "P14-P21", "P14 to P21", "P14–21".
    private func secondDay(after end: Int, isBetween: Bool) -> Day? {
        let gap = question.gap(before: end)
        let isDash = gap.contains { "-–—‐‑−".contains($0) } && gap.count <= 3
        let isJoined = question.word(end) == "to" || (question.word(end) == "and" && isBetween)
        guard isDash || isJoined else { return nil }
        let next = isDash ? end : end + 1
        if let day = day(at: next) { return day }
        guard let number = question.number(at: next), number.value < 1000 else { return nil }
        return (number.value, next + number.length)
    }
}
