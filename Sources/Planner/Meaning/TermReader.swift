import Records
import Vocabulary

/// Turns names into terms, each with its sign and weight.
struct TermReader {
    let question: Question
    let names: [Name]
    let negation: Negation
    let stances: StanceReader.Stances
    /// Mentions that only tell the background, with the kind of their clause.
    let background: [Int: Parse.Clause.Kind]
    let vocabulary: Vocabulary

    func read() -> Reading {
        var reading = Reading()
        for (index, name) in names.enumerated() {
            let mention = name.mention
            if stances.left.contains(index) || negation.open.contains(index) {
                reading.used.append(mention.tokens)
                reading.warnings.append(
                    Plan.Warning(
                        code: "left_open",
                        message: "'\(question.written(mention.tokens))' was read as asked for neither way."))
                continue
            }
            if let kind = background[index], !negation.mentions.contains(index) {
                reading.used.append(mention.tokens)
                reading.warnings.append(backgroundWarning(mention, kind))
                continue
            }
            var found = finding(name.chosen, of: mention, isNegated: negation.mentions.contains(index))
            if stances.wished.contains(index) { found.weight = .preferred }
            reading.findings.append(found)
            reading.used.append(mention.tokens)
            if !name.others.isEmpty { reading.alternatives.append(alternative(name)) }
        }
        reading.used += stances.tokens
        reading.used += negation.tokens.map { $0..<($0 + 1) }
        return reading
    }

    private func backgroundWarning(_ mention: Mention, _ kind: Parse.Clause.Kind) -> Plan.Warning {
        let words = question.written(mention.tokens)
        let reason = kind == .complaint ? "what was found too often" : "background"
        return Plan.Warning(code: "background", message: "'\(words)' was read as \(reason) and asked for neither way.")
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

    private func alternative(_ name: Name) -> Plan.Alternative {
        Plan.Alternative(
            words: question.written(name.mention.tokens), chosen: vocabulary.label(of: name.chosen.number),
            others: name.others.prefix(5).map { vocabulary.label(of: $0.number) })
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
