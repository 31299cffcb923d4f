import Records
import Text
import Vocabulary

/// Finds what names a record, and what the question wants of it: the record itself, or others like it.
///
/// A link that shows no record ranks as it stands; the words inside it ("dandi" in an address) ask for nothing.  A
/// record that is denied is neither: no plan can leave one record out.
struct IdentifierReader {
    private let question: Question
    private let scanner: IdentifierScanner

    init(question: Question) {
        self.question = question
        scanner = IdentifierScanner(question.bytes)
    }

    func read() -> Reading {
        var reading = Reading()
        var last: (tokens: Range<Int>, sense: Sense)?
        // Every such name has a digit or a colon.
        guard question.bytes.contains(where: { (0x30...0x3a).contains($0) }) else { return reading }
        var index = 0
        while index < question.tokens.count {
            guard let found = named(at: index) else {
                index += 1
                continue
            }
            // "Like ds000117 and DANDI:000017": what is said before a list is said of all of it.
            let isListed = last.map { isJoint($0.tokens.upperBound..<found.tokens.lowerBound) } ?? false
            let sense = isListed ? last?.sense.ofList ?? .itself : sense(of: found.tokens)
            add(found, sense, to: &reading)
            last = (found.tokens, sense)
            index = found.tokens.upperBound
        }
        return reading
    }

    private struct Named {
        /// Of what is written, the words that lead to it included.
        var tokens: Range<Int>
        let identifiers: [String?]
    }

    // MARK: What is wanted of it

    private func isJoint(_ between: Range<Int>) -> Bool {
        between.allSatisfy { question.has(.listJoint, at: $0) }
            && (!between.isEmpty || question.isComma(before: between.upperBound))
    }

    private func add(_ named: Named, _ sense: Sense, to reading: inout Reading) {
        let names = named.identifiers.compactMap(\.self)
        guard !names.isEmpty else {
            reading.used.append(named.tokens)
            reading.identifiers.append(named.tokens)
            return
        }
        reading.used.append(named.tokens)
        switch sense {
        case .itself: reading.records += names
        case .denied(let cue):
            reading.used.append(cue)
            let written = question.written(named.tokens)
            reading.warnings.append(
                Plan.Warning(
                    code: "not_left_out", message: "'\(written)' stays in: a plan cannot leave out one record."))
        case .likeness(let cue):
            reading.used.append(cue)
            if reading.like == nil { reading.like = names[0] }
            if names.count > 1 || reading.like != names[0] {
                reading.warnings.append(
                    Plan.Warning(
                        code: "one_likeness",
                        message: "A plan can be like one record only: that is '\(reading.like ?? names[0])'."))
            }
        }
    }

    private enum Sense {
        case itself
        /// Others like it; with the tokens that say so.
        case likeness(Range<Int>)
        case denied(Range<Int>)

        /// The same of the next one of a list; its cue is read.
        var ofList: Sense {
            switch self {
            case .itself: .itself
            case .likeness: .likeness(0..<0)
            case .denied: .denied(0..<0)
            }
        }
    }

    private func sense(of tokens: Range<Int>) -> Sense {
        let end = tokens.upperBound
        if let length = question.phraseLength(.likenessAfter, at: end) { return .likeness(end..<(end + length)) }
        // "DANDI:000017-like datasets".
        if question.word(end) == "like", question.gap(before: end).hasSuffix("-") { return .likeness(end..<(end + 1)) }
        var at = tokens.lowerBound
        for _ in 0..<8 where at > 0 && !endsClause(before: at) {
            if let cue = question.phrase(of: [.unlikeness], endingAt: at) { return .denied(cue) }
            if let cue = question.phrase(of: [.likeness, .illustration, .example], endingAt: at), !isWish(cue) {
                let before = cue.lowerBound
                if let denial = question.phrase(of: [.negation], endingAt: before) {
                    return .denied(denial.lowerBound..<cue.upperBound)
                }
                return .likeness(cue)
            }
            if let cue = question.phrase(of: [.negation], endingAt: at) {
                return question.phraseLength(.notNegation, at: cue.lowerBound) == nil ? .denied(cue) : .itself
            }
            // "The same task as in ds000117".
            if question.word(at - 1) == "as", let same = same(before: at - 1) { return .likeness(same..<(same + 1)) }
            guard question.hasAny(of: [.article, .preposition, .stopWord, .standIn, .target, .recordNoun], at: at - 1)
            else { return .itself }
            at -= 1
        }
        return .itself
    }

