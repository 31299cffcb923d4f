import Records
import Text
import Vocabulary

/// Finds people and laboratories that no vocabulary lists: "the Moser lab", "by Karel Svoboda".
struct NameReader {
    let question: Question
    let vocabulary: Vocabulary

    /// The literal filters, in order.
    func read() -> [Finding] {
        var found: [Finding] = []
        for index in question.tokens.indices {
            if let lab = lab(endingAt: index) { found.append(lab) }
            if let person = person(startingAt: index) { found.append(person) }
        }
        return found
    }

    /// "<Name> lab", "<Name>'s laboratory", "lab of <Name>".
    private func lab(endingAt index: Int) -> Finding? {
        guard ["lab", "laboratory", "group"].contains(question.word(index)) else { return nil }
        if question.word(index + 1) == "of" {
            let names = capitalized(from: index + 2)
            guard !names.isEmpty, question.word(index) != "group" else { return nil }
            return literal(.lab, words: names, tokens: index..<names.upperBound)
        }
        var start = index
        while start > 0, index - start < 3, isName(start - 1), !question.isClauseEnd(before: start) { start -= 1 }
        guard start < index else { return nil }
        // "the Control Group" is no laboratory.
        if question.word(index) == "group",
            index - start < 1 || vocabulary.english.contains(question.tokens[index - 1].folded)
        {
            return nil
        }
        return literal(.lab, words: start..<index, tokens: start..<(index + 1))
    }

    /// "by <Name>", "author <Name>", "Dr. <Name>" behind a preposition.
    private func person(startingAt index: Int) -> Finding? {
        guard ["by", "author", "investigator", "pi"].contains(question.word(index)) else { return nil }
        var start = index + 1
        while ["dr", "prof", "professor", "the"].contains(question.word(start)) { start += 1 }
        let names = capitalized(from: start)
        guard !names.isEmpty,
            !["lab", "laboratory", "group", "institute", "university"].contains(question.word(names.upperBound))
        else { return nil }
        return literal(.person, words: names, tokens: index..<names.upperBound)
    }

    private func capitalized(from start: Int) -> Swift.Range<Int> {
        var end = start
        while end < question.tokens.count, end - start < 4, isName(end),
            end == start || !question.isClauseEnd(before: end)
        { end += 1 }
        return start..<end
    }

    /// A capitalised word that is neither a used word, nor a plain English word, nor a term.
    private func isName(_ index: Int) -> Bool {
        guard question.isCapitalized(index), !question.isUsed[index] else { return false }
        let token = question.tokens[index]
        return !Lexicon.stopWords.contains(token.word)
            && (!vocabulary.english.contains(token.folded) || Self.namesThatAreWords.contains(token.word))
    }

    private static let namesThatAreWords = Lexicon.set(
        "Moser Brown Young King Bear Miller Smith Baker Cook Fox Hunter Wolf Rose Long Rich White Green Black Gray Stark Deisseroth Frank"
    )

    private func literal(_ facet: Facet, words: Swift.Range<Int>, tokens: Swift.Range<Int>) -> Finding {
        let name = question.written(words).onOneLine
        let folded = Tokenizer.folded(name)
        return Finding(
            tokens: tokens, facet: facet,
            value: Plan.Value(
                id: "text:\(facet.rawValue):\(folded)", label: name, synonyms: facet == .lab ? ["\(name) lab"] : []),
            term: nil, via: .label, confidence: 0.7)
    }
}
