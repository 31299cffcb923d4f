/// Walks over the words of a stretch of text and folds each into one buffer.
///
/// What ``Tokenizer`` does, without making a token of every word: the vocabularies read tens of thousands of names at
/// every start and need only their keys.
package struct WordScanner {
    /// The current word: lower case, without accents, American spelling, singular.
    package private(set) var folded: [UInt8] = []
    /// Its position: byte offsets.
    package private(set) var start: Int
    package private(set) var end: Int
    private var index: Int
    private var limit: Int

    /// A scanner over a stretch of the bytes that ``next(in:)`` will be given.
    package init(_ range: Range<Int>) {
        start = range.lowerBound
        end = range.lowerBound
        index = range.lowerBound
        limit = range.upperBound
        folded.reserveCapacity(32)
    }

    /// Goes on with another stretch of the same bytes, in the same buffer.
    package mutating func restart(_ range: Range<Int>) {
        (start, end, index, limit) = (range.lowerBound, range.lowerBound, range.lowerBound, range.upperBound)
    }

    /// Goes to the next word; false when there is none left.
    package mutating func next(in bytes: [UInt8]) -> Bool {
        while index < limit {
            guard let first = Scalars.word(at: index, in: bytes, before: limit) else {
                index += Scalars.length(of: bytes[index])
                continue
            }
            start = index
            folded.removeAll(keepingCapacity: true)
            Folding.append(first.scalar, to: &folded)
            index += first.length
            while index < limit {
                if let next = Scalars.word(at: index, in: bytes, before: limit) {
                    Folding.append(next.scalar, to: &folded)
                    index += next.length
                } else if Tokenizer.isInnerMark(at: index, in: bytes, after: start, before: limit) {
                    if bytes[index] == 0x2e { folded.append(0x2e) }
                    index += 1
                } else {
                    break
                }
            }
            end = index
            index = Tokenizer.skipPossessive(at: index, in: bytes, before: limit)
            guard !folded.isEmpty else { continue }
            Folding.normalize(&folded)
            return true
        }
        return false
    }

    /// The key of the current word; see ``Token/key``.
    package var key: UInt64 { WordHash.of(folded) }
}
