import Vocabulary

extension Question {
    /// The longest phrase of some lists that ends before a token.
    func phrase(of lists: [Lexicon.List], endingAt end: Int) -> Range<Int>? {
        for length in (1...5).reversed() where length <= end {
            for list in lists where phraseLength(list, at: end - length) == length { return (end - length)..<end }
        }
        return nil
    }

    /// The denial that speaks of what begins at a token, over small words between: "not in the data by".
    func denial(before index: Int) -> Range<Int>? {
        var at = index
        for _ in 0..<6 where at > 0 && !gap(before: at).contains(where: { ",;.?!".contains($0) || $0.isNewline }) {
            if let cue = phrase(of: [.negation], endingAt: at) {
                return phraseLength(.notNegation, at: cue.lowerBound) == nil ? cue : nil
            }
            guard hasAny(of: [.article, .preposition, .stopWord, .standIn, .target, .recordNoun], at: at - 1) else {
                return nil
            }
            at -= 1
        }
        return nil
    }
}
