import Records
import Text
import Vocabulary

/// Turns numbers with their nouns into ranges: "at least ten mice", "older than P60", "≥ 384 channels", "two-hour".
struct RangeReader {
    var question: Question
    /// Species named in the question, for ages without a unit and for counted animals.
    let findings: [Finding]
    private(set) var ranges: [Plan.Range] = []

    init(question: Question, findings: [Finding]) {
        self.question = question
        self.findings = findings
    }

    mutating func read() {
        readPostnatalDays()
        var index = 0
        while index < question.tokens.count {
            index = readNumber(at: index) ?? index + 1
        }
    }

    // MARK: Numbers

    /// Reads the number at a token; the token to go on at, nil when there is nothing to read.
    private mutating func readNumber(at index: Int) -> Int? {
        guard !question.isUsed[index], let first = Numbers.number(at: index, in: question.words),
            !isVague(index)
        else { return nil }
        // A number inside a word of the question that names a term ("Neuropixels 2.0") is no count.
        var comparison = Comparison.around(index..<(index + first.length), in: question)
        let low = first
        var high: NumberToken?
        var end = index + first.length
        if let second = secondBound(after: end, start: comparison.start) {
            high = second.number
            comparison.start = min(comparison.start, second.start)
            end = second.end
        }
        let unit = high?.unit.isEmpty == false ? high!.unit : low.unit
        guard let measure = measure(unit: unit, at: end, start: comparison.start) else {
            return high == nil ? readPair(low, comparison, at: end) : nil
        }
        end = measure.end
        if high == nil, comparison.relation == .exactly || comparison.relation == .about,
            let after = Comparison.after(end, in: question)
        {
            comparison.relation = after.relation
            end = after.end
        } else if high == nil, comparison.relation == .exactly,
            let after = Comparison.after(index + first.length, in: question), after.end < end
        {
            // "3 or more sessions": the words stand between the number and its noun.
            comparison.relation = after.relation
        } else if high == nil, comparison.relation == .exactly, Lexicon.targetNouns[question.word(end)] != nil,
            let after = Comparison.after(end + 1, in: question)
        {
            // "30 minute recordings or longer": the noun stands before the words and stays a word of the sentence.
            comparison.relation = after.relation
        }
        if high == nil, comparison.relation == .exactly, let carried = carried(to: index, field: measure.field) {
            comparison.relation = carried
        }
        guard isPlausible(measure.field, low.value, comparison.relation, at: index) else { return nil }
        // "Datasets older than 2018" tells a date.
        if measure.field == .ageDays, low.value * measure.factor > Self.oldest { return nil }
        // The animals that are counted stay words of the sentence.
        if high == nil,
            let upper = upperBound(at: isAnimal(end) ? end + 1 : end, after: comparison.relation, field: measure.field)
        {
            // Both ends of a range are included.
            let isWhole = measure.factor == 1 && measure.field != .durationS && measure.field != .sizeBytes
            let shift = isWhole && comparison.relation == .moreThan ? 1.0 : 0
            let back = isWhole && upper.isStrict ? 1.0 : 0
            let factor = upper.factor ?? measure.factor
            append(
                field: measure.field, low: (low.value + shift) * measure.factor,
                high: (upper.number.value - back) * factor, relation: .exactly,
                tokens: min(comparison.start, measure.start)..<upper.end)
            return upper.end
        }
        append(
            field: measure.field, low: low.value * measure.factor, high: high.map { $0.value * measure.factor },
            relation: comparison.relation, tokens: min(comparison.start, measure.start)..<end)
        return end
    }

    /// "A few hundred cells", "several thousand neurons": no number is meant.
    private func isVague(_ index: Int) -> Bool {
        ["few", "several", "many", "couple", "some"].contains(question.word(index - 1))
            && Numbers.isMultiple(question.word(index))
    }

    /// "At least 3 scans and 2 sessions": the comparison holds for both counts.
    private func carried(to index: Int, field: RangeField) -> Comparison.Relation? {
        guard question.word(index - 1) == "and", let last = ranges.last, last.max == nil, last.min != nil,
            last.words.end == question.tokens[max(0, index - 2)].end
        else { return nil }
        return .atLeast
    }

