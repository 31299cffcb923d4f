import Records
import Vocabulary

/// Decides which kind of record is asked for: the head noun of the question, or none.
///
/// "Rodent hippocampal recording datasets" asks for datasets, "recordings in rats" for sessions, "mice with a virus"
/// for subjects, "models of the cerebellum" for models; "dopamine neurons in mice" asks for none of them.
struct TargetReader {
    let question: Question
    let mentions: [Mention]
    let parse: Parse
    let vocabulary: Vocabulary

    /// A kind of record with the words that name it.
    typealias Kind = (type: RecordType, tokens: Range<Int>)

    /// What names the kind of record.
    var kind: Kind? {
        let start = start
        let head = head(from: start)
        // The words of operators are used: `subjects:>=50` asks for a range, not for subjects.
        for index in start..<question.tokens.count where !question.isUsed[index] {
            if let kind = noun(at: index, head: head) { return kind }
            if index < head.upperBound, isAskedAnimal(index) { return (.subject, index..<(index + 1)) }
        }
        return nil
    }

    /// Where the request begins, behind clauses that tell the background or what is left out: "Don't skip sedated
    /// animals; we need rabbit recordings".
    private var start: Int {
        let asking = parse.clauses.first { clause in
            let first = parse.tokens(of: clause).lowerBound
            let isUndenied = (first..<first + 3).contains { question.undeniedLength(at: $0) != nil }
            return !BackgroundReader.isAside(clause.kind) && !isUndenied
                && question.phraseLength(.negation, at: first) == nil && !question.has(.excludingVerb, at: first)
        }
        var start = asking.map { parse.tokens(of: $0).lowerBound } ?? 0
        if start > 0, question.has(.conjunction, at: start) { start += 1 }
        return start
    }

    /// The first noun phrase of the request, with the preposition behind it.
    private func head(from start: Int) -> Range<Int> {
        var index = start
        while index < question.tokens.count, question.has(.requestWord, at: index), !mentions.hold(index) {
            index += 1
        }
        let start = index
        while index < question.tokens.count {
            if question.has(.preposition, at: index), !mentions.hold(index) { return start..<(index + 1) }
            if index > 0, question.isClauseEnd(before: index), !question.isComma(before: index) { return start..<index }
            index += 1
        }
        return start..<index
    }

    /// "Control subjects with EEG", "male, healthy volunteers": the question begins with names of what the animals or
    /// people are, and the last ends in the noun.
    private func isHeadOfName(_ index: Int) -> Bool {
        guard let own = mentions.firstIndex(where: { $0.endToken - 1 == index && $0.firstToken < index }) else {
            return false
        }
        return mentions[..<own].allSatisfy { describesAnimals($0) }
    }

    /// Whether a name says what animals or people are, and not what was done.
    private func describesAnimals(_ mention: Mention) -> Bool {
        let own: Set<Facet> = [.species, .strain, .sex, .disease, .state]
        return mention.numbers.contains { own.contains(vocabulary.facet(of: $0)) }
    }

    /// A noun that names a kind of record.
    private func noun(at index: Int, head: Range<Int>) -> Kind? {
        if let kind = rarerNoun(at: index, head: head) { return kind }
        let targets = question.lexicon.targets
        // "Data set".
        let isPair = targets["\(question.word(index)) \(question.word(index + 1))"] != nil
        let tokens = index..<(index + (isPair ? 2 : 1))
        let words = question.words[tokens].joined(separator: " ")
        guard let type = targets[words] else { return nil }
        if mentions.hold(index), type != .session, !isHeadOfName(index) { return nil }
        let next = tokens.upperBound
        let nextIsNear = next < question.tokens.count && !question.isClauseEnd(before: next)
        // The last of a chain is the head: "recording datasets", "subject sessions".
        if nextIsNear, question.hasAny(of: [.target, .modified, .headTarget], at: next) { return nil }
        if isVerb(index) || isInName(index) || isCounted(index, type, head: head) { return nil }
        switch type {
        case .subject where !head.contains(index) || isBehindOtherPhrase(index): return nil
        case .subject where nextIsNear && isOtherNoun(next): return nil
        case .session where isCompanion(index): return nil
        default: return (type, tokens)
        }
    }

    /// Nouns that ask for a kind of record only at the head of the request: "software for spike sorting", and not
    /// "recordings sorted with the software".
    private func rarerNoun(at index: Int, head: Range<Int>) -> Kind? {
        guard head.contains(index), let type = question.lexicon.headTargets[question.word(index)],
            !mentions.contains(where: { $0.tokens.contains(index) && $0.endToken > index + 1 })
        else { return nil }
        let next = index + 1
        let nextIsNear = next < question.tokens.count && !question.isClauseEnd(before: next)
        if nextIsNear, isOtherNoun(next) || mentions.hold(next) { return nil }
        if isVerb(index) || isInName(index) || isBehindOtherPhrase(index) { return nil }
        // "Data and code": the data are asked for.
        if question.has(.dataNoun, in: head.lowerBound..<index) { return nil }
        if type == .model, isAnimalModel(index) { return nil }
        return (type, index..<next)
    }

