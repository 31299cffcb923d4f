import Records
import Text
import Vocabulary

/// Reads what is written in the language of queries: operators, the marks that join and group them, and phrases in
/// quotes.  The only reader that can fail.
struct OperatorReader {
    let question: Question
    let vocabulary: Vocabulary

    func read() throws(PlanError) -> Reading {
        var scanner = OperatorScanner(question.bytes)
        scanner.scan { OperatorMeaning.names[$0] != nil }
        var reading = Reading()
        var asked: [TypedCondition] = []
        for typed in scanner.operators {
            let isLabel = endsLabel(typed, among: scanner.operators)
            asked.append(isLabel ? .whole : try read(typed, into: &reading))
        }
        for case .range(let range) in asked { reading.ranges.append(range) }
        reading.filters = try OperatorFilters(question: question, typed: scanner.operators, asked: asked)
            .filters(of: OperatorTree(scanner.layout))
        let count = reading.filters.count + reading.ranges.count + reading.records.count
        guard count <= Planner.mostFilters else { throw .tooMany(count) }
        let scopes = Set(reading.filters.compactMap(\.scope))
        for pair in reading.apart {
            guard let missing = pair.first(where: { !scopes.contains($0) }) else { continue }
            throw PlanError(
                kind: .malformedValue, detail: "No part has the number \(missing) of 'apart:'.",
                suggestions: ["#\(missing){region:CA1}"])
        }
        for mark in scanner.marks { reading.used.append(question.tokens(from: mark.lowerBound, to: mark.upperBound)) }
        // Words in quotes are meant literally: they rank, and make a filter only when they are a term as a whole.
        for phrase in scanner.phrases
        where !vocabulary.isTerm(phrase: phrase.text) && !IdentifierScanner.isName(phrase.text) {
            let tokens = question.tokens(from: phrase.start, to: phrase.end)
            reading.quoted.append(tokens)
            reading.used.append(tokens)
        }
        return reading
    }

    private func read(_ typed: TypedOperator, into reading: inout Reading) throws(PlanError) -> TypedCondition {
        let meaning = OperatorMeaning(vocabulary: vocabulary)
        guard let name = OperatorMeaning.names[typed.name] else {
            guard !meaning.isInnocent(typed), !isInsideWord(typed) else { return .whole }
            guard isMeantAsOperator(typed) else {
                reading.warnings.append(
                    Plan.Warning(
                        code: "unknown_operator",
                        message: "There is no operator '\(typed.name):'; it is read as words.",
                        suggestions: Self.operators(like: typed.name)))
                return .whole
            }
            throw PlanError(
                kind: .unknownOperator, detail: "There is no operator '\(typed.name):'.",
                suggestions: Self.operators(like: typed.name))
        }
        let tokens = question.tokens(from: typed.start, to: typed.end)
        let words = question.planWords(bytes: typed.start..<typed.end)
        reading.used.append(tokens)
        switch name {
        case .facet(let facet):
            let finding = try meaning.finding(facet: facet, typed: typed, tokens: tokens)
            if finding.facet != facet {
                reading.warnings.append(
                    Plan.Warning(
                        code: "other_facet",
                        message: "'\(typed.value)' is of the facet \(finding.facet.rawValue), not \(facet.rawValue), "
                            + "and is read as that."))
            }
            return .finding(finding)
        case .exactFacet(let facet):
            var finding = try meaning.finding(facet: facet, typed: typed, tokens: tokens)
            finding.isExact = true
            finding.value.descendants = 0
            return .finding(finding)
        case .range(let field):
            return .range(try meaning.range(field: field, typed: typed, words: words).weighted(typed))
        case .bound(let field, let isUpper):
            return .range(
                try meaning.bound(field: field, isUpper: isUpper, typed: typed, words: words).weighted(typed))
        case .type:
            guard let type = RecordType(rawValue: typed.value.lowercased()) else {
                throw PlanError(
                    kind: .unknownValue, detail: "There is no record type '\(typed.value)'.",
                    suggestions: RecordType.allCases.map(\.rawValue))
            }
            reading.target = type
        case .text: reading.quoted.append(question.tokens(from: typed.valueStart, to: typed.end))
        case .record, .like:
            // A quote inside could not be written back.
            let value = typed.value.filter { $0 != "\"" && !$0.isNewline }
            guard !typed.isNegated, !typed.isPreferred, value.contains(where: { $0.isLetter || $0.isNumber }) else {
                throw PlanError(
                    kind: .malformedValue, detail: "'\(words.text)' names no record.",
                    suggestions: ["\(typed.name):dandi:dataset:000003"])
            }
            if case .like = name { reading.like = value } else { reading.records.append(value) }
        case .apart: reading.apart.append(try meaning.pair(typed))
        }
        return .whole
    }

    /// Whether an unknown name before a colon was meant as an operator: a word of English, or nearly the name
    /// of one, in
    /// small letters.  "UAS:GCaMP6s" and "huc:GCaMP6s" are names of lines, "Q:mice" begins a question.
    private func isMeantAsOperator(_ typed: TypedOperator) -> Bool {
        let start = question.bytes[typed.start] == UInt8(ascii: "-") ? typed.start + 1 : typed.start
        let name = Array(typed.name.utf8)
        guard name.count > 1, question.bytes[start...].starts(with: name) else { return false }
        return vocabulary.english.contains(name) || name.contains(UInt8(ascii: "_"))
            || OperatorMeaning.names.keys.contains { known in
                name.count > 3 && EditDistance.between(name, Array(known.utf8), atMost: 2) != nil
            }
    }

    /// "Tg(huc:GCaMP6s)", "sub-01_note:x".
    private func isInsideWord(_ typed: TypedOperator) -> Bool {
        typed.start > 1 && question.bytes[typed.start - 1] != UInt8(ascii: " ")
            && question.tokens.contains { $0.end == typed.start - 1 }
    }

    /// Whether the name of an operator is the last word of a form's label: "cell type:PV" is not of the
    /// operator `type`.
    private func endsLabel(_ typed: TypedOperator, among others: [TypedOperator]) -> Bool {
        let end = typed.start + typed.name.utf8.count
        guard !typed.isNegated, !typed.isPreferred, let token = question.tokens.firstIndex(where: { $0.end == end })
        else { return false }
        return (2...3).contains { length in
            let first = token + 1 - length
            return question.phraseLength(.label, at: first) == length
                && ((first + 1)...token).allSatisfy { question.gap(before: $0) == " " }
                && !others.contains { $0.end > question.tokens[first].start && $0.start < typed.start }
        }
    }

    private static func operators(like name: String) -> [String] {
        let names = OperatorMeaning.names.keys.sorted()
        let near = names.filter { $0.hasPrefix(name.prefix(2)) || name.hasPrefix($0.prefix(3)) }
        return near.isEmpty
            ? ["species:", "region:", "technique:", "device:", "state:"] : near.prefix(5).map { $0 + ":" }
    }
}

extension Plan.Range {
    fileprivate func weighted(_ typed: TypedOperator) -> Plan.Range {
        var range = self
        range.weight = typed.isPreferred ? .preferred : .required
        return range
    }
}