    /// "More than 18 years and less than 65", "age > 18 and < 65": the other end of the same range.
    private func upperBound(
        at end: Int, after relation: Comparison.Relation, field: RangeField
    ) -> (number: NumberToken, isStrict: Bool, factor: Double?, end: Int)? {
        guard relation == .atLeast || relation == .moreThan, ["and", "but"].contains(question.word(end)) else {
            return nil
        }
        for index in (end + 1)..<(end + 5) {
            guard let number = Numbers.number(at: index, in: question.words) else { continue }
            let comparison = Comparison.around(index..<(index + number.length), in: question)
            guard comparison.start == end + 1, comparison.relation == .lessThan || comparison.relation == .atMost else {
                return nil
            }
            let isStrict = comparison.relation == .lessThan
            guard let own = measure(unit: number.unit, at: index + number.length, start: comparison.start) else {
                return (number, isStrict, nil, index + number.length)
            }
            // "Older than 3 months and younger than 1 year": each end has its own unit.
            return own.field == field ? (number, isStrict, own.factor, own.end) : nil
        }
        return nil
    }

    /// "More than 5 and fewer than 10 mice", "under 65 but over 18 years old": the noun stands behind the second number
    /// only.
    private mutating func readPair(_ first: NumberToken, _ comparison: Comparison, at end: Int) -> Int? {
        guard ["and", "but"].contains(question.word(end)) else { return nil }
        for index in (end + 1)..<(end + 5) {
            guard let second = Numbers.number(at: index, in: question.words) else { continue }
            let other = Comparison.around(index..<(index + second.length), in: question)
            guard other.start == end + 1,
                let measure = measure(unit: second.unit, at: index + second.length, start: other.start)
            else { return nil }
            let isWhole = measure.factor == 1 && measure.field != .durationS && measure.field != .sizeBytes
            func bound(_ number: NumberToken, _ relation: Comparison.Relation) -> (isUpper: Bool, value: Double)? {
                let step = isWhole ? 1.0 : 0
                switch relation {
                case .atLeast: return (false, number.value * measure.factor)
                case .moreThan: return (false, number.value * measure.factor + step)
                case .atMost: return (true, number.value * measure.factor)
                case .lessThan: return (true, number.value * measure.factor - step)
                case .exactly, .about: return nil
                }
            }
            guard let one = bound(first, comparison.relation), let two = bound(second, other.relation),
                one.isUpper != two.isUpper
            else { return nil }
            let (low, high) = one.isUpper ? (two.value, one.value) : (one.value, two.value)
            guard low >= 0, low <= high, high < 1e15 else { return nil }
            append(
                field: measure.field, low: low, high: high, relation: .exactly,
                tokens: min(comparison.start, measure.start)..<measure.end)
            return measure.end
        }
        return nil
    }

    /// "between A and B", "A to B", "A–B".
    private func secondBound(after end: Int, start: Int) -> (number: NumberToken, start: Int, end: Int)? {
        guard end < question.tokens.count else { return nil }
        let gap = question.gap(before: end)
        let isDash = gap.allSatisfy { "-–—‐‑− ".contains($0) } && gap.contains { "-–—‐‑−".contains($0) }
        let before = question.word(start - 1)
        if isDash, let number = Numbers.number(at: end, in: question.words) {
            return (number, before == "between" || before == "from" ? start - 1 : start, end + number.length)
        }
        let word = question.word(end)
        let joins = word == "to" || (word == "and" && before == "between") || (word == "and" && before == "from")
        guard joins, let number = Numbers.number(at: end + 1, in: question.words) else { return nil }
        return (number, before == "between" || before == "from" ? start - 1 : start, end + 1 + number.length)
    }

    private struct Measure {
        let field: RangeField
        let factor: Double
        let start: Int
        let end: Int
    }