    private func endsClause(before index: Int) -> Bool {
        question.gap(before: index).contains { ",;.?!".contains($0) || $0.isNewline }
    }

    /// "I would like ds000117": a wish.
    private func isWish(_ cue: Range<Int>) -> Bool {
        cue.count == 1 && question.word(cue.lowerBound) == "like" && question.has(.wishing, at: cue.lowerBound - 1)
    }

    private func same(before index: Int) -> Int? {
        var at = index - 1
        while at >= 0, index - at <= 6, !endsClause(before: at + 1) {
            if question.word(at) == "same" { return at }
            at -= 1
        }
        return nil
    }

    // MARK: How it is written

    /// What names records from a token on, neither in quotes nor in the value of an operator.
    private func named(at index: Int) -> Named? {
        let quote = question.quoted.first { $0.contains(index) }
        // Links stay whole in quotes too, so that a written plan reads as it was.
        guard quote != nil || !question.isUsed[index],
            let first = scanner.identifier(at: question.tokens[index].start), quote == nil || first.name == nil
        else { return nil }
        var tokens = index..<question.tokens(from: question.tokens[index].start, to: first.end).upperBound
        guard !tokens.isEmpty else { return nil }
        if let quote { return quote.contains(tokens.upperBound - 1) ? Named(tokens: tokens, identifiers: [nil]) : nil }
        guard tokens.allSatisfy({ !question.isUsed[$0] }) else { return nil }
        // "Subject 001234" has a number of its own.
        let isBare = first.series != nil && question.word(index).allSatisfy(\.isNumber)
        if isBare, question.has(.numbered, at: index - 1) { return nil }
        // "Dandisets with 50 subjects", "dandiset 50 subjects": a short number that counts.
        if first.series != nil, isCount(tokens.upperBound - 1) { return nil }
        var names = [first.name]
        if let series = first.series {
            while let next = next(after: tokens.upperBound, of: series) {
                names.append(next.name)
                tokens = tokens.lowerBound..<(next.token + 1)
            }
        }
        while tokens.lowerBound > 0, question.has(.identifierLead, at: tokens.lowerBound - 1),
            !question.isUsed[tokens.lowerBound - 1],
            question.gap(before: tokens.lowerBound).allSatisfy({ " :#=".contains($0) })
        {
            tokens = (tokens.lowerBound - 1)..<tokens.upperBound
        }
        return Named(tokens: tokens, identifiers: names)
    }

    /// "…, 000019 and 000026": another number of the same archive.
    private func next(after end: Int, of series: Source) -> (name: String?, token: Int)? {
        let joint = question.has(.listJoint, at: end) ? end + 1 : end
        guard joint < question.tokens.count, joint > end || question.isComma(before: end),
            question.gap(before: joint).allSatisfy({ $0 == " " || $0 == "," || $0 == "#" })
        else { return nil }
        let isShort = question.words[0..<end].contains("dandiset")
        guard let found = scanner.number(at: question.tokens[joint].start, of: series, isShort: isShort) else {
            return nil
        }
        return isCount(joint) ? nil : (found.name, joint)
    }

    /// Whether a token is a number with what it counts.
    private func isCount(_ index: Int) -> Bool {
        let word = question.word(index)
        return word.utf8.count < 6 && word.allSatisfy(\.isNumber)
            && question.lexicon.counted[question.word(index + 1)] != nil
    }
}
