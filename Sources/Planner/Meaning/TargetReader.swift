import Records
import Vocabulary

/// Decides which kind of record is asked for: the head noun of the question, or none.
///
/// "Rodent hippocampal recording datasets" asks for datasets, "recordings in rats" for sessions, "mice with a virus"
/// for subjects; "dopamine neurons in mice" asks for none of them.
struct TargetReader {
    let question: Question
    let mentions: [Mention]
    let vocabulary: Vocabulary

    func read() -> Reading { Reading(target: target) }

    private var target: RecordType? {
        let head = headEnd
        // The words of operators are used: `subjects:>=50` asks for a range, not for subjects.
        for index in question.tokens.indices where !question.isUsed[index] {
            if let type = noun(at: index, isHead: index < head) { return type }
            if index < head, isAskedAnimal(index) { return .subject }
        }
        return nil
    }

    /// The token where the first noun phrase of the request ends.
    private var headEnd: Int {
        var index = 0
        while index < question.tokens.count, question.has(.requestWord, at: index), !mentions.hold(index) {
            index += 1
        }
        while index < question.tokens.count {
            if question.has(.preposition, at: index), !mentions.hold(index) { return index + 1 }
            if index > 0, question.isClauseEnd(before: index), !question.isComma(before: index) { return index }
            index += 1
        }
        return index
    }

    /// "Control subjects with EEG": the question begins with a name that ends in the noun.
    private func isHeadOfName(_ index: Int) -> Bool {
        guard let first = mentions.first else { return false }
        return first.endToken - 1 == index && first.firstToken < index
    }

    /// A noun that names a kind of record.
    private func noun(at index: Int, isHead: Bool) -> RecordType? {
        guard let type = question.lexicon.targets[question.word(index)] else { return nil }
        if mentions.hold(index), type != .session, !isHeadOfName(index) { return nil }
        let nextIsNear = index + 1 < question.tokens.count && !question.isClauseEnd(before: index + 1)
        // The last of a chain is the head: "recording datasets", "subject sessions".
        if nextIsNear, question.has(.target, at: index + 1) || question.has(.modified, at: index + 1) { return nil }
        if type == .subject, !isHead { return nil }
        if type == .subject || type == .session, isCounted(index) { return nil }
        if type == .subject, nextIsNear, isOtherNoun(index + 1) { return nil }
        // "studied", "a study of": only the noun itself; "recording" as a verb is no noun: "recording from V1 neurons".
        if question.word(index) == "study", question.has(.studyVerbLead, at: index - 1) { return nil }
        return type
    }

    /// "20 subjects", "at least two sessions": a count, not what is asked for.
    private func isCounted(_ index: Int) -> Bool {
        for back in 1...3 {
            let at = index - back
            guard at >= 0 else { return false }
            if let number = question.number(at: at), !mentions.hold(at) {
                // "A 30-minute recording" is measured, not counted.
                return number.unit.isEmpty
                    && !question.hasAny(of: [.secondUnit, .dayUnit, .byteUnit], at: at + number.length)
            }
            if question.isClauseEnd(before: at + 1) || question.has(.preposition, at: at) { return false }
        }
        return false
    }

    /// "Mice with …", "female Long-Evans rats implanted with …": a species in the plural heads the request and says
    /// more.
    private func isAskedAnimal(_ index: Int) -> Bool {
        guard let mention = mentions.first(where: { $0.endToken - 1 == index }),
            mention.numbers.contains(where: { vocabulary.facet(of: $0) == .species }), isPlural(mention),
            !isCounted(index), index + 1 < question.tokens.count, !question.isClauseEnd(before: index + 1)
        else { return false }
        return question.has(.subjectTail, at: index + 1)
    }

    private func isPlural(_ mention: Mention) -> Bool {
        let written = question.written(mention.tokens).lowercased()
        return question.lexicon.words(of: .pluralEnding).contains { written.hasSuffix($0) }
    }

    /// Whether a word can continue a noun phrase: no preposition, conjunction or known verb form.
    private func isOtherNoun(_ index: Int) -> Bool {
        if question.hasAny(of: [.preposition, .conjunction, .stopWord, .noNoun], at: index) { return false }
        let word = question.word(index)
        return !word.hasSuffix("ed") && !word.hasSuffix("ing") && question.number(at: index) == nil
            && question.gap(before: index).allSatisfy { $0 == " " || $0 == "-" }
    }
}
