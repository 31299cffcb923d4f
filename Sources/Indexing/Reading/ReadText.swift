internal import Text

/// What the words of a text are to the data of its record.
enum TextZone: Sendable {
    /// They speak of the data.
    case own
    /// They name other works: a list of references.
    case cited
    /// They say nothing of the data: an address, code, who paid, what no subject had.
    case aside
}

/// A text of a record taken apart: words, sentences, and which of them speak of the data.
struct ReadText {
    let bytes: [UInt8]
    let tokens: [Token]
    /// Whether it is running text, and not one name or phrase.
    let isRunning: Bool
    /// The first word of each sentence.
    private let starts: [Int]
    /// By word; empty where all speak of the data.
    private let zones: [TextZone]

    init(_ text: String, isRunning: Bool, cues: ReadingCues) {
        bytes = Array(text.utf8)
        tokens = Tokenizer.tokens(of: bytes)
        self.isRunning = isRunning
        starts = Self.sentences(tokens, in: bytes)
        var layout = TextLayout(bytes: bytes, tokens: tokens, cues: cues)
        zones = isRunning ? layout.zones() : []
    }

    func zone(of token: Int) -> TextZone { zones.isEmpty ? .own : zones[token] }

    /// The words of the sentence that a word stands in.
    func sentence(of token: Int) -> Range<Int> {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= token { low = middle } else { high = middle }
        }
        return starts[low]..<(low + 1 < starts.count ? starts[low + 1] : tokens.count)
    }

    /// The bytes between two neighbouring words.
    func between(_ token: Int, _ next: Int) -> ArraySlice<UInt8> { bytes[tokens[token].end..<tokens[next].start] }

    private static func sentences(_ tokens: [Token], in bytes: [UInt8]) -> [Int] {
        var starts = [0]
        for index in tokens.indices.dropFirst()
        where SentenceEnd.isBetween(tokens[index - 1], tokens[index], in: bytes) { starts.append(index) }
        return starts
    }

    /// The run of characters without spaces or brackets that a stretch stands in.
    func chunk(around range: Range<Int>) -> ArraySlice<UInt8> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 0, !Self.isSeparator(bytes[start - 1]) { start -= 1 }
        while end < bytes.count, !Self.isSeparator(bytes[end]) { end += 1 }
        while end > range.upperBound, [0x2e, 0x2c, 0x3a, 0x3b].contains(bytes[end - 1]) { end -= 1 }
        return bytes[start..<end]
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x20, 0x22, 0x27, 0x28, 0x29, 0x3c, 0x3e, 0x5b, 0x5d, 0x60, 0x7b, 0x7d: true
        default: false
        }
    }
}
