import Records
import Text
import Vocabulary

/// Decides which kind of record is asked for: the head noun of the question, or none.
///
/// "Rodent hippocampal recording datasets" asks for datasets, "recordings in rats" for sessions, "mice with a virus"
/// for subjects; "dopamine neurons in mice" asks for none of them.
struct TargetReader {
    let question: Question
    let mentions: [Mention]
    let vocabulary: Vocabulary
    /// Tokens of operators: `subjects:>=50` asks for a range, not for subjects.
    let isOperator: [Bool]

    /// The kind, and the tokens that say so.
    func read() -> (type: RecordType, tokens: Swift.Range<Int>)? {
        let head = headEnd
        for index in question.tokens.indices where !isOperator[index] {
            if let found = noun(at: index, isHead: index < head) { return found }
            if index < head, let found = animal(at: index) { return found }
        }
        return nil
    }

    /// The token where the first noun phrase of the request ends.
    private var headEnd: Int {
        var index = 0
        while index < question.tokens.count, Lexicon.requestWords.contains(question.word(index)), !isMentioned(index) {
            index += 1
        }
        while index < question.tokens.count {
            let word = question.word(index)
            if Lexicon.prepositions.contains(word), !isMentioned(index) { return index + 1 }
            if index > 0, question.isClauseEnd(before: index), !isListComma(before: index) { return index }
            index += 1
        }
        return index
    }

    private func isListComma(before index: Int) -> Bool { question.gap(before: index).trimmedIsComma }

    private func isMentioned(_ index: Int) -> Bool {
        mentions.contains { $0.firstToken <= index && index < $0.endToken }
    }

    /// "Control subjects with EEG": the question begins with a name that ends in the noun.
    private func isHeadOfName(_ index: Int) -> Bool {
        guard let first = mentions.first else { return false }
        return first.endToken - 1 == index && first.firstToken < index
    }

    /// A noun that names a kind of record.
    private func noun(at index: Int, isHead: Bool) -> (RecordType, Swift.Range<Int>)? {
        let word = question.word(index)
        guard let type = Lexicon.targetNouns[word] else { return nil }
        if isMentioned(index), type != .session, !isHeadOfName(index) { return nil }
        let next = question.word(index + 1)
        let nextIsNear = index + 1 < question.tokens.count && !question.isClauseEnd(before: index + 1)
        // The last of a chain is the head: "recording datasets", "subject sessions".
        if nextIsNear, Lexicon.targetNouns[next] != nil { return nil }
        if nextIsNear, Lexicon.nounsAfterModifier.contains(next) { return nil }
        if type == .subject, !isHead { return nil }
        if type == .subject, isCounted(index) { return nil }
        if type == .session, isCounted(index) { return nil }
        if type == .subject, nextIsNear, isOtherNoun(index + 1) { return nil }
        // "studied", "a study of": only the noun itself; "recording" as a verb is no noun: "recording from V1 neurons".
        if word == "study", ["to", "we", "i", "they", "you", "who"].contains(question.word(index - 1)) { return nil }
        return (type, index..<(index + 1))
    }

    /// "20 subjects", "at least two sessions": a count, not what is asked for.
    private func isCounted(_ index: Int) -> Bool {
        for back in 1...3 {
            let at = index - back
            guard at >= 0 else { return false }
            if let number = Numbers.number(at: at, in: question.words), !isMentioned(at) {
                // "A 30-minute recording" is measured, not counted.
                let unit = question.word(at + number.length)
                return number.unit.isEmpty && Units.seconds[unit] == nil && Units.days[unit] == nil
                    && Units.sizes[unit] == nil
            }
            let word = question.word(at)
            if question.isClauseEnd(before: at + 1) || Lexicon.prepositions.contains(word) { return false }
        }
        return false
    }

    /// "Mice with …", "female Long-Evans rats implanted with …": a species in the plural heads the request and says
    /// more.
    private func animal(at index: Int) -> (RecordType, Swift.Range<Int>)? {
        guard let mention = mentions.first(where: { $0.endToken - 1 == index }),
            mention.numbers.contains(where: { vocabulary.facet(of: $0) == .species }), isPlural(mention),
            !isCounted(index)
        else { return nil }
        let next = index + 1
        guard next < question.tokens.count, !question.isClauseEnd(before: next) else { return nil }
        let word = question.word(next)
        let goesOn =
            [
                "with", "that", "who", "which", "under", "injected", "implanted", "expressing", "carrying", "without",
                "having",
                "whose", "trained", "performing", "running", "older", "younger", "aged", "given", "receiving",
                "treated",
            ].contains(word)
        guard goesOn else { return nil }
        return (.subject, next..<next)
    }

    private func isPlural(_ mention: Mention) -> Bool {
        let written = String(decoding: question.bytes[mention.start..<mention.end], as: UTF8.self).lowercased()
        return written.hasSuffix("s") || written.hasSuffix("mice") || written.hasSuffix("men")
            || written.hasSuffix("fish")
            || written.hasSuffix("flies") || written.hasSuffix("people") || written.hasSuffix("sheep")
    }

    /// Whether a word can continue a noun phrase: no preposition, conjunction or known verb form.
    private func isOtherNoun(_ index: Int) -> Bool {
        let word = question.word(index)
        if Lexicon.prepositions.contains(word) || Lexicon.conjunctions.contains(word)
            || Lexicon.stopWords.contains(word)
        {
            return false
        }
        if word.hasSuffix("ed") || word.hasSuffix("ing") { return false }
        return !["older", "younger", "aged", "older", "undergoing", "performing", "not"].contains(word)
            && Numbers.number(at: index, in: question.words) == nil
            && question.gap(before: index).allSatisfy { $0 == " " || $0 == "-" }
    }
}

extension String {
    /// Whether the text is a comma and spaces.
    var trimmedIsComma: Bool { filter { $0 != " " } == "," }
}
