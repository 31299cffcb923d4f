import Records
import Vocabulary

/// What a number measures.
struct Measure {
    let field: RangeField
    /// From the unit to the field's own.
    let factor: Double
    /// Tokens of the number with its comparison, and of the words that say the measure.
    let start: Int
    let end: Int

    /// Whether strict bounds move by one.
    var isWhole: Bool { factor == 1 && field != .durationS && field != .sizeBytes }

    /// A compared number as one end of a range, both ends included; nil where it is no end.
    func bound(_ value: Double, _ relation: Comparison.Relation) -> (isUpper: Bool, value: Double)? {
        let step = isWhole ? 1.0 : 0
        switch relation {
        case .atLeast: return (false, value * factor)
        case .moreThan: return (false, value * factor + step)
        case .atMost: return (true, value * factor)
        case .lessThan: return (true, value * factor - step)
        case .exactly, .about: return nil
        }
    }
}

/// Tells what a number measures: from the unit written against it, the noun behind it, or the word before it.
struct MeasureReader {
    let question: Question
    let findings: [Finding]

    /// The measure of a number that ends before the token `end`; with its comparison it begins at `start`.
    func measure(unit: String, at end: Int, start: Int) -> Measure? {
        unit.isEmpty ? noun(at: end, start: start) : attached(unit, at: end, start: start)
    }

    /// A unit that is written against its number.
    private func attached(_ unit: String, at end: Int, start: Int) -> Measure? {
        let lexicon = question.lexicon
        if let size = lexicon.bytes[unit] { return Measure(field: .sizeBytes, factor: size, start: start, end: end) }
        if unit == "ch" { return Measure(field: .channels, factor: 1, start: start, end: end) }
        let days = lexicon.days[unit]
        if let days {
            if let age = age(days: days, at: end, start: start) { return age }
            if lexicon.lists(of: unit).contains(.shortAgeUnit), hasAgeWord(before: start) {
                return Measure(field: .ageDays, factor: days, start: start, end: end)
            }
        }
        if let seconds = lexicon.seconds[unit] { return duration(seconds: seconds, at: end, start: start) }
        // "12mo mice" names an age; "3D place cells" counts nothing.
        guard let days, unit != "d", isAnimal(end) else { return nil }
        return Measure(field: .ageDays, factor: days, start: start, end: end)
    }

    /// The noun behind, over up to two adjectives: "10 male mice", "256 recorded channels", "3 or more sessions".
    private func noun(at end: Int, start: Int) -> Measure? {
        var index = end
        if let words = Comparison.after(index, in: question), words.end > index { index = words.end }
        for at in index..<(index + 4) {
            let word = question.word(at)
            if word.isEmpty || at > index && question.isClauseEnd(before: at) { break }
            if let size = question.lexicon.bytes[word] {
                return Measure(field: .sizeBytes, factor: size, start: start, end: at + 1)
            }
            if let days = question.lexicon.days[word] {
                if let age = age(days: days, at: at + 1, start: start) { return age }
                if hasAgeWord(before: start) {
                    return Measure(field: .ageDays, factor: days, start: start, end: at + 1)
                }
                if question.lexicon.seconds[word] == nil { return nil }
            }
            if let seconds = question.lexicon.seconds[word] {
                return duration(seconds: seconds, at: at + 1, start: start)
            }
            if let field = question.lexicon.counted[word] {
                // "20 recording sites", "two session types": the noun counted is another.
                if let next = question.lexicon.counted[question.word(at + 1)], next != field,
                    !question.isClauseEnd(before: at + 1)
                {
                    continue
                }
                if field == .sessions, question.has(.modified, at: at + 1) { return nil }
                return Measure(field: field, factor: 1, start: start, end: at + 1)
            }
            if isAnimal(at) { return Measure(field: .subjects, factor: 1, start: start, end: index) }
            if question.hasAny(of: [.preposition, .conjunction], at: at) { break }
        }
        return word(before: start, end: end)
    }

    /// The word before: "n > 100", "age > 60", "ages 18–35", "aged 18 to 35", "older than 60".
    private func word(before start: Int, end: Int) -> Measure? {
        func measure(_ field: RangeField, factor: Double = 1, from first: Int) -> Measure {
            Measure(field: field, factor: factor, start: first, end: end)
        }
        let gap = question.gap(before: start)
        if gap.contains(where: { "<>=≤≥:".contains($0) }) {
            let word = question.word(start - 1)
            let isNumber = word == "n" && gap.contains { "<>=≤≥".contains($0) }
            if isNumber || question.has(.subjectSign, at: start - 1) { return measure(.subjects, from: start - 1) }
            if question.has(.countSign, at: start - 1), let field = question.lexicon.counted[word] {
                return measure(field, from: start - 1)
            }
        }
        guard hasAgeWord(before: start) || question.has(.ageComparative, at: start) else { return nil }
        return measure(.ageDays, factor: question.lexicon.days["year"] ?? 365.25, from: start)
    }

    private func duration(seconds: Double, at end: Int, start: Int) -> Measure {
        let end = question.word(end) == "long" ? end + 1 : end
        return Measure(field: .durationS, factor: seconds, start: start, end: end)
    }
}

// MARK: Ages

extension MeasureReader {
    /// "years old", "-year-old", "years of age", "yo".
    private func age(days: Double, at end: Int, start: Int) -> Measure? {
        func measure(end: Int) -> Measure { Measure(field: .ageDays, factor: days, start: start, end: end) }
        if question.word(end) == "old" { return measure(end: end + 1) }
        if question.word(end) == "of", question.word(end + 1) == "age" { return measure(end: end + 2) }
        let isCompared = question.has(.ageComparative, at: start) || question.has(.ageComparative, at: end + 1)
        return isCompared ? measure(end: end) : nil
    }

    /// Whether the words before a number say that it is an age.
    func hasAgeWord(before start: Int) -> Bool {
        if isPerson(start - 1), question.has(.ageRelation, at: start) { return true }
        for back in 1...6 {
            if question.hasAny(of: [.ageWord, .ageComparative], at: start - back) { return true }
            if !question.has(.ageFiller, at: start - back) { return false }
        }
        return false
    }

    /// "Adults over 65", "patients under 18", "mice over 6 months": a comparison right behind those who have an age.
    private func isPerson(_ index: Int) -> Bool { question.has(.aged, at: index) || isAnimal(index) }

    func isAnimal(_ index: Int) -> Bool {
        findings.contains { $0.facet == .species && $0.tokens.contains(index) }
    }
}
