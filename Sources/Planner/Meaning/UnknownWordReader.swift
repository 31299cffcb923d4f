import Text
import Vocabulary

/// Warns of unknown words that have something close to them.  Costs nothing when all words are known.
struct UnknownWordReader {
    /// Most unknown words of a question that are looked into.
    private static let most = 3

    let question: Question
    let vocabulary: Vocabulary
    let linking: (any WordLinking)?

    func read() -> Reading {
        var reading = Reading()
        guard let linking else { return reading }
        var asked = Set<UInt64>()
        for (index, token) in question.tokens.enumerated() where isOpen(index) {
            guard asked.count < Self.most, asked.insert(token.key).inserted else { continue }
            let near = linking.names(near: token.word)
            guard !near.isEmpty else { continue }
            let word = question.written(index..<(index + 1))
            reading.warnings.append(
                Plan.Warning(
                    code: "unknown_word",
                    message: "'\(word)' is not in the vocabularies and only ranks; perhaps meant: "
                        + near.joined(separator: ", ") + ".",
                    suggestions: near))
        }
        return reading
    }

    /// Whether a word is left over and neither English nor part of a name: four letters or more, nothing else.
    private func isOpen(_ index: Int) -> Bool {
        let token = question.tokens[index]
        guard !question.isUsed[index], !question.quoted.contains(where: { $0.contains(index) }),
            token.folded.count >= 4, token.folded.allSatisfy({ ($0 >= 0x61 && $0 <= 0x7a) || $0 >= 0x80 }),
            !question.has(.stopWord, at: index)
        else { return false }
        return vocabulary.isUnknown(token)
    }
}
