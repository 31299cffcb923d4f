import Records
import Vocabulary

/// Tells names that are said by the way: no filter follows from them, and they stay words.
struct AsideReader {
    let question: Question
    let vocabulary: Vocabulary

    func isAside(_ mention: Mention) -> Bool { isTitle(mention) || isProjectionTarget(mention) || isRoute(mention) }

    /// "Dr. Rat", "The Mouse paper": a name or a title, not the animal.
    private func isTitle(_ mention: Mention) -> Bool {
        if question.has(.title, at: mention.firstToken - 1) { return true }
        return question.isCapitalized(mention.firstToken) && question.word(mention.firstToken - 1) == "the"
            && question.has(.work, at: mention.endToken)
    }

    /// "Given PO", "10 mg/kg IP": the way a drug goes in, not a region.
    private func isRoute(_ mention: Mention) -> Bool {
        let token = mention.firstToken
        guard mention.endToken == token + 1, question.has(.route, at: token) else { return false }
        if [-2, -1, 1, 2].contains(where: { question.has(.dose, at: token + $0) }) { return true }
        return question.word(token) != "sc" && [-1, 1].contains { question.has(.giving, at: token + $0) }
    }

    /// Regions that axons go to, where nothing was recorded: "neurons projecting to the hippocampus".
    private func isProjectionTarget(_ mention: Mention) -> Bool {
        guard mention.numbers.contains(where: { vocabulary.facet(of: $0) == .region }) else { return false }
        // "NAc-projecting neurons", "the BLA to NAc projection".
        if question.has(.projecting, at: mention.endToken),
            question.gap(before: mention.endToken).allSatisfy({ "- ".contains($0) })
        {
            return true
        }
        var index = mention.firstToken - 1
        while question.has(.article, at: index) { index -= 1 }
        guard question.has(.toward, at: index) else { return false }
        return question.has(.projection, at: mention.endToken) || question.has(.project, at: index - 1)
    }
}