    /// What is counted: from the unit written against the number, or the noun behind it, or the word before it.
    private func measure(unit: String, at end: Int, start: Int) -> Measure? {
        if let size = Units.sizes[unit] { return Measure(field: .sizeBytes, factor: size, start: start, end: end) }
        if unit == "ch" { return Measure(field: .channels, factor: 1, start: start, end: end) }
        if let days = Units.days[unit] {
            if let age = age(days: days, at: end, start: start) { return age }
            if ["d", "wk", "mo", "y"].contains(unit), hasAgeWord(before: start) {
                return Measure(field: .ageDays, factor: days, start: start, end: end)
            }
        }
        if let seconds = Units.seconds[unit] {
            return Measure(field: .durationS, factor: seconds, start: start, end: skip("long", at: end))
        }
        if !unit.isEmpty {
            // "12mo mice" tells an age; "3D place cells" counts nothing.
            guard let days = Units.days[unit], unit != "d", isAnimal(end) else { return nil }
            return Measure(field: .ageDays, factor: days, start: start, end: end)
        }
        // The noun behind, over up to two adjectives: "10 male mice", "256 recorded channels", "3 or more sessions".
        var index = end
        if let words = Comparison.after(index, in: question), words.end > index { index = words.end }
        for offset in 0..<4 {
            let at = index + offset
            let word = question.word(at)
            if word.isEmpty { break }
            if offset > 0, question.isClauseEnd(before: at) { break }
            if let size = Units.sizes[word] {
                return Measure(field: .sizeBytes, factor: size, start: start, end: at + 1)
            }
            if let days = Units.days[word] {
                if let age = age(days: days, at: at + 1, start: start) { return age }
                if hasAgeWord(before: start) {
                    return Measure(field: .ageDays, factor: days, start: start, end: at + 1)
                }
                if Units.seconds[word] == nil { return nil }
            }
            if let seconds = Units.seconds[word] {
                return Measure(field: .durationS, factor: seconds, start: start, end: skip("long", at: at + 1))
            }
            if let field = Units.counted[word] {
                // "20 recording sites", "two session types": the noun counted is another.
                if let next = Units.counted[question.word(at + 1)], !question.isClauseEnd(before: at + 1), next != field
                {
                    continue
                }
                if field == .sessions, Lexicon.nounsAfterModifier.contains(question.word(at + 1)) { return nil }
                return Measure(field: field, factor: 1, start: start, end: at + 1)
            }
            if isAnimal(at) { return Measure(field: .subjects, factor: 1, start: start, end: index) }
            if Lexicon.prepositions.contains(word) || Lexicon.conjunctions.contains(word) { break }
        }
        // The word before: "n > 100", "age > 60", "ages 18–35", "aged 18 to 35", "older than 60", "duration > 2".
        return measure(before: start, end: end)
    }

    private func measure(before start: Int, end: Int) -> Measure? {
        let word = question.word(start - 1)
        if word == "n", question.gap(before: start).contains(where: { "<>=≤≥".contains($0) }) {
            return Measure(field: .subjects, factor: 1, start: start - 1, end: end)
        }
        if ["subject", "participant", "animal"].contains(word),
            question.gap(before: start).contains(where: { "<>=≤≥:".contains($0) })
        {
            return Measure(field: .subjects, factor: 1, start: start - 1, end: end)
        }
        if ["channel", "session", "unit", "neuron"].contains(word),
            question.gap(before: start).contains(where: { "<>=≤≥:".contains($0) }), let field = Units.counted[word]
        {
            return Measure(field: field, factor: 1, start: start - 1, end: end)
        }
        if hasAgeWord(before: start) {
            return Measure(field: .ageDays, factor: Units.days["year"] ?? 365.25, start: start, end: end)
        }
        let comparative = question.word(start)
        if comparative == "older" || comparative == "younger" {
            return Measure(field: .ageDays, factor: Units.days["year"] ?? 365.25, start: start, end: end)
        }
        return nil
    }

