import Records
import Vocabulary

/// Reads words for an age: "adolescents", "aged mice", "elderly", by the species the question is about.
///
/// Such a word has no exact bounds, so its range is preferred: it raises records of that age and excludes none.
struct AgeWordReader {
    let question: Question
    let findings: [Finding]
    /// An age that was given in numbers says it better.
    let hasAge: Bool

    func read() -> Reading {
        var reading = Reading()
        guard !hasAge else { return reading }
        for index in question.tokens.indices where !question.isUsed[index] {
            guard let (days, tokens) = age(at: index), !isDenied(tokens.lowerBound) else { continue }
            reading.ranges.append(
                Plan.Range(
                    field: .ageDays, min: days.low.map { .number($0) }, max: days.high.map { .number($0) },
                    weight: .preferred, words: question.planWords(tokens)))
            // Two ages of one sentence are compared, and one range cannot hold both.
            if reading.ranges.count > 1 { return Reading() }
        }
        return reading
    }

    private func age(at index: Int) -> (Lexicon.Days, Range<Int>)? {
        guard let list, let ages = question.lexicon.ages[list] else { return nil }
        let pair = question.word(index) + " " + question.word(index + 1)
        if let days = ages[pair], !isNamed(index) { return (days, index..<(index + 2)) }
        guard let days = ages[question.word(index)], !isNamed(index) else { return nil }
        if index > 0, ages[question.word(index - 1) + " " + question.word(index)] != nil { return nil }
        if question.has(.adjacentAge, at: index), !isHolder(index + 1) { return nil }
        // "Adult" alone says nothing of whose age it is.
        if list == .humanAge, question.word(index) == "adult", !isHuman, !question.isPlural(index) { return nil }
        return (days, index..<(index + 1))
    }

    /// Whose ages: those of the one species of the question, people's where it names none.
    private var list: Lexicon.List? {
        let species = findings.filter { $0.facet == .species && !$0.isNegated }
        guard let first = species.first else { return .humanAge }
        guard species.allSatisfy({ $0.value.id == first.value.id }) else { return nil }
        return Self.lists[first.value.id]
    }

    private static let lists: [String: Lexicon.List] = [
        "NCBITaxon:9606": .humanAge, "NCBITaxon:10090": .mouseAge, "NCBITaxon:10116": .ratAge,
        "NCBITaxon:9539": .macaqueAge, "NCBITaxon:9544": .macaqueAge, "NCBITaxon:9541": .macaqueAge,
        "NCBITaxon:7955": .zebrafishAge,
    ]

    private var isHuman: Bool {
        findings.contains { $0.facet == .species }
            || question.words.indices.contains { question.has(.humanContext, at: $0) && question.word($0) != "adult" }
    }

    private func isHolder(_ index: Int) -> Bool {
        question.has(.person, at: index)
            || findings.contains { ($0.facet == .species || $0.facet == .strain) && $0.tokens.contains(index) }
    }

    /// "Adult hippocampal neurogenesis" and other names that hold the word.
    private func isNamed(_ index: Int) -> Bool {
        findings.contains { $0.facet != .species && $0.tokens.contains(index) }
    }

    private func isDenied(_ index: Int) -> Bool {
        // "Young and old mice": all ages.
        let isContrast = question.word(index - 2) == "young" && question.has(.pairJoint, at: index - 1)
        return isContrast || (1...4).contains { question.has(.negation, at: index - $0) }
    }
}
