import Records
import Text
import Vocabulary

/// Makes filters of the names of people and laboratories: of a laboratory that the vocabulary knows its term, of any
/// other the name as it is written.
struct PeopleNames {
    let question: Question
    let vocabulary: Vocabulary

    /// - Parameters:
    ///   - name: tokens of the name alone.
    ///   - tokens: with the words that lead to it.
    func finding(_ facet: Facet, name words: Range<Int>, tokens: Range<Int>) -> Finding? {
        let name = question.written(words).onOneLine
        let folded = Tokenizer.folded(name)
        guard !folded.isEmpty, folded.contains(where: \.isLetter) else { return nil }
        for name in [name, "\(name) lab"] {
            guard let known = vocabulary.terms(named: name, facet: .lab).first else { continue }
            return Finding(
                tokens: tokens, facet: .lab, value: vocabulary.value(of: known.number), term: known.number,
                via: .synonym, confidence: 0.9)
        }
        return Finding(
            tokens: tokens, facet: facet,
            value: Plan.Value(
                id: "text:\(facet.rawValue):\(folded)", label: name, synonyms: facet == .lab ? ["\(name) lab"] : []),
            term: nil, via: .label, confidence: 0.7)
    }
}
