import Records
import Vocabulary

/// Turns names into terms: of each mention that is meant the reading that its surroundings speak for, with its sign.
struct TermReader {
    let question: Question
    let mentions: [Mention]
    let negation: Negation
    let stances: StanceReader.Stances
    let vocabulary: Vocabulary

    func read() -> Reading {
        let asides = AsideReader(question: question, vocabulary: vocabulary)
        let homonyms = HomonymReader(question: question, mentions: mentions, vocabulary: vocabulary)
        var reading = Reading()
        for (index, mention) in mentions.enumerated() where !asides.isAside(mention) {
            guard let choice = homonyms.read(index) else { continue }
            if stances.left.contains(index) {
                reading.used.append(mention.tokens)
                reading.warnings.append(
                    Plan.Warning(
                        code: "left_open",
                        message: "'\(question.written(mention.tokens))' was read as asked for neither way."))
                continue
            }
            var found = finding(choice.chosen, of: mention, isNegated: negation.mentions.contains(index))
            if stances.wished.contains(index) { found.weight = .preferred }
            reading.findings.append(found)
            reading.used.append(mention.tokens)
            if !choice.others.isEmpty { reading.alternatives.append(alternative(choice, of: mention)) }
        }
        reading.used += stances.tokens
        reading.used += negation.tokens.map { $0..<($0 + 1) }
        return reading
    }

    private func finding(_ match: NameMatch, of mention: Mention, isNegated: Bool) -> Finding {
        let via = mention.isCorrected ? .typo : Plan.Via(match.via)
        let confidence: Double =
            switch via {
            case .label: 0.99
            case .synonym: 0.97
            case .adjective: 0.95
            case .acronym: mention.isAmbiguous ? 0.75 : 0.92
            default: 0.8
            }
        return Finding(
            tokens: mention.tokens, facet: vocabulary.facet(of: match.number),
            value: vocabulary.value(of: match.number), term: match.number, via: via, confidence: confidence,
            isNegated: isNegated)
    }

    private func alternative(
        _ choice: (chosen: NameMatch, others: [NameMatch]), of mention: Mention
    ) -> Plan.Alternative {
        Plan.Alternative(
            words: question.written(mention.tokens), chosen: vocabulary.label(of: choice.chosen.number),
            others: choice.others.prefix(5).map { vocabulary.label(of: $0.number) })
    }
}

extension Plan.Via {
    fileprivate init(_ kind: NameKind) {
        self =
            switch kind {
            case .label: .label
            case .synonym: .synonym
            case .acronym: .acronym
            case .adjective: .adjective
            }
    }
}
