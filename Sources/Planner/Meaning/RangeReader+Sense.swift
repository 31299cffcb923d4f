import Records
import Vocabulary

// MARK: Sense

extension RangeReader {
    /// "at least one image" and "a two-photon session" are no counts worth a filter.
    func isPlausible(
        _ measure: Measure, _ value: Double, _ relation: Comparison.Relation, at index: Int
    ) -> Bool {
        switch measure.field {
        case .subjects, .sessions, .units, .channels:
            guard value == value.rounded(), value >= 0, value < 1e9 else { return false }
            if value == 1 {
                let isSingle = measure.field == .sessions && question.has(.single, at: index - 1)
                return relation == .moreThan || relation == .exactly && isSingle
            }
            if relation == .exactly, isVersion(value, at: index) { return false }
            // "Layer 5 cells", "area 17 neurons" and "2021 recordings" number, they do not count.
            if relation == .exactly, question.has(.numbered, at: index - 1) { return false }
            return relation != .exactly || measure.field == .units || !(1950...2100).contains(value)
        case .ageDays:
            // "Datasets older than 2018" names a date.
            // "Datasets older than 2 years" does not say how old the animals are.
            let isOfRecord =
                question.has(.ageComparative, in: measure.start..<index)
                && question.has(.eventSubject, at: measure.start - 1)
            return value >= 0 && value < 1e15 && value * measure.factor <= Self.oldest && !isOfRecord
        default:
            return value >= 0 && value < 1e15
        }
    }

    /// "Neuropixels 2.0 sessions", "Kilosort 3 units": the version of what is named before.
    private func isVersion(_ value: Double, at index: Int) -> Bool {
        if question.word(index).contains("."), Double(question.word(index)) != nil { return true }
        guard value < 10, index > 1, question.gap(before: index) == " ", question.isCapitalized(index - 1) else {
            return false
        }
        return question.words[index].first?.isNumber == true && measures.isNameOfTool(index - 1)
    }

    /// The longest age that is read, in days: 150 years.
    private static let oldest = 150 * 365.25
}
