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

    /// Whether a word is a unit of time or of the size of data.
    func isUnit(_ index: Int) -> Bool {
        let word = question.word(index)
        return question.lexicon.seconds[word] != nil || question.lexicon.days[word] != nil
            || question.lexicon.bytes[word] != nil
    }

    /// From a unit to that of a field, nil where it measures another.
    func factor(of unit: String, for field: RangeField) -> Double? {
        switch field {
        case .sizeBytes: question.lexicon.bytes[unit]
        case .durationS: question.lexicon.seconds[unit]
        case .ageDays: question.lexicon.days[unit] ?? question.lexicon.birthUnits[unit]
        case .channels: unit == "ch" ? 1 : nil
        default: nil
        }
    }

    /// A unit that is written against its number.
    private func attached(_ unit: String, at end: Int, start: Int) -> Measure? {
        let lexicon = question.lexicon
        if let size = lexicon.bytes[unit] { return Measure(field: .sizeBytes, factor: size, start: start, end: end) }
        if unit == "ch" { return Measure(field: .channels, factor: 1, start: start, end: end) }
        if let days = lexicon.birthUnits[unit] { return Measure(field: .ageDays, factor: days, start: start, end: end) }
        // "The 1990s".
        if unit == "s", let value = question.number(at: end - 1)?.value, (1950...2100).contains(value) { return nil }
        if let days = lexicon.days[unit] { return age(days: days, unit: unit, at: end, start: start) }
        // "Over 65s" are people.
        if unit == "s", question.hasAny(of: [.ageRelation], at: start), let value = question.number(at: end - 1)?.value,
            value >= 12, !hasLength(before: start), !question.hasAny(of: [.target, .otherLength], at: end)
        {
            return years(start: start, end: end)
        }
        return lexicon.seconds[unit].map { duration(seconds: $0, at: end, start: start) }
    }

    private func hasLength(before start: Int) -> Bool {
        question.hasAny(of: [.lengthHead, .otherLength], at: start - 1)
    }

    /// The noun behind, over up to two adjectives: "10 male mice", "256 recorded channels", "3 or more sessions".
    private func noun(at end: Int, start: Int) -> Measure? {
        var index = end
        if let words = Comparison.after(index, in: question), words.end > index { index = words.end }
        if question.has(.otherUnit, at: index) { return nil }
        if question.word(index) == "ch" { return Measure(field: .channels, factor: 1, start: start, end: index + 1) }
        for at in index..<(index + 4) {
            let word = question.word(at)
            // "Two 30-minute sessions": the unit is of the number before it.
            if word.isEmpty || question.isClauseEnd(before: at) || question.number(at: at) != nil { break }
            // "Units > 50 per session": the noun stands before.
            if at == index, question.has(.each, at: at) { break }
            if let size = question.lexicon.bytes[word] {
                return Measure(field: .sizeBytes, factor: size, start: start, end: at + 1)
            }
            if let length = question.phraseLength(.birthDay, at: at) {
                return Measure(field: .ageDays, factor: 1, start: start, end: at + length)
            }
            if let days = question.lexicon.birthUnits[word] {
                return Measure(field: .ageDays, factor: days, start: start, end: at + 1)
            }
            if let days = question.lexicon.days[word] {
                return at == index ? age(days: days, unit: word, at: at + 1, start: start) : nil
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
                // "Three sessions a week" is a rate.
                if question.has(.each, at: at + 1), question.lexicon.days[question.word(at + 2)] != nil { return nil }
                if isOnlyModifier(at) { return nil }
                return Measure(field: field, factor: 1, start: start, end: at + 1)
            }
            if isAnimal(at) {
                if isOnlyModifier(at) { return nil }
                return Measure(field: .subjects, factor: 1, start: start, end: index)
            }
            if question.has(.modified, at: at) { return nil }
            // "Five odors, mice" counts odors, "nine Long-Evans rats" rats.
            if question.isPlural(at), !isNamed(at) { return nil }
            // "Well isolated units", but "as well as".
            let isAdverb = word == "well" && question.word(at - 1) != "as"
            if question.hasAny(of: [.preposition, .conjunction], at: at), !isAdverb { break }
        }
        return word(before: start, end: end)
    }

    /// Part of a name that tells animals apart.
    private func isNamed(_ index: Int) -> Bool {
        findings.contains {
            [.species, .strain, .disease, .region, .celltype].contains($0.facet) && $0.tokens.contains(index)
        }
    }

    /// "Three mouse lines", "5 cell types": the noun behind is what is counted.
    private func isOnlyModifier(_ index: Int) -> Bool {
        question.has(.denyingNoun, at: index + 1) && !question.isClauseEnd(before: index + 1)
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
        if let field = countedField(before: start) { return measure(field, from: start) }
        let says = question.hasAny(of: [.ageWord, .ageComparative], in: start..<end)
        guard hasAgeWord(before: start) || says else { return nil }
        return measure(.ageDays, factor: question.lexicon.days["year"] ?? 365.25, from: start)
    }

    /// "A sample size of", "the number of channels is", "a cohort of".
    private func countedField(before start: Int) -> RangeField? {
        var index = start - 1
        while question.has(.countFiller, at: index) { index -= 1 }
        if question.has(.countedGroup, at: index) { return question.word(start - 1) == "of" ? .subjects : nil }
        guard question.has(.countHead, at: index) else { return nil }
        return question.has(.countedGroup, at: index - 1)
            ? .subjects : question.lexicon.counted[question.word(index - 1)]
    }

    private func duration(seconds: Double, at end: Int, start: Int) -> Measure {
        let end = question.word(end) == "long" ? end + 1 : end
        return Measure(field: .durationS, factor: seconds, start: start, end: end)
    }
}
