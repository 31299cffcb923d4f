import Records
import Vocabulary

/// Joins findings by OR: "mouse, rat or gerbil", "CC0 or CC-BY", "V1/LM".
struct CoordinationReader {
    let question: Question
    /// In the order of the text.
    let findings: [Finding]

    /// The findings, those that stand for another choice marked as alternatives.
    func joined() -> [Finding] {
        var joined = findings
        for index in findings.indices.dropFirst() where isAlternative(index) { joined[index].isAlternative = true }
        return joined
    }

    /// Whether a finding is joined by OR with the one before it.
    private func isAlternative(_ index: Int) -> Bool {
        let left = findings[index - 1]
        let right = findings[index]
        guard left.facet == right.facet, left.isNegated == right.isNegated,
            left.tokens.upperBound <= right.tokens.lowerBound, right.tokens.lowerBound - left.tokens.upperBound <= 5
        else { return false }
        let between = left.tokens.upperBound..<right.tokens.lowerBound
        let joint = between.filter { !question.has(.article, at: $0) && !question.has(.choiceFiller, at: $0) }
            .map(question.word)
        if joint == ["or"] || joint == ["and", "or"] { return true }
        let isSlash = between.isEmpty && question.gap(before: right.tokens.lowerBound).contains("/")
        if isSlash { return !question.words.contains { $0.hasPrefix("simultaneous") } }
        if left.isNegated { return false }
        let hasOneValue = left.facet.descriptor.traits.contains(.oneValue)
        if joint == ["and"] || joint == ["as", "well"] || joint == ["too"] { return hasOneValue }
        guard joint.isEmpty else { return false }
        if isComma(left, right) { return hasOneValue || isListOfChoices(from: index) }
        // "mice: rats too"
        return left.facet == .species && question.gap(before: right.tokens.lowerBound).contains(":")
    }

    /// Whether the list that a finding stands in ends in "or", so that its commas join too.
    private func isListOfChoices(from index: Int) -> Bool {
        for (left, right) in zip(findings[index...], findings[(index + 1)...]) {
            guard right.facet == findings[index].facet else { return false }
            let words = question.words[left.tokens.upperBound..<right.tokens.lowerBound]
            if words.contains("or") { return true }
            if !words.isEmpty { return false }
        }
        return false
    }

    private func isComma(_ left: Finding, _ right: Finding) -> Bool {
        (left.tokens.upperBound...right.tokens.lowerBound).contains { question.gap(before: $0).contains(",") }
    }
}
