internal import Records
internal import Text
internal import Vocabulary

/// Names that a text writes with a word between: "primary visual and somatosensory areas" are two regions, "dorsal
/// striatal" is one.
struct NameJoints {
    let vocabulary: Vocabulary
    let cues: ReadingCues

    /// Facets whose names are put together so.
    private static let facets: Set<Facet> = [.region, .technique, .manipulation, .task, .celltype, .signal]

    /// The names of which a conjunction took the last words.
    func joined(in text: ReadText) -> [Mention] {
        let tokens = text.tokens
        var found: [Mention] = []
        for joint in tokens.indices.dropFirst().dropLast() {
            // The first word behind "and", or behind a sign for it.
            guard let next = behind(joint, text) else { continue }
            let sentence = text.sentence(of: joint)
            guard next + 1 < sentence.upperBound else { continue }
            var starts: Set<Int> = []
            for last in (next + 1)..<min(next + 3, sentence.upperBound) where isRun(next..<(last + 1), text) {
                for first in max(sentence.lowerBound, joint - 3)..<joint where isRun(first..<joint, text) {
                    guard !starts.contains(first) else { continue }
                    let left = Array(tokens[first..<joint])
                    let shared = Array(tokens[(next + 1)..<(last + 1)])
                    if let mention = mention(left + shared, first, last + 1, text) {
                        found.append(mention)
                        starts.insert(first)
                    }
                    // "Primary visual and somatosensory cortex": both are primary.
                    if left.count > 1, let mention = mention([left[0]] + tokens[next...last], first, last + 1, text) {
                        found.append(mention)
                    }
                }
            }
        }
        return found
    }

    /// A part of a region by its adjective: "dorsal striatal" for the dorsal striatum.
    func part(_ mention: Mention, in text: ReadText) -> Mention? {
        guard mention.firstToken > 0, mention.endToken == mention.firstToken + 1,
            cues.has(.positional, text.tokens[mention.firstToken - 1]),
            text.between(mention.firstToken - 1, mention.firstToken).elementsEqual(" ".utf8)
        else { return nil }
        let first = mention.firstToken - 1
        for match in mention.candidates where match.via == .adjective && vocabulary.facet(of: match.number) == .region {
            let name = [text.tokens[first]] + Tokenizer.tokens(of: vocabulary.label(of: match.number))
            let matches = vocabulary.terms(named: name).filter { vocabulary.facet(of: $0.number) == .region }
            guard !matches.isEmpty else { continue }
            return Mention(
                start: text.tokens[first].start, end: mention.end, firstToken: first, endToken: mention.endToken,
                candidates: matches, isCorrected: false)
        }
        return nil
    }

    /// The word behind a conjunction that stands at a place, or behind the "&" before the word there.
    private func behind(_ joint: Int, _ text: ReadText) -> Int? {
        if isConjunction(text.tokens[joint], text.bytes) { return joint + 1 }
        return text.between(joint - 1, joint).elementsEqual(" & ".utf8) ? joint : nil
    }

    private func isConjunction(_ token: Token, _ bytes: [UInt8]) -> Bool {
        let word = bytes[token.start..<token.end]
        return word.elementsEqual("and".utf8) || word.elementsEqual("or".utf8)
    }

    /// Words with nothing but spaces and hyphens between.
    private func isRun(_ range: Range<Int>, _ text: ReadText) -> Bool {
        range.dropFirst().allSatisfy { index in
            text.between(index - 1, index).allSatisfy { $0 == 0x20 || $0 == 0x2d || $0 == 0x0a }
        }
    }

    private func mention(_ name: [Token], _ first: Int, _ end: Int, _ text: ReadText) -> Mention? {
        guard name.count > 1 else { return nil }
        var matches = vocabulary.terms(named: name)
        if matches.isEmpty, let last = name.last, cues.has(.headShort, last) {
            matches = vocabulary.terms(named: name.dropLast() + Self.cortex)
        }
        matches = matches.filter { $0.via != .adjective && Self.facets.contains(vocabulary.facet(of: $0.number)) }
        guard !matches.isEmpty else { return nil }
        return Mention(
            start: text.tokens[first].start, end: text.tokens[end - 1].end, firstToken: first, endToken: end,
            candidates: matches, isCorrected: false)
    }

    private static let cortex = Tokenizer.tokens(of: "cortex")
}
