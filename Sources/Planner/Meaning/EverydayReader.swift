import Records
import Text
import Vocabulary

/// Finds everyday words where they name a term: beside a name of a facet that the vocabulary lists for them ("units" in
/// "MEC units" and "units in CA1", "rest" in "fMRI at rest"), or as a keyword between commas ("EEG, reading, adults").
struct EverydayReader {
    let question: Question
    let vocabulary: Vocabulary

    /// Words of one name, and words between it and its neighbour, at most.
    private static let longestName = 2
    private static let mostFillers = 2

    /// The mentions and the everyday names that they support, in the order of the text.
    func completed(_ mentions: [Mention]) -> [Mention] {
        var open = candidates(besides: mentions)
        var all = mentions
        // A name that counts supports the next of a list: "photometry (dopamine, acetylcholine)".
        while let place = open.firstIndex(where: { counts($0, among: all) }) {
            let found = open.remove(at: place)
            all.removeAll { $0.firstToken < found.tokens.upperBound && found.tokens.lowerBound < $0.endToken }
            all.append(mention(of: found))
            open.removeAll { $0.tokens.overlaps(found.tokens) }
        }
        return all.count == mentions.count && all == mentions ? mentions : all.sorted { $0.firstToken < $1.firstToken }
    }

    /// Whether words are an everyday name of a term and count where they stand.
    func supports(_ term: Int, at tokens: Range<Int>, among mentions: [Mention]) -> Bool {
        guard tokens.count <= Self.longestName else { return false }
        return vocabulary.everydayNames(question.tokens[tokens]).contains { name in
            name.term == term && counts(Place(tokens: tokens, name: name), among: mentions)
        }
    }

    /// A place where an everyday name stands.
    private struct Place {
        let tokens: Range<Int>
        let name: EverydayName
    }

    private func candidates(besides mentions: [Mention]) -> [Place] {
        var places: [Place] = []
        for length in stride(from: Self.longestName, through: 1, by: -1) {
            for start in question.tokens.indices.dropLast(length - 1) {
                let tokens = start..<(start + length)
                let names = vocabulary.everydayNames(question.tokens[tokens])
                guard !names.isEmpty, isFree(tokens, of: mentions) else { continue }
                places += names.map { Place(tokens: tokens, name: $0) }
            }
        }
        return places
    }

    /// Whether nothing else is meant by the words: a weak name alone means nothing.
    private func isFree(_ tokens: Range<Int>, of mentions: [Mention]) -> Bool {
        tokens.allSatisfy { !question.isUsed[$0] }
            && mentions.allSatisfy { mention in
                mention.endToken <= tokens.lowerBound || mention.firstToken >= tokens.upperBound
                    || mention.numbers.allSatisfy { vocabulary.flags(of: $0).contains(.weak) }
            }
    }

    private func counts(_ place: Place, among mentions: [Mention]) -> Bool {
        // "500 units": a count of them.
        if question.number(at: place.tokens.lowerBound - 1) != nil { return false }
        if place.name.countsAsKeyword, isKeyword(place.tokens) { return true }
        guard !place.name.neighbors.isEmpty else { return false }
        return mentions.contains { mention in
            isNamed(mention, ofAny: place.name) && isBeside(mention.tokens, place.tokens)
        }
    }

    /// Whether a mention is of a facet beside which the name counts, or is such a name itself.
    private func isNamed(_ mention: Mention, ofAny name: EverydayName) -> Bool {
        mention.numbers.contains { number in
            guard !vocabulary.flags(of: number).contains(.weak),
                name.neighbors.contains(vocabulary.facet(of: number))
            else { return false }
            // "SI units": an acronym that is not meant supports nothing.
            let written = question.written(mention.tokens)
            return !vocabulary.needsCue(number, named: written)
                || vocabulary.cueCount(for: number, named: written, among: question.words) > 0
        }
    }

    private func isBeside(_ neighbor: Range<Int>, _ words: Range<Int>) -> Bool {
        let isBefore = neighbor.upperBound <= words.lowerBound
        let (left, right) = isBefore ? (neighbor, words) : (words, neighbor)
        guard left.upperBound <= right.lowerBound else { return false }
        let between = left.upperBound..<right.lowerBound
        // "MRI and the rest of the data": of what follows, not of the technique before it.
        if isBefore, question.word(words.upperBound) == "of", question.word(words.lowerBound - 1) == "the" {
            return false
        }
        return between.count <= Self.mostFillers && between.allSatisfy { question.has(.besideFiller, at: $0) }
            && (left.upperBound...right.lowerBound).allSatisfy { !endsSentence(before: $0) }
    }

    private func endsSentence(before index: Int) -> Bool {
        question.gap(before: index).contains { $0 == ";" || $0 == "." || $0 == "?" || $0 == "!" || $0 == ":" }
    }

    /// Whether the words are all that stands between two commas or ends, and something else is asked for too.
    private func isKeyword(_ words: Range<Int>) -> Bool {
        let isOpened = words.lowerBound == 0 || question.isComma(before: words.lowerBound)
        let isClosed = words.upperBound == question.tokens.count || question.isComma(before: words.upperBound)
        return isOpened && isClosed && words.count < question.tokens.count
    }

    private func mention(of place: Place) -> Mention {
        Mention(
            start: question.tokens[place.tokens.lowerBound].start,
            end: question.tokens[place.tokens.upperBound - 1].end, firstToken: place.tokens.lowerBound,
            endToken: place.tokens.upperBound,
            candidates: [NameMatch(number: place.name.term, via: .synonym, isExactCase: false)], isCorrected: false)
    }
}
