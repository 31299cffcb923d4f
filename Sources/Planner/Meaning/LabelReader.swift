import Records
import Text
import Vocabulary

/// Reads lines of a form: "Species: mouse; Sessions: at least 3; sex: both".
///
/// A word, a colon and a space are English: the label tells the facet or the range of what follows, and a label that
/// nobody knows is a word like others.  What the label alone does not explain is left to the readers of sentences.
struct LabelReader {
    let question: Question
    let vocabulary: Vocabulary
    let today: Int?

    func read() -> Reading {
        var reading = Reading()
        guard question.bytes.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }) else {
            return reading
        }
        let labels = labels()
        for (place, label) in labels.enumerated() {
            let limit = place + 1 < labels.count ? labels[place + 1].lowerBound : question.tokens.count
            read(label, value: label.upperBound..<end(of: label, before: limit), into: &reading)
        }
        for end in question.tokens.indices.dropFirst() where isMark(question.gap(before: end)) {
            guard let finding = denial(at: end), !reading.used.contains(where: { $0.overlaps(finding.tokens) }) else {
                continue
            }
            reading.findings.append(finding)
            reading.used.append(finding.tokens)
        }
        return reading
    }

    /// The tokens of each label, in order.
    private func labels() -> [Range<Int>] {
        var labels: [Range<Int>] = []
        for end in question.tokens.indices.dropFirst() where isMark(question.gap(before: end)) {
            let first = max(labels.last?.upperBound ?? 0, end - 4)
            let start = (first..<end).first { start in
                question.phraseLength(.label, at: start) == end - start
                    && (start..<end).allSatisfy { !question.isUsed[$0] }
            }
            if let start { labels.append(start..<end) }
        }
        return labels
    }

    /// Whether a label ends here: a colon or an equals sign, and nothing before it.
    private func isMark(_ gap: String) -> Bool {
        let mark = gap.drop { $0 == " " || $0 == "*" || $0 == "_" }
        return (mark.hasPrefix(":") && !mark.hasPrefix("::"))
            || (mark.hasPrefix("=") && !mark.dropFirst().hasPrefix("="))
    }

    /// Where the value of a label ends: with the line, the sentence, or before the next label.
    private func end(of label: Range<Int>, before limit: Int) -> Int {
        var end = label.upperBound
        while end < limit {
            let gap = question.gap(before: end)
            let isOver = gap.contains { ";|?!•".contains($0) || $0.isNewline } || gap.contains(". ")
            if end > label.upperBound, isOver { return end }
            end += 1
        }
        return end
    }

    // MARK: One label

    private func read(_ label: Range<Int>, value: Range<Int>, into reading: inout Reading) {
        let name = question.words[label].joined(separator: " ")
        guard !value.isEmpty, value.allSatisfy({ !question.isUsed[$0] }), let meaning = question.lexicon.labels[name]
        else { return }
        let open = question.phraseLength(.openValue, at: value.lowerBound) ?? 0
        if open > 0, isPart(value.prefix(open), of: value) {
            let open = value.prefix(open)
            reading.used += [label, open]
            let written = question.written(label.lowerBound..<open.upperBound)
            reading.warnings.append(
                Plan.Warning(code: "left_open", message: "'\(written)' was read as asked for neither way."))
        } else if let facet = Facet(rawValue: meaning) {
            reading.used.append(label)
            let found = findings(facet, in: value, isDenied: isDenied(label.lowerBound))
            reading.findings += found
            reading.used += found.map(\.tokens)
        } else if let field = RangeField(rawValue: meaning) {
            for value in [value, value.lowerBound..<firstComma(in: value)] {
                guard let range = range(field, label.lowerBound..<value.upperBound, value: value) else { continue }
                reading.ranges.append(range)
                reading.used += [label, value]
                return
            }
        } else if let type = question.lexicon.targets[question.word(value.lowerBound)],
            isPart(value.prefix(1), of: value)
        {
            reading.target = type
            reading.used += [label, value.prefix(1)]
        }
    }

    /// Whether the first words of a value are all of it up to a comma.
    private func isPart(_ words: Range<Int>, of value: Range<Int>) -> Bool {
        words.upperBound == value.upperBound || question.isComma(before: words.upperBound)
    }

    private func firstComma(in value: Range<Int>) -> Int {
        value.dropFirst().first { question.gap(before: $0).contains(",") } ?? value.upperBound
    }

    /// "Anesthesia: none": the name before the colon is denied.
    private func denial(at end: Int) -> Finding? {
        guard let length = question.phraseLength(.deniedValue, at: end) else { return nil }
        let behind = end + length
        guard
            behind == question.tokens.count || question.isClauseEnd(before: behind)
                || question.has(.pairJoint, at: behind)
                || question.gap(before: behind).contains(where: \.isNewline)
        else { return nil }
        for start in max(0, end - 3)..<end where (start..<end).allSatisfy({ !question.isUsed[$0] }) {
            guard let named = vocabulary.terms(named: Array(question.tokens[start..<end])).first else { continue }
            return Finding(
                tokens: start..<behind, facet: vocabulary.facet(of: named.number),
                value: vocabulary.value(of: named.number), term: named.number, via: .synonym, confidence: 0.95,
                isNegated: true)
        }
        return nil
    }

    private func isDenied(_ start: Int) -> Bool {
        let gap = question.gap(before: start)
        return question.has(.negation, at: start - 1) && gap == " " || gap == "-" || gap.hasSuffix(" -")
    }

    // MARK: Facets

    /// The terms of a value that is nothing but names of the label's facet, up to a comma behind which something else
    /// is said; empty where it says more.
    private func findings(_ facet: Facet, in value: Range<Int>, isDenied: Bool) -> [Finding] {
        var findings: [Finding] = []
        for part in parts(of: value) {
            guard let finding = finding(facet, part) else {
                if question.isComma(before: part.lowerBound) { break }
                return []
            }
            findings.append(finding)
        }
        for place in findings.indices { findings[place].isNegated = isDenied }
        return findings
    }

    /// What commas, slashes and conjunctions separate.
    private func parts(of value: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = value.lowerBound
        for index in value {
            let isJoint = question.has(.listJoint, at: index)
            if isJoint || question.gap(before: index).contains(where: { ",/&+".contains($0) }) {
                if start < index { parts.append(start..<index) }
                start = isJoint ? index + 1 : index
            }
        }
        if start < value.upperBound { parts.append(start..<value.upperBound) }
        return parts
    }

    private func finding(_ facet: Facet, _ tokens: Range<Int>) -> Finding? {
        let text = question.written(tokens)
        if facet.descriptor.namesPeople {
            return PeopleNames(question: question, vocabulary: vocabulary).finding(facet, name: tokens, tokens: tokens)
        }
        let byID = vocabulary.number(of: text).flatMap { vocabulary.facet(of: $0) == facet ? $0 : nil }
        let named = vocabulary.terms(named: text, facet: facet)
        guard let number = byID ?? (named.first { vocabulary[$0.number].species == nil } ?? named.first)?.number else {
            return nil
        }
        return Finding(
            tokens: tokens, facet: facet, value: vocabulary.value(of: number), term: number,
            via: byID == nil ? .synonym : .identifier, confidence: 0.97)
    }

    // MARK: Ranges

    /// The range of a value: as an operator would write it, else as a sentence about the field would.
    private func range(_ field: RangeField, _ tokens: Range<Int>, value: Range<Int>) -> Plan.Range? {
        let words = question.planWords(tokens)
        let start = question.tokens[value.lowerBound - 1].end
        var end = question.tokens[value.upperBound - 1].end
        // "3+".
        if end < question.bytes.count, question.bytes[end] == UInt8(ascii: "+") { end += 1 }
        let written = String(decoding: question.bytes[start..<end], as: UTF8.self)
        let text = String(written.drop { $0 == " " || $0 == ":" || $0 == "=" || $0.isNewline })
        let typed = TypedOperator(
            name: field.rawValue, value: text.filter { $0 != " " }, isNegated: false, isQuoted: false, start: 0, end: 0)
        let meaning = OperatorMeaning(vocabulary: vocabulary)
        // A bare age depends on the species; an operator's is in days.
        if field != .ageDays || text.contains(where: \.isLetter),
            let range = try? meaning.range(field: field, typed: typed, words: words)
        {
            return range
        }
        for sentence in Self.sentences(field, text) {
            let question = Question(sentence, lexicon: question.lexicon)
            let read =
                field.isDate
                ? DateReader(question: question, target: nil, today: today).read()
                : RangeReader(question: question, findings: []).read()
            guard read.ranges.count == 1, var range = read.ranges.first, range.field == field else { continue }
            range.words = words
            return range
        }
        return nil
    }

    /// Sentences that say a value of a field, the value alone among them: "at least 3 sessions" may be the value.
    private static func sentences(_ field: RangeField, _ value: String) -> [String] {
        switch field {
        case .ageDays: ["aged \(value)", value]
        case .durationS: ["recordings of \(value)", "\(value) recordings", value]
        case .sizeBytes: [value]
        case .date: ["recorded \(value)", "recorded in \(value)"]
        case .published: ["published \(value)", "published in \(value)"]
        case .modified: ["modified \(value)", "modified in \(value)"]
        default: ["\(value) \(field.rawValue)", value]
        }
    }
}
