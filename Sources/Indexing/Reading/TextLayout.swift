internal import Text
internal import Vocabulary

/// Reads the layout of a description: headings, lists, fenced code, lists of references.
///
/// One pass over the lines.  A heading that names a section of no data (`## Funding`) takes the words up to the next
/// heading; a line that begins with such a word and a colon takes itself.
struct TextLayout {
    let bytes: [UInt8]
    let tokens: [Token]
    let cues: ReadingCues
    private var section = TextZone.own
    /// Whether the section ends with an empty line, since its heading is only a line of text.
    private var isLoose = false
    private var isCode = false

    init(bytes: [UInt8], tokens: [Token], cues: ReadingCues) {
        (self.bytes, self.tokens, self.cues) = (bytes, tokens, cues)
    }

    /// The zone of each word; empty where all are the data's own.
    mutating func zones() -> [TextZone] {
        var zones: [TextZone] = []
        var first = 0
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0a { end += 1 }
            var last = first
            while last < tokens.count, tokens[last].start < end { last += 1 }
            let zone = zone(ofLine: start..<end, words: first..<last)
            if zone != .own, zones.isEmpty { zones = Array(repeating: .own, count: tokens.count) }
            if zone != .own { for index in first..<last { zones[index] = zone } }
            (first, start) = (last, end + 1)
        }
        return zones
    }

    private mutating func zone(ofLine line: Range<Int>, words: Range<Int>) -> TextZone {
        guard let begin = line.first(where: { bytes[$0] > 0x20 }) else {
            if isLoose { (section, isLoose) = (.own, false) }
            return section
        }
        if bytes[begin...].starts(with: "```".utf8) {
            isCode.toggle()
            return .aside
        }
        if isCode { return .aside }
        guard !words.isEmpty else { return section }
        if let heading = heading(line, from: begin, words: words) {
            // "References" alone on a line is a heading; "Mice" may be anything.
            if let zone = zone(ofHeading: heading.words) {
                (section, isLoose) = (zone, false)
                return section
            }
            if heading.isMarked {
                (section, isLoose) = (.own, false)
                return section
            }
        }
        if let lead = lead(words), let zone = zone(ofHeading: lead) { return zone }
        if section != .own { return section }
        if isReference(words, from: begin) { return .cited }
        if bytes[line.upperBound - 1] == UInt8(ascii: ":") || bytes[line].dropLast().last == UInt8(ascii: ":") {
            if words.contains(where: { cues.has(.exclusion, tokens[$0]) }) { (section, isLoose) = (.aside, true) }
            if words.contains(where: { cues.has(.headingReference, tokens[$0]) }) {
                (section, isLoose) = (.cited, true)
            }
        }
        return section == .own ? .own : section
    }

    // MARK: Headings

    /// The words of a heading, and whether its marks say that it is one.
    private func heading(_ line: Range<Int>, from begin: Int, words: Range<Int>) -> (words: Range<Int>, isMarked: Bool)?
    {
        guard words.count <= 8 else { return nil }
        if bytes[begin] == UInt8(ascii: "#") { return (words, true) }
        let end = line.last { bytes[$0] > 0x20 } ?? begin
        if bytes[begin...].starts(with: "**".utf8) || bytes[begin...].starts(with: "__".utf8) {
            let rest = bytes[min(tokens[words.upperBound - 1].end, end)...end]
            if rest.contains(UInt8(ascii: "*")) || rest.contains(UInt8(ascii: "_")) { return (words, true) }
        }
        if isUnderlined(line) { return (words, true) }
        guard words.count <= 4, bytes[end] != UInt8(ascii: "."), bytes[end] != UInt8(ascii: ",") else { return nil }
        return (words, false)
    }

    /// Whether the next line is a row of `-` or `=`.
    private func isUnderlined(_ line: Range<Int>) -> Bool {
        var index = line.upperBound + 1
        var count = 0
        while index < bytes.count, bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: "-") {
            index += 1
            count += 1
        }
        return count > 2 && (index == bytes.count || bytes[index] <= 0x20)
    }

    /// The words before the colon near the beginning of a line.
    private func lead(_ words: Range<Int>) -> Range<Int>? {
        for index in words.prefix(4) where index + 1 < words.upperBound {
            let between = bytes[tokens[index].end..<tokens[index + 1].start]
            if between.contains(UInt8(ascii: ":")) { return words.lowerBound..<(index + 1) }
            guard between.allSatisfy({ $0 == 0x20 || $0 == 0x2a }) else { return nil }
        }
        return nil
    }

    private func zone(ofHeading words: Range<Int>) -> TextZone? {
        // "2. References", "Acknowledgements and funding"
        var start = words.lowerBound
        if start < words.upperBound, bytes[tokens[start].start] < 0x3a { start += 1 }
        guard start < words.upperBound else { return nil }
        func begins(_ list: Lexicon.List) -> Bool {
            let length = cues.length(of: list, at: start, in: tokens)
            return length > 0 && start + length <= words.upperBound
                && (start + length == words.upperBound
                    || words.upperBound - start - length <= 3 && length < words.count
                        && isJoint(tokens[start + length]))
        }
        if begins(.headingExclusion) || begins(.headingAside) { return .aside }
        return begins(.headingReference) ? .cited : nil
    }

    private func isJoint(_ token: Token) -> Bool {
        let word = bytes[token.start..<token.end]
        return word.elementsEqual("and".utf8) || word.elementsEqual("for".utf8) || word.elementsEqual("of".utf8)
    }

    // MARK: References

    /// Whether a line is an entry of a list of references: a year, and two authors with initials, or one behind the
    /// number of the entry.
    private func isReference(_ words: Range<Int>, from begin: Int) -> Bool {
        guard words.count > 8, words.contains(where: { isYear(tokens[$0]) }) else { return false }
        var authors = 0
        for index in words.dropLast() where isAuthor(index) { authors += 1 }
        let isNumbered = bytes[begin] == UInt8(ascii: "[") || bytes[begin] >= 0x30 && bytes[begin] < 0x3a
        return authors > 2 || authors > 0 && (isNumbered || authors > 1 && isAuthor(words.lowerBound))
    }

    private func isYear(_ token: Token) -> Bool {
        let word = bytes[token.start..<token.end]
        return word.count == 4 && (word.starts(with: "19".utf8) || word.starts(with: "20".utf8))
            && word.allSatisfy { $0 >= 0x30 && $0 < 0x3a }
    }

    /// "Poldrack, R." or "Poldrack RA,"
    private func isAuthor(_ index: Int) -> Bool {
        let (name, initials) = (tokens[index], tokens[index + 1])
        guard bytes[name.start] >= 0x41, bytes[name.start] <= 0x5a, name.end - name.start > 2,
            initials.end - initials.start <= 3,
            bytes[initials.start..<initials.end].allSatisfy({ $0 >= 0x41 && $0 <= 0x5a }), initials.end < bytes.count
        else { return false }
        let joint = bytes[name.end..<initials.start]
        let after = bytes[initials.end]
        if joint.elementsEqual(", ".utf8) { return after == 0x2e || after == 0x2c || after == 0x3b }
        return joint.elementsEqual(" ".utf8) && (after == 0x2c || after == 0x2e)
    }
}
