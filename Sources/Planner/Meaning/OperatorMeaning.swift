import Records
import Text
import Vocabulary

/// What a typed operator means: a filter, a range, or an error that names what would be right.
struct OperatorMeaning {
    let vocabulary: Vocabulary

    /// What an operator's name says of its value.
    enum Name {
        case facet(Facet)
        /// The facet's own term only, nothing below it.
        case exactFacet(Facet)
        case range(RangeField)
        case bound(RangeField, isUpper: Bool)
        case type
        /// Words that only rank, whatever they name.
        case text
        /// A record by its name; a record that others shall be like.
        case record
        case like
        /// Two parts, by the numbers before their braces, that differ.
        case apart
    }

    /// Names of all operators, DANDI's included.
    static let names: [String: Name] = {
        var names: [String: Name] = [
            "type": .type, "text": .text, "record": .record, "like": .like, "apart": .apart,
        ]
        for facet in Facet.allCases { names[facet.rawValue] = .facet(facet) }
        for field in RangeField.allCases { names[field.rawValue] = .range(field) }
        names["age"] = .range(.ageDays)
        names["size"] = .range(.sizeBytes)
        names["duration"] = .range(.durationS)
        // DANDI's own.
        names["approach"] = .facet(.technique)
        names["anatomy"] = .facet(.region)
        names["anatomy_exact"] = .exactFacet(.region)
        names["file_type"] = .facet(.format)
        names["created_after"] = .bound(.published, isUpper: false)
        names["created_before"] = .bound(.published, isUpper: true)
        names["published_after"] = .bound(.published, isUpper: false)
        names["published_before"] = .bound(.published, isUpper: true)
        names["modified_after"] = .bound(.modified, isUpper: false)
        names["modified_before"] = .bound(.modified, isUpper: true)
        return names
    }()

    /// Whether `name:value` outside the known names is left alone: identifiers, links, times.
    func isInnocent(_ typed: TypedOperator) -> Bool {
        let text = "\(typed.name):\(typed.value)"
        if vocabulary.number(of: text) != nil || vocabulary.number(of: text.uppercasedPrefix) != nil { return true }
        return Self.identifierSchemes.contains(typed.name)
            || Source.allCases.contains { $0.descriptor.curiePrefix == typed.name }
            || IdentifierScanner.isName(text) || IdentifierScanner.isName(typed.value)
            || typed.value.allSatisfy { $0.isNumber }
    }

    /// What stands before the colon of links and identifiers; part of their syntax, not of English.
    private static let identifierSchemes: Set<String> = [
        "http", "https", "doi", "ftp", "mailto", "urn", "orcid", "rrid", "ror", "pmid", "arxiv",
    ]

    /// Facets that share their concepts: a tetrode is a device and a technique, "C57BL/6" is asked for as a species.
    private static let related: [[Facet]] = [
        [.species, .strain], [.technique, .device, .signal, .procedure], [.task, .manipulation, .state],
        [.manipulation, .agent],
    ]

