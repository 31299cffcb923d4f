import Records
import Text
import Vocabulary

/// Finds people and laboratories that no vocabulary lists: "the Moser lab", "by Karel Svoboda".
struct NameReader {
    let question: Question
    let vocabulary: Vocabulary

    func read() -> Reading {
        let found = question.tokens.indices.flatMap { index in
            [lab(endingAt: index), person(startingAt: index)].compactMap { $0 }
        }
        return Reading(findings: found, used: found.map(\.tokens))
    }

    /// "<Name> lab", "<Name>'s laboratory", "lab of <Name>".
    private func lab(endingAt index: Int) -> Finding? {
        guard question.has(.labNoun, at: index) else { return nil }
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
        guard question.has(.authorship, at: index) else { return nil }
        var start = index + 1
        while question.has(.authorLead, at: start) || question.word(start) == "the" { start += 1 }
        let names = capitalized(from: start)
        guard !names.isEmpty, !question.has(.institution, at: names.upperBound) else { return nil }
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
        return !question.has(.stopWord, at: index)
            && (!vocabulary.english.contains(token.folded) || question.has(.surname, at: index))
    }

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
