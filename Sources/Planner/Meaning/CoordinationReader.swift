import Records
import Text

/// Joins findings by OR: "mouse, rat or gerbil", "CC0 or CC-BY", "V1/LM".
struct CoordinationReader {
    let question: Question

    func join(_ findings: inout [Finding]) {
        var index = 1
        while index < findings.count {
            let left = findings[index - 1]
            let right = findings[index]
            if left.facet == right.facet, left.isNegated == right.isNegated,
                isJoined(left, right, findings: findings, at: index)
            {
                findings[index].isAlternative = true
            }
            index += 1
        }
    }

    private func isJoined(_ left: Finding, _ right: Finding, findings: [Finding], at index: Int) -> Bool {
        guard left.tokens.upperBound <= right.tokens.lowerBound, right.tokens.lowerBound - left.tokens.upperBound <= 5
        else { return false }
        let between = Array(question.words[left.tokens.upperBound..<right.tokens.lowerBound])
        let significant = between.filter {
            !Lexicon.articles.contains($0) && !["from", "in", "either", "with"].contains($0)
        }
        if significant == ["or"] || significant == ["and", "or"] { return true }
        let isSlash = question.gap(before: right.tokens.lowerBound).contains("/") && between.isEmpty
        if isSlash { return !question.words.contains { $0.hasPrefix("simultaneous") } }
        if left.isNegated { return false }
        if significant == ["and"] || significant == ["as", "well"] || significant == ["too"] {
            return left.facet.descriptor.traits.contains(.oneValue)
        }
        if significant == ["too"]
            || (left.facet.descriptor.traits.contains(.oneValue) && significant.isEmpty && isComma(left, right))
        {
            return left.facet.descriptor.traits.contains(.oneValue)
        }
        // A comma joins when the list ends in "or".
        guard significant.isEmpty, isComma(left, right) else {
            // "mice: rats too"
            return significant.isEmpty && left.facet == .species
                && question.gap(before: right.tokens.lowerBound).contains(":")
        }
        var next = index
        while next + 1 < findings.count, findings[next + 1].facet == left.facet {
            let words = question.words[findings[next].tokens.upperBound..<findings[next + 1].tokens.lowerBound]
            if words.contains("or") { return true }
            if !words.isEmpty { return false }
            next += 1
        }
        return false
    }

    private func isComma(_ left: Finding, _ right: Finding) -> Bool {
        (left.tokens.upperBound...right.tokens.lowerBound).contains { question.gap(before: $0).contains(",") }
    }
}

extension Question {
    /// Tokens that lie in a stretch of bytes.
    func tokens(from start: Int, to end: Int) -> Swift.Range<Int> {
        let first = tokens.firstIndex { $0.start >= start } ?? tokens.count
        let last = tokens.lastIndex { $0.end <= end } ?? -1
        return first..<Swift.max(first, last + 1)
    }

    /// A stretch of bytes as words of a plan.
    func planWords(bytes range: Swift.Range<Int>) -> Plan.Words {
        Plan.Words(text: String(decoding: bytes[range], as: UTF8.self), start: range.lowerBound, end: range.upperBound)
    }
}
