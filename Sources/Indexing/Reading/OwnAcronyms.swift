internal import Text

/// The short names that a record itself defines: "pulse repetition frequency (PRF)", "PRFs (pulse repetition
/// frequencies)".
///
/// After Schwartz and Hearst (2003): the letters of the short name, from its end, are looked for in the words beside
/// it, and the first must begin a word.
struct OwnAcronyms {
    /// Keys of the words of each definition, by the short name as it is written.
    private var words: [[UInt8]: Set<UInt64>] = [:]

    var isEmpty: Bool { words.isEmpty }

    /// The words that a short name stands for here; nil where the record does not say.
    func definition(of name: ArraySlice<UInt8>) -> Set<UInt64>? {
        if words.isEmpty { return nil }
        if let found = words[Array(name)] { return found }
        return name.last == UInt8(ascii: "s") ? words[Array(name.dropLast())] : nil
    }

    /// Adds what one text defines.
    mutating func read(_ text: ReadText) {
        let (bytes, tokens) = (text.bytes, text.tokens)
        for index in tokens.indices {
            let token = tokens[index]
            guard token.start > 0, bytes[token.start - 1] == UInt8(ascii: "("), token.end < bytes.count else {
                continue
            }
            if bytes[token.end] == UInt8(ascii: ")") || bytes[token.end] == UInt8(ascii: ";"), isShort(token, bytes) {
                let first = max(0, index - 8)
                let letters = letters(of: token, in: bytes)
                if let start = match(letters, before: token.start, first: first..<index, text) {
                    add(token, start..<index, text)
                }
            } else if index > 0, isShort(tokens[index - 1], bytes),
                bytes[tokens[index - 1].end..<token.start].elementsEqual(" (".utf8)
            {
                guard let close = bytes[token.start...].prefix(80).firstIndex(of: UInt8(ascii: ")")) else { continue }
                var end = index
                while end < tokens.count, tokens[end].start < close { end += 1 }
                let letters = letters(of: tokens[index - 1], in: bytes)
                if match(letters, before: close, first: index..<end, text) == index {
                    add(tokens[index - 1], index..<end, text)
                }
            }
        }
    }

    private mutating func add(_ token: Token, _ range: Range<Int>, _ text: ReadText) {
        var name = Array(text.bytes[token.start..<token.end])
        if name.last == UInt8(ascii: "s"), name.count > 2 { name.removeLast() }
        words[name, default: []].formUnion(text.tokens[range].map(\.key))
    }

    /// Two to eight characters, two of them capitals, or a capital and a digit.
    private func isShort(_ token: Token, _ bytes: [UInt8]) -> Bool {
        let word = bytes[token.start..<token.end]
        guard word.count >= 2, word.count <= 8 else { return false }
        let capitals = word.count { $0 >= 0x41 && $0 <= 0x5a }
        return capitals > 1 || capitals == 1 && word.contains { $0 >= 0x30 && $0 < 0x3a }
    }

    private func letters(of token: Token, in bytes: [UInt8]) -> [UInt8] {
        var word = bytes[token.start..<token.end].map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }
        if word.count > 2, bytes[token.end - 1] == UInt8(ascii: "s") { word.removeLast() }
        return word
    }

    /// The word at which a definition begins; nil where the letters are not found in order.
    private func match(
        _ letters: [UInt8], before end: Int, first range: Range<Int>, _ text: ReadText
    ) -> Int? {
        guard !range.isEmpty, letters.count > 1 else { return nil }
        let bytes = text.bytes
        let floor = text.tokens[range.lowerBound].start
        var position = end - 1
        for (place, letter) in letters.enumerated().reversed() {
            while position >= floor {
                let byte = bytes[position] | (bytes[position] >= 0x41 && bytes[position] <= 0x5a ? 0x20 : 0)
                let begins = position == 0 || !isWord(bytes[position - 1])
                if byte == letter, place > 0 || begins { break }
                position -= 1
            }
            guard position >= floor else { return nil }
            position -= 1
        }
        let start = position + 1
        guard let index = range.first(where: { text.tokens[$0].start == start }) else { return nil }
        // A definition has about as many words as letters.
        return range.upperBound - index <= letters.count + 3 ? index : nil
    }

    private func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte < 0x3a || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a || byte >= 0x80
    }
}
