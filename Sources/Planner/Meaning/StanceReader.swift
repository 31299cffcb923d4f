import Records
import Vocabulary

/// Tells names that are only wished for ("ideally awake", "NWB would be nice") and names that are asked for neither way
/// ("regardless of anesthesia", "awake or anesthetized doesn't matter").
///
/// A cue before a name reaches the names behind it, as far as the list they begin; a cue behind a name reaches back to
/// the last comma or full stop.  Where nothing stands on its side, it reaches to the other.
struct StanceReader {
    let question: Question
    let mentions: [Mention]

    /// Indices of mentions.
    struct Stances {
        var wished: Set<Int> = []
        var left: Set<Int> = []
        /// Tokens of the cues.
        var tokens: [Range<Int>] = []
    }

    func read() -> Stances {
        var stances = Stances()
        var index = 0
        while index < question.tokens.count {
            guard !mentions.hold(index), let cue = cue(at: index) else {
                index += 1
                continue
            }
            let end = index + cue.length
            let first = cue.isBefore ? behind(end) : before(index)
            let reached = first.isEmpty ? (cue.isBefore ? before(index) : behind(end)) : first
            if !reached.isEmpty { stances.tokens.append(index..<end) }
            if cue.isWish { stances.wished.formUnion(reached) } else { stances.left.formUnion(reached) }
            index = end
        }
        return stances
    }

    private func cue(at index: Int) -> (length: Int, isWish: Bool, isBefore: Bool)? {
        for (list, isWish, isBefore) in [
            (Lexicon.List.indifferenceBefore, false, true), (.indifferenceAfter, false, false),
            (.wishBefore, true, true), (.wishAfter, true, false),
        ] {
            if let length = question.phraseLength(list, at: index) { return (length, isWish, isBefore) }
        }
        return nil
    }

    /// The names of the list that begins behind a cue, in the same clause.
    private func behind(_ start: Int) -> [Int] {
        var reached: [Int] = []
        var at = start
        while at < question.tokens.count {
            if at > start || reached.isEmpty, at > 0, question.isClauseEnd(before: at), at != start { break }
            if let found = mentions.firstIndex(where: { $0.firstToken == at }) {
                reached.append(found)
                at = mentions[found].endToken
            } else if reached.isEmpty || question.hasAny(of: [.listJoint, .article], at: at) {
                at += 1
            } else {
                break
            }
        }
        return reached
    }

    /// The names between the last end of a clause and a cue.
    private func before(_ end: Int) -> [Int] {
        var start = end
        // A comma right before the cue sets the cue apart: "awake, if possible".
        if start > 0, question.isClauseEnd(before: start) { start -= 1 }
        while start > 0, !question.isClauseEnd(before: start) { start -= 1 }
        return mentions.indices.filter { mentions[$0].firstToken >= start && mentions[$0].endToken <= end }
    }
}