    /// The filter of a facet operator.
    func finding(facet: Facet, typed: TypedOperator, tokens: Swift.Range<Int>) throws(PlanError) -> Finding {
        let value = typed.value
        func made(_ number: Int, via: Plan.Via) -> Finding {
            Finding(
                tokens: tokens, facet: vocabulary.facet(of: number), value: vocabulary.value(of: number), term: number,
                via: via,
                confidence: 1,
                isNegated: typed.isNegated, scope: typed.scope, role: typed.role)
        }
        for id in [value, value.uppercasedPrefix, "\(facet.rawValue):\(value)"] {
            if let number = vocabulary.number(of: id), vocabulary.facet(of: number) == facet {
                return made(number, via: .identifier)
            }
        }
        let matches = vocabulary.terms(named: value, facet: facet)
        if let best = matches.first(where: { vocabulary[$0.number].species == nil }) ?? matches.first {
            return made(best.number, via: .operator)
        }
        // A value with its facet's everyday endings, or a slip of the pen.
        let mentions = vocabulary.mentions(in: value, correctingTypos: true)
        if let mention = mentions.first, mention.start == 0, mention.end == value.utf8.count,
            let number = mention.numbers.first(where: { vocabulary.facet(of: $0) == facet })
        {
            return made(number, via: mention.isCorrected ? .typo : .operator)
        }
        if facet.descriptor.takesAnyName || value.hasPrefix("text:\(facet.rawValue):") {
            let written = value.hasPrefix("text:") ? String(value.dropFirst("text:\(facet.rawValue):".count)) : value
            let name = written.onOneLine
            guard !Tokenizer.folded(name).isEmpty else {
                throw PlanError(
                    kind: .unknownValue, detail: "'\(value)' is no name for \(facet.rawValue).",
                    suggestions: ["\(facet.rawValue):\"a name\""])
            }
            return Finding(
                tokens: tokens, facet: facet,
                value: Plan.Value(id: "text:\(facet.rawValue):\(Tokenizer.folded(name))", label: name), term: nil,
                via: .operator, confidence: 1, isNegated: typed.isNegated, scope: typed.scope, role: typed.role)
        }
        // Facets that people take for one another; the filter is of the one that has the value.
        for related in Self.related where related.contains(facet) {
            for other in related where other != facet {
                if let match = vocabulary.terms(named: value, facet: other).first {
                    return made(match.number, via: .operator)
                }
            }
        }
        throw PlanError(
            kind: .unknownValue, detail: "There is no \(facet.rawValue) '\(value)' in the vocabulary.",
            suggestions: vocabulary.suggestions(for: value, facet: facet))
    }

    /// The range of a range operator: `>=50`, `>60d`, `2021..2023`, `10-20`, `P60`, `5GB`.
    func range(field: RangeField, typed: TypedOperator, words: Plan.Words) throws(PlanError) -> Plan.Range {
        var text = Substring(typed.value)
        var relation = ""
        while let first = text.first, "<>=≥≤".contains(first) {
            relation.append(first)
            text.removeFirst()
        }
        var pieces = text.components(around: "..")
        // "18..35y", "1..5GB": the unit appears once.
        if let upper = pieces.1, !field.isDate, pieces.0.last?.isNumber == true,
            let digit = upper.lastIndex(where: \.isNumber)
        {
            pieces.0 += upper[upper.index(after: digit)...]
        }
        guard let low = bound(pieces.0, field: field) else { throw malformed(typed, field) }
        var minimum: Plan.Bound?
        var maximum: Plan.Bound?
        if let upper = pieces.1 {
            minimum = pieces.0.isEmpty ? nil : low.first
            if !upper.isEmpty {
                guard let high = bound(upper, field: field) else { throw malformed(typed, field) }
                maximum = high.last
            }
        } else {
            switch relation {
            case "": (minimum, maximum) = (low.first, low.last)
            case "=", "==": (minimum, maximum) = (low.first, low.last)
            case ">=", "≥", "=>": minimum = low.first
            case "<=", "≤", "=<": maximum = low.last
            case ">": minimum = Self.moved(low.last, by: 1, field)
            case "<": maximum = Self.moved(low.first, by: -1, field)
            default: throw malformed(typed, field)
            }
        }
        // What can never hold is a slip: "10..5", "units:<0".
        if let maximum, maximum.value < (minimum?.value ?? (field.isDate ? -.infinity : 0)) {
            throw malformed(typed, field)
        }
        guard minimum != nil || maximum != nil else { throw malformed(typed, field) }
        return Plan.Range(field: field, min: minimum, max: maximum, words: words)
    }

    /// One bound of DANDI's `…_after:` and `…_before:` operators; both days included, as DANDI does.
    func bound(field: RangeField, isUpper: Bool, typed: TypedOperator, words: Plan.Words) throws(PlanError)
        -> Plan.Range
    {
        guard let days = CalendarDay.span(iso: typed.value) else {
            throw PlanError(
                kind: .malformedValue, detail: "'\(typed.value)' is no date for \(typed.name).",
                suggestions: ["\(typed.name):2021-03-01", "\(typed.name):2021"])
        }
        return Plan.Range(
            field: field, min: isUpper ? nil : .day(days.lowerBound), max: isUpper ? .day(days.upperBound) : nil,
            words: words)
    }

