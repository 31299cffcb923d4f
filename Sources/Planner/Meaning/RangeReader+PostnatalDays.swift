import Records
import Text

extension RangeReader {
    /// "P60", "postnatal day 10", "P14-P21", "older than P60".
    mutating func readPostnatalDays() {
        var index = 0
        while index < question.tokens.count {
            defer { index += 1 }
            guard !question.isUsed[index], let first = postnatalDay(at: index) else { continue }
            var end = first.end
            var high: Double?
            let gap = question.gap(before: end)
            let dashed = gap.contains { "-–—‐‑−".contains($0) } && gap.count <= 3
            let joined =
                question.word(end) == "to" || (question.word(end) == "and" && question.word(index - 1) == "between")
            let next = dashed ? end : joined ? end + 1 : nil
            if let next, next < question.tokens.count {
                if let second = postnatalDay(at: next) {
                    high = second.day
                    end = second.end
                } else if let second = Numbers.number(at: next, in: question.words), second.value < 1000 {
                    high = second.value
                    end = next + second.length
                }
            }
            var comparison = Comparison.around(index..<end, in: question)
            if comparison.relation == .exactly, let after = Comparison.after(end, in: question) {
                comparison.relation = after.relation
                end = after.end
            }
            if comparison.relation == .about { comparison.relation = .exactly }
            append(
                field: .ageDays, low: first.day, high: high, relation: comparison.relation,
                tokens: comparison.start..<end)
        }
    }

    private func postnatalDay(at index: Int) -> (day: Double, end: Int)? {
        let word = question.word(index)
        if word.first == "p", word.count > 1, question.isCapitalized(index), let day = Double(word.dropFirst()),
            day == day.rounded(), day < 1000
        {
            // P1 to P3 name components and brain areas too; they are ages only with age words around.
            return day > 3 || hasAgeWord(before: index) || question.word(index - 1) == "at" ? (day, index + 1) : nil
        }
        for phrase in [["postnatal", "day"], ["postnatal", "days"], ["pnd"], ["pd"]]
        where question.matches(phrase, at: index) {
            let at = index + phrase.count
            if let number = Numbers.number(at: at, in: question.words) { return (number.value, at + number.length) }
            if let day = postnatalDay(at: at) { return day }
        }
        return nil
    }
}
