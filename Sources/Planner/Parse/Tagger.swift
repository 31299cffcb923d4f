import Vocabulary

/// Cuts a question into units, words and names, and tells their parts of speech.
///
/// Closed classes stand in tables.  What is in none is a verb, participle or adverb by its ending and its place, or
/// else a noun: an unknown word is most often a name.
struct Tagger {
    let question: Question
    let mentions: [Mention]

    func units() -> [Parse.Unit] {
        var units: [Parse.Unit] = []
        units.reserveCapacity(question.tokens.count)
        var next = 0
        var index = 0
        while index < question.tokens.count {
            while next < mentions.count, mentions[next].endToken <= index { next += 1 }
            if next < mentions.count, mentions[next].firstToken == index {
                let mention = mentions[next]
                units.append(Parse.Unit(tokens: mention.tokens, tag: .name, isName: true))
                index = mention.endToken
                next += 1
                continue
            }
            units.append(
                Parse.Unit(tokens: index..<(index + 1), tag: tag(of: index, after: units.last), isName: false))
            index += 1
        }
        return units
    }

    private func tag(of index: Int, after last: Parse.Unit?) -> PartOfSpeech {
        let word = question.word(index)
        if question.number(at: index) != nil { return .number }
        if word == "to" { return question.has(.verb, at: index + 1) ? .particle : .preposition }
        if word == "s" || word == "t" { return .particle }
        // "I.e." is no one.
        if word == "i", question.gap(before: index + 1).hasPrefix(".") { return .adverb }
        if question.has(.selfOwner, at: index) { return .determiner }
        if question.has(.auxiliary, at: index) { return .auxiliary }
        // "That were recorded" begins a clause, "that dataset" and "like that" do not.
        if word == "that" {
            // "It has been claimed that CA1 …".
            if last?.tag == .verb { return .subordinator }
            return isVerb(index + 1) || question.hasAny(of: [.pronoun, .conjunction], at: index + 1)
                ? .subordinator : .determiner
        }
        if ["and", "or", "nor", "vs", "versus", "plus", "either", "neither"].contains(word) { return .coordinator }
        if question.has(.subordinator, at: index) { return .subordinator }
        if question.has(.pronoun, at: index) { return .pronoun }
        if question.has(.article, at: index) || word == "no" { return .determiner }
        if question.has(.preposition, at: index) { return .preposition }
        if question.has(.adverb, at: index) || word.hasSuffix("ly") && word.count > 4 { return .adverb }
        if question.hasAny(of: [.verb, .requestVerb], at: index), !isNounPlace(after: last) { return .verb }
        // "Recordings", "findings": a plural.
        if question.isPlural(index), !question.has(.auxiliary, at: index) { return .noun }
        // "GCaMP6f imaging in", "patch clamp recording from": behind a singular it is a noun.
        if word.hasSuffix("ing"), let last, last.tag == .name || last.tag == .noun,
            !isPlural(last), !isBeforeNoun(index, after: last)
        {
            return .noun
        }
        let isForm = word.hasSuffix("ed") || word.hasSuffix("ing")
        // "Only returned rats", "we never recorded V1".
        if isForm, word.count > 4, let last, last.tag == .adverb || last.tag == .pronoun { return .verb }
        if isForm, word.count > 4 {
            return isNounPlace(after: last) || isBeforeNoun(index, after: last) ? .adjective : .verb
        }
        return .noun
    }

    /// "The search", "our recorded data": no verb stands behind an article.
    private func isNounPlace(after last: Parse.Unit?) -> Bool {
        last.map { $0.tag == .determiner || $0.tag == .preposition || $0.tag == .number } ?? false
    }

    /// "Head-fixed mice", "optotagged units": a participle right before a noun tells more about it.
    private func isBeforeNoun(_ index: Int, after last: Parse.Unit?) -> Bool {
        let next = index + 1
        // "Mice expressing hM4Di": behind a plural it is what they do.
        if let last, last.tag == .name || last.tag == .noun, isPlural(last) {
            return false
        }
        guard next < question.tokens.count, !question.isClauseEnd(before: next) else { return false }
        return !question.hasAny(
            of: [.preposition, .conjunction, .article, .auxiliary, .pronoun, .subordinator, .adverb], at: next)
    }

    private func isPlural(_ unit: Parse.Unit) -> Bool {
        let written = question.written(unit.tokens).lowercased()
        return question.lexicon.words(of: .pluralEnding).contains { written.hasSuffix($0) }
    }

    private func isVerb(_ index: Int) -> Bool {
        let word = question.word(index)
        return question.hasAny(of: [.auxiliary, .verb, .adverb], at: index) || word.hasSuffix("ed")
            || word.hasSuffix("ing")
    }
}
