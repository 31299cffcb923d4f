import Records
import Text
import Vocabulary

/// Knows which names are close in meaning to a word that no vocabulary has.
///
/// It only ever suggests: `docs/decisions/010-no-filter-from-vectors.md` says why no filter is made of what it finds.
package protocol WordLinking: Sendable {
    /// Labels of terms whose names are close to a word, the closest first; none when nothing is close.
    func names(near word: String) -> [String]
}

extension Planner {
    /// Most unknown words of a question that are looked into.
    static let mostUnknown = 3

    /// A warning for every unknown word that has something close to it.  Costs nothing when all words are known.
    func unknownWords(of question: Question) -> [Plan.Warning] {
        guard let linking else { return [] }
        var asked = Set<UInt64>()
        var warnings: [Plan.Warning] = []
        for (index, token) in question.tokens.enumerated() where isOpen(index, of: question) {
            guard asked.count < Self.mostUnknown, asked.insert(token.key).inserted else { continue }
            let near = linking.names(near: token.word)
            guard !near.isEmpty else { continue }
            let word = question.written(index..<(index + 1))
            warnings.append(
                Plan.Warning(
                    code: "unknown_word",
                    message: "'\(word)' is not in the vocabularies and only ranks; perhaps meant: "
                        + near.joined(separator: ", ") + ".",
                    suggestions: near))
        }
        return warnings
    }

    /// Whether a word is left over and neither English nor part of a name: four letters or more, nothing else.
    private func isOpen(_ index: Int, of question: Question) -> Bool {
        let token = question.tokens[index]
        guard !question.isUsed[index], !question.quoted.contains(where: { $0.contains(index) }),
            token.folded.count >= 4, token.folded.allSatisfy({ ($0 >= 0x61 && $0 <= 0x7a) || $0 >= 0x80 }),
            !Lexicon.stopWords.contains(question.word(index))
        else { return false }
        return vocabulary.isUnknown(token)
    }
}