    /// "years old", "-year-old", "years of age", "yo".
    private func age(days: Double, at end: Int, start: Int) -> Measure? {
        if question.word(end) == "old" { return Measure(field: .ageDays, factor: days, start: start, end: end + 1) }
        if question.word(end) == "of", question.word(end + 1) == "age" {
            return Measure(field: .ageDays, factor: days, start: start, end: end + 2)
        }
        let comparative = question.word(start)
        if comparative == "older" || comparative == "younger" || question.word(end + 1) == "older"
            || question.word(end + 1) == "younger"
        {
            return Measure(field: .ageDays, factor: days, start: start, end: end)
        }
        return nil
    }

    func hasAgeWord(before start: Int) -> Bool {
        if isPerson(start - 1), Self.agedRelations.contains(question.word(start)) { return true }
        for back in 1...6 {
            let word = question.word(start - back)
            if ["age", "aged"].contains(word) { return true }
            if word == "older" || word == "younger" { return true }
            if ![
                "is", "between", "from", "of", "range", "greater", "than", "over", "the", "subject", "participant",
                "animal",
            ].contains(word) {
                return false
            }
        }
        return false
    }

    /// "Adults over 65", "patients under 18", "mice over 6 months": a comparison right behind those who have an age.
    private func isPerson(_ index: Int) -> Bool { Self.people.contains(question.word(index)) || isAnimal(index) }

    private static let numbered = Lexicon.set(
        "layer layers area lobule day week experiment figure table session subject animal monkey mouse rat step phase stage version group type level block run"
    )
    private static let people = Lexicon.set(
        "adults children people persons patients participants volunteers subjects individuals men women boys girls animals"
    )
    private static let agedRelations = Lexicon.set("over under above below")

    private func skip(_ word: String, at index: Int) -> Int { question.word(index) == word ? index + 1 : index }

    private func isAnimal(_ index: Int) -> Bool {
        findings.contains { $0.facet == .species && $0.tokens.contains(index) }
    }

    /// "at least one image" and "a two-photon session" are no counts worth a filter.
    private func isPlausible(_ field: RangeField, _ value: Double, _ relation: Comparison.Relation, at index: Int)
        -> Bool
    {
        switch field {
        case .subjects, .sessions, .units, .channels:
            guard value == value.rounded(), value >= 0, value < 1e9 else { return false }
            if value == 1 { return relation == .moreThan }
            // "Layer 5 cells", "area 17 neurons" and "2021 recordings" number, they do not count.
            if relation == .exactly, Self.numbered.contains(question.word(index - 1)) { return false }
            if relation == .exactly, (1950...2100).contains(value), field != .units { return false }
            return true
        default:
            return value >= 0 && value < 1e15
        }
    }

    mutating func append(
        field: RangeField, low: Double, high: Double?, relation: Comparison.Relation, tokens: Swift.Range<Int>
    ) {
        let step: Double =
            switch field {
            case .subjects, .sessions, .units, .channels, .ageDays: 1
            default: 0
            }
        let bounds: (Double?, Double?) =
            if let high {
                (Swift.min(low, high), Swift.max(low, high))
            } else {
                switch relation {
                case .atLeast: (low, nil)
                case .moreThan: (low + step, nil)
                case .atMost: (nil, low)
                case .lessThan: (nil, Swift.max(0, low - step))
                case .exactly: (low, low)
                case .about: (low, nil)
                }
            }
        guard (bounds.0 ?? 0) < Self.largest, (bounds.1 ?? 0) < Self.largest else { return }
        let from = Swift.max(0, tokens.lowerBound)
        let range = from..<Swift.max(from, tokens.upperBound)
        ranges.append(
            Plan.Range(
                field: field, min: bounds.0.map { .number(Self.rounded($0)) },
                max: bounds.1.map { .number(Self.rounded($0)) },
                words: question.planWords(range)))
        question.use(range)
    }

    /// The longest age that is read, in days: 150 years.
    private static let oldest = 150 * 365.25

    /// Bounds from here on are no count, age, time or size of anything.
    static let largest = 1e18

    /// To four decimals: enough for months in days, and a number that can be written without an exponent.
    static func rounded(_ value: Double) -> Double {
        value == value.rounded() || value > 1e9 ? value.rounded() : (value * 10_000).rounded() / 10_000
    }
}
