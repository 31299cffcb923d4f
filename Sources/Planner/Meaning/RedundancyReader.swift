import Records
import Vocabulary

/// Drops filters that say nothing new: the same term twice, and a general term beside its own special one
/// ("Neuropixels probes" after "Neuropixels 2.0", "rat" after nothing else than "Long-Evans rats" keeps both).
struct RedundancyReader {
    let question: Question
    /// In the order of the text.
    let findings: [Finding]
    let parse: Parse
    let vocabulary: Vocabulary

    /// The findings that say something of their own.
    func reduced() -> [Finding] {
        var kept: [Finding] = []
        for (index, finding) in findings.enumerated() {
            if kept.contains(where: {
                $0.either == finding.either && $0.choice == finding.choice && $0.facet == finding.facet
                    && $0.value.id == finding.value.id && $0.isNegated == finding.isNegated
            }) {
                continue
            }
            if let term = finding.term, !finding.isNegated, !finding.isAlternative, finding.either == nil,
                isImplied(term, at: index)
            {
                continue
            }
            kept.append(finding)
        }
        return kept
    }

    private func isImplied(_ term: Int, at index: Int) -> Bool {
        let facet = findings[index].facet
        if isIncluded(index) { return true }
        if isExplained(index) { return true }
        guard facet.descriptor.traits.contains(.specialSuffices) else { return false }
        return findings.enumerated().contains { position, other in
            guard position != index, other.facet == facet, !other.isNegated, other.weight == .required,
                other.either == nil,
                let number = other.term, number != term
            else { return false }
            guard !other.isAlternative, !isAlternativeHead(position), !isListed(index, with: position),
                !isIncluded(position)
            else { return false }
            return vocabulary.isTerm(number, within: term)
        }
    }

    /// "EEG, iEEG and sEEG": who lists a family beside its members wants each.
    private func isListed(_ index: Int, with other: Int) -> Bool {
        parse.lists.contains { list in
            list.joint != .comma
                && [index, other].allSatisfy { finding in
                    list.members.contains {
                        parse.tokens(of: parse.phrases[$0]).contains(findings[finding].tokens.lowerBound)
                    }
                }
        }
    }

    /// "EEG, including iEEG and sEEG": the family is meant.
    private func isIncluded(_ index: Int) -> Bool {
        guard let term = findings[index].term else { return false }
        return findings[..<index].contains { family in
            guard let number = family.term, number != term, family.facet == findings[index].facet,
                vocabulary.isTerm(term, within: number)
            else { return false }
            return (family.tokens.upperBound..<Swift.max(family.tokens.upperBound, findings[index].tokens.lowerBound))
                .contains { question.phraseLength(.inclusion, at: $0) != nil }
        }
    }

    /// "A motor task like finger tapping", "PV interneurons": the next finding says it more exactly.
    private func isExplained(_ index: Int) -> Bool {
        guard let term = findings[index].term else { return false }
        for (position, other) in findings.enumerated() where position != index && other.facet == findings[index].facet {
            // What is only wished for, or given as an example, does not stand for its kind.
            guard let number = other.term, number != term, !other.isNegated, other.weight == .required else { continue }
            let (left, right) = position < index ? (other, findings[index]) : (findings[index], other)
            guard left.tokens.upperBound <= right.tokens.lowerBound else { continue }
            let between = left.tokens.upperBound..<right.tokens.lowerBound
            if between.isEmpty, position < index, other.facet == .celltype,
                question.gap(before: right.tokens.lowerBound) == " "
            {
                return true
            }
            if !findings[index].isAlternative, !isAlternativeHead(index),
                vocabulary.isTerm(number, within: term),
                isApposed(left, right, between: between, isGeneralLast: position < index)
            {
                return true
            }
            let isExample = question.phraseLength(.example, at: between.lowerBound) == between.count
            if isExample, position > index, vocabulary.isTerm(number, within: term) { return true }
        }
        return false
    }

    /// "PO thalamus", "M1 cortex", "the CA1 region of the hippocampus": the larger one only says which the smaller is.
    private func isApposed(_ left: Finding, _ right: Finding, between: Range<Int>, isGeneralLast: Bool) -> Bool {
        if between.isEmpty { return [" ", " ("].contains(question.gap(before: right.tokens.lowerBound)) }
        guard isGeneralLast, right.facet == .region, question.words[between].contains("of"),
            !(left.tokens.upperBound..<right.tokens.lowerBound).contains(where: { question.isClauseEnd(before: $0) })
        else { return false }
        return between.allSatisfy { question.has(.namePart, at: $0) }
    }

    private func isAlternativeHead(_ index: Int) -> Bool {
        findings.indices.contains(index + 1) && findings[index + 1].isAlternative
    }
}
