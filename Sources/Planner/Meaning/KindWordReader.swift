import Vocabulary

/// "List all datasets", "show me everything": words that only say which kind of record is asked for, or that any is.
///
/// Where something else narrows the question they rank like other words.  Where nothing does, they would decide what
/// matches, and only records that speak of data sets would.
struct KindWordReader {
    let question: Question
    /// The words that name the kind of record.
    let kind: Range<Int>?

    func read() -> Reading {
        var used = kind.map { [$0] } ?? []
        let left = question.tokens.indices.filter { index in
            !question.isUsed[index] && kind?.contains(index) != true
                && !question.hasAny(of: [.stopWord, .requestWord], at: index)
        }
        // "Records" and "data" say nothing only where they are alone: "spike data" is about spikes.
        if left.allSatisfy({ question.has(.whole, at: $0) }) { used += left.map { $0..<($0 + 1) } }
        return Reading(used: used)
    }
}
