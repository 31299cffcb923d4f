import Records
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
        var findings: [Finding] = []
        for typed in scanner.operators { try read(typed, into: &reading, findings: &findings) }
        reading.filters = findings.filters(in: question).withScopesRenumbered
        for mark in scanner.marks { reading.used.append(question.tokens(from: mark.lowerBound, to: mark.upperBound)) }
        // Words in quotes are meant literally: they rank, and make a filter only when they are a term as a whole.
        for phrase in scanner.phrases where !vocabulary.isTerm(phrase: phrase.text) {
            let tokens = question.tokens(from: phrase.start, to: phrase.end)
            reading.quoted.append(tokens)
            reading.used.append(tokens)
        }
        return reading
    }

    private func read(
        _ typed: TypedOperator, into reading: inout Reading, findings: inout [Finding]
    ) throws(PlanError) {
        let meaning = OperatorMeaning(vocabulary: vocabulary)
        guard let name = OperatorMeaning.names[typed.name] else {
            if meaning.isInnocent(typed) { return }
            throw PlanError(
                kind: .unknownOperator, detail: "There is no operator '\(typed.name):'.",
                suggestions: Self.operators(like: typed.name))
        }
        let tokens = question.tokens(from: typed.start, to: typed.end)
        let words = question.planWords(bytes: typed.start..<typed.end)
        switch name {
        case .facet(let facet):
            findings.append(try meaning.finding(facet: facet, typed: typed, tokens: tokens))
        case .exactFacet(let facet):
            var finding = try meaning.finding(facet: facet, typed: typed, tokens: tokens)
            finding.isExact = true
            finding.value.descendants = 0
            findings.append(finding)
        case .range(let field):
            reading.ranges.append(try meaning.range(field: field, typed: typed, words: words))
        case .bound(let field, let isUpper):
            reading.ranges.append(try meaning.bound(field: field, isUpper: isUpper, typed: typed, words: words))
        case .type:
            guard let type = RecordType(rawValue: typed.value.lowercased()) else {
                throw PlanError(
                    kind: .unknownValue, detail: "There is no record type '\(typed.value)'.",
                    suggestions: RecordType.allCases.map(\.rawValue))
            }
            reading.target = type
        case .text:
            reading.quoted.append(question.tokens(from: typed.valueStart, to: typed.end))
        }
        reading.used.append(tokens)
    }

    private static func operators(like name: String) -> [String] {
        let names = OperatorMeaning.names.keys.sorted()
        let near = names.filter { $0.hasPrefix(name.prefix(2)) || name.hasPrefix($0.prefix(3)) }
        return near.isEmpty
            ? ["species:", "region:", "technique:", "device:", "state:"] : near.prefix(5).map { $0 + ":" }
    }
}
