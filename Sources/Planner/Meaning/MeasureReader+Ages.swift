import Records
import Vocabulary

// MARK: Ages

extension MeasureReader {
    func years(start: Int, end: Int) -> Measure {
        Measure(field: .ageDays, factor: question.lexicon.days["year"] ?? 365.25, start: start, end: end)
    }

    /// "In their twenties", "people in their 60s".
    func decade(of number: NumberToken, at index: Int) -> MeasuredRange? {
        guard question.word(index - 1) == "their" || question.word(index - 2) == "their", number.length == 1,
            number.value >= 10, number.value.truncatingRemainder(dividingBy: 10) == 0,
            question.isPlural(index)
        else { return nil }
        let year = question.lexicon.days["year"] ?? 365.25
        return MeasuredRange(
            .ageDays, .exactly, number.value * year, unit: 10 * year, tokens: index..<(index + 1))
    }

    /// "Years old", "-year-old", "years of age", "yo"; "mice (8–12 weeks)", "12-month rats", "18–30 y".
    ///
    /// Other times in days and more are moments and treatments: "3 weeks after surgery", "5 days of restriction".
    func age(days: Double, unit: String, at end: Int, start: Int) -> Measure? {
        func measure(end: Int) -> Measure { Measure(field: .ageDays, factor: days, start: start, end: end) }
        if question.word(end) == "old" { return measure(end: end + 1) }
        if question.word(end) == "of", question.word(end + 1) == "age" { return measure(end: end + 2) }
        if question.word(end) == "in", question.word(end + 1) == "age" { return measure(end: end + 2) }
        if question.has(.ageComparative, at: start) || question.has(.ageComparative, at: end + 1) {
            return measure(end: end)
        }
        if question.has(.ageComparative, in: start..<end) || hasAgeWord(before: start) { return measure(end: end) }
        let isMoment =
            question.hasAny(of: [.momentAfter, .each], at: end) && !question.isClauseEnd(before: end)
            || question.word(end) == "of" || question.word(start - 1) == "for"
        if isMoment { return nil }
        if isHolderBehind(end) || isHolderBefore(start, end: end) { return measure(end: end) }
        // "EEG (18-30 y)": nothing else is given in years by that sign.
        let isShort = days > 365 && unit != "year" && !question.has(.momentBefore, at: start - 1)
        return isShort ? measure(end: end) : nil
    }

    /// "Children between 6 and 10", "participants (18–40)": two numbers by those who have an age, without a unit.
    func ages(from start: Int, to end: Int) -> Measure? {
        let isBracketed = question.gap(before: start).contains("(") && question.gap(before: end).hasPrefix(")")
        guard isBracketed || question.word(start) == "between", question.has(.person, at: start - 1) else { return nil }
        return years(start: start, end: end)
    }

    /// "12-month-old", "8 week male C57BL/6 mice".
    private func isHolderBehind(_ end: Int) -> Bool {
        for index in end..<(end + 4) where index < question.tokens.count {
            if question.isClauseEnd(before: index) { return false }
            if isAnimal(index) || index == end && question.has(.person, at: index) { return true }
            guard question.has(.ageModifier, at: index) || isStrain(index) else { return false }
        }
        return false
    }

    /// "Mice (8–12 weeks)", "rats > 18 months", "mice at 8 weeks", "mice, 3 months".
    private func isHolderBefore(_ start: Int, end: Int) -> Bool {
        var index = start - 1
        if question.word(index) == "at" || question.word(index) == "of" || question.word(index) == "between" {
            index -= 1
        }
        guard index >= 0, isAnimal(index) || isStrain(index) || question.has(.person, at: index) else { return false }
        let gap = question.gap(before: index + 1)
        if gap.contains(",") { return end >= question.tokens.count || question.isClauseEnd(before: end) }
        return !gap.contains { ".;:?!".contains($0) }
    }

    private func isStrain(_ index: Int) -> Bool {
        findings.contains { $0.facet == .strain && $0.tokens.contains(index) }
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

    /// A device or a name that the vocabulary does not know.
    func isNameOfTool(_ index: Int) -> Bool {
        let known = findings.filter { $0.tokens.contains(index) }
        return known.contains { $0.facet == .device } || known.isEmpty && !question.isUsed[index]
    }

    func isAnimal(_ index: Int) -> Bool {
        findings.contains { $0.facet == .species && $0.tokens.contains(index) }
    }
}