    /// "Mouse model of epilepsy", "stroke model": animals.
    private func isAnimalModel(_ index: Int) -> Bool {
        if question.words.indices.contains(where: { question.has(.computation, at: $0) }) { return false }
        let facets: Set<Facet> = [.species, .strain, .disease, .procedure, .agent, .sex]
        func isAnimal(_ mention: Mention) -> Bool {
            mention.numbers.contains { facets.contains(vocabulary.facet(of: $0)) }
        }
        if question.has(.animalNoun, at: index - 1) { return true }
        if mentions.contains(where: { (index...(index + 1)).contains($0.endToken) && isAnimal($0) }) { return true }
        guard question.has(.preposition, at: index + 1) else { return false }
        let behind = mentions.first { $0.firstToken > index }
        return behind.map { mention in
            mention.numbers.contains { vocabulary.facet(of: $0) == .disease }
                && (index..<mention.firstToken).allSatisfy { $0 == index || !question.isClauseEnd(before: $0) }
        } ?? false
    }

    /// "Studied", "neurons that project to": the noun's verb; "recording" as a verb is no noun: "recording from V1".
    private func isVerb(_ index: Int) -> Bool {
        switch question.word(index) {
        case "study", "model", "code", "document":
            question.has(.studyVerbLead, at: index - 1)
        case "project": question.has(.toward, at: index + 1) || question.has(.studyVerbLead, at: index - 1)
        default: false
        }
    }

    /// "The Human Brain Project": the end of a name.
    private func isInName(_ index: Int) -> Bool {
        question.isCapitalized(index) && question.isCapitalized(index - 1) && !question.isPlural(index)
            && question.hasAny(of: [.nameEnd], at: index) && question.gap(before: index) == " "
    }

    /// "20 subjects", "at least two sessions": a count, not what is asked for.
    private func isCounted(_ index: Int, _ type: RecordType, head: Range<Int>) -> Bool {
        guard type == .subject || type == .session else { return false }
        for back in 1...3 {
            let at = index - back
            guard at >= 0 else { return false }
            if let number = question.number(at: at), !mentions.hold(at), !question.isAcronym(at) {
                // "A 30-minute recording" is measured, not counted.
                return number.unit.isEmpty
                    && !question.hasAny(of: [.secondUnit, .dayUnit, .byteUnit], at: at + number.length)
            }
            // "MEG, multiple subjects"; but "several recordings in V1" are asked for.
            if question.has(.various, at: at), at != head.lowerBound { return true }
            if question.isClauseEnd(before: at + 1) || question.has(.preposition, at: at) { return false }
        }
        return false
    }

    /// "EEG, participants listened": a comma, and before it what was recorded, not a word for the animals.
    private func isBehindOtherPhrase(_ index: Int) -> Bool {
        guard let comma = (0...index).last(where: { $0 > 0 && question.isComma(before: $0) }) else { return false }
        return mentions.contains { $0.endToken <= comma && !describesAnimals($0) }
    }

    /// "Mice with whole-cell recordings", "test data with multiple sessions": what the thing asked for has.
    private func isCompanion(_ index: Int) -> Bool {
        var at = index - 1
        let start = parse.clause(ofToken: index).map { parse.tokens(of: parse.clauses[$0]).lowerBound } ?? 0
        while at > start, !question.isClauseEnd(before: at + 1) {
            if question.has(.companion, at: at) {
                return (0..<at).contains {
                    !question.hasAny(of: [.requestWord, .stopWord], at: $0) || mentions.hold($0)
                }
            }
            if question.has(.preposition, at: at), !mentions.hold(at) { return false }
            at -= 1
        }
        return false
    }

    /// "Mice with …", "female Long-Evans rats implanted with …": a species in the plural heads the request and says
    /// more.
    private func isAskedAnimal(_ index: Int) -> Bool {
        guard let mention = mentions.first(where: { $0.endToken - 1 == index }),
            mention.numbers.contains(where: { vocabulary.facet(of: $0) == .species }), isPlural(mention),
            !isCounted(index, .subject, head: 0..<0), index + 1 < question.tokens.count,
            !question.isClauseEnd(before: index + 1)
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

extension Question {
    /// Whether a word of letters stands in capitals in a question that is not all in capitals: "ONE" is an interface.
    fileprivate func isAcronym(_ index: Int) -> Bool {
        let text = written(index..<(index + 1))
        return text.count > 1 && text.allSatisfy { $0.isUppercase } && query.contains { $0.isLowercase }
    }
}