    /// The numbers of two parts, as `1-2`.
    func pair(_ typed: TypedOperator) throws(PlanError) -> [Int] {
        let numbers = typed.value.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard !typed.isNegated, !typed.isPreferred, numbers.count == 2, let one = numbers[0], let other = numbers[1],
            one != other, (0..<OperatorScanner.mostScopes).contains(one),
            (0..<OperatorScanner.mostScopes).contains(other)
        else {
            throw PlanError(
                kind: .malformedValue, detail: "'\(typed.value)' is no pair of parts for apart.",
                suggestions: ["#1{region:CA1} #2{region:V1} apart:1-2"])
        }
        return [one, other]
    }

    private static func moved(_ bound: Plan.Bound, by step: Int, _ field: RangeField) -> Plan.Bound {
        switch bound {
        case .day(let day): .day(day + step)
        case .number(let value):
            switch field.descriptor.measure {
            case .count, .age: .number(value + Double(step))
            case .date, .seconds, .bytes: .number(value)
            }
        }
    }

    private func malformed(_ typed: TypedOperator, _ field: RangeField) -> PlanError {
        let example =
            field.isDate
            ? "\(typed.name):>=2021-03-01 or \(typed.name):2021..2023" : "\(typed.name):>=50 or \(typed.name):10..20"
        return PlanError(
            kind: .malformedValue, detail: "'\(typed.value)' is no value for \(typed.name).", suggestions: [example])
    }

    private func bound(_ text: Substring, field: RangeField) -> (first: Plan.Bound, last: Plan.Bound)? {
        if field.isDate {
            guard let days = CalendarDay.span(iso: text) else { return text.isEmpty ? (.day(0), .day(0)) : nil }
            return (.day(days.lowerBound), .day(days.upperBound))
        }
        if text.isEmpty { return (.number(0), .number(0)) }
        let lower = text.lowercased()
        var digits = lower.prefix { $0.isNumber || $0 == "." }
        var unit = lower.dropFirst(digits.count)
        if field == .ageDays, lower.first == "p" {
            digits = lower.dropFirst().prefix { $0.isNumber }
            unit = lower.dropFirst(1 + digits.count)
        }
        guard let value = Double(digits), value < Plan.Range.largest else { return nil }
        let name = String(unit.drop { $0 == " " })
        let factor: Double? =
            switch field.descriptor.measure {
            case .age: name.isEmpty ? 1 : vocabulary.lexicon.days[Tokenizer.folded(name)]
            case .seconds: name.isEmpty ? 1 : vocabulary.lexicon.seconds[Tokenizer.folded(name)]
            case .bytes: name.isEmpty || name == "b" ? 1 : vocabulary.lexicon.bytes[name]
            case .count, .date: name.isEmpty ? 1 : name == "k" ? 1000 : nil
            }
        guard let factor, value * factor < Plan.Range.largest else { return nil }
        let scaled = Plan.Range.rounded(value * factor)
        return (.number(scaled), .number(scaled))
    }
}

extension Substring {
    /// The text before and after the first occurrence of a mark; the second is nil when there is none.
    fileprivate func components(around mark: String) -> (Substring, Substring?) {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(mark) {
                return (self[..<index], self[self.index(index, offsetBy: mark.count)...])
            }
            index = self.index(after: index)
        }
        return (self, nil)
    }
}

extension String {
    /// The text without quotes and line breaks, which could not be written back in an operator.
    var onOneLine: String {
        String(
            map { character in
                character == "\"" || character.isNewline || character.unicodeScalars.contains { $0.value < 0x20 }
                    ? " " : character
            })
    }

    /// `uberon:0001` with its prefix in capitals, as most registries write it.
    fileprivate var uppercasedPrefix: String {
        guard let colon = firstIndex(of: ":") else { return self }
        return self[..<colon].uppercased() + self[colon...]
    }
}
