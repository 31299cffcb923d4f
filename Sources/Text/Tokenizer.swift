/// Splits text into words.  Letters and digits make words; a full stop or comma between digits stays inside (`2.0`,
/// `10,000`); an apostrophe ends one, and a possessive `s` after it is dropped.  Total over all texts.
package enum Tokenizer {
    /// The words of a text in UTF-8, in order.
    package static func tokens(of bytes: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var scanner = WordScanner(bytes.indices)
        while scanner.next(in: bytes) {
            tokens.append(Token(start: scanner.start, end: scanner.end, folded: scanner.folded))
        }
        return tokens
    }

    /// The words of a text, in order.
    package static func tokens(of text: String) -> [Token] { tokens(of: Array(text.utf8)) }

    /// The key of a whole name, nil when it has no words.
    package static func key(ofName name: String) -> UInt64? { key(of: tokens(of: name)) }

    /// The key of a sequence of words, nil for none.
    package static func key(of tokens: [Token]) -> UInt64? {
        guard let first = tokens.first else { return nil }
        return tokens.dropFirst().reduce(first.key) { WordHash.chain($0, $1.key) }
    }

    /// A name in its folded form, words separated by one space; how names without a vocabulary are compared.
    package static func folded(_ name: String) -> String {
        tokens(of: name).map(\.word).joined(separator: " ")
    }

    static func isInnerMark(at index: Int, in bytes: [UInt8], after start: Int, before limit: Int) -> Bool {
        guard bytes[index] == 0x2e || bytes[index] == 0x2c, index > start, index + 1 < limit else { return false }
        guard isDigit(bytes[index - 1]), isDigit(bytes[index + 1]) else { return false }
        guard bytes[index] == 0x2c else { return true }
        // A comma groups thousands only: three digits must follow, and no fourth.
        let end = index + 4
        guard end <= limit, bytes[(index + 1)..<end].allSatisfy(isDigit) else { return false }
        return end == limit || !isDigit(bytes[end])
    }

    static func skipPossessive(at index: Int, in bytes: [UInt8], before limit: Int) -> Int {
        let mark: Int
        if index < limit, bytes[index] == 0x27 {
            mark = 1
        } else if index + 2 < limit, bytes[index] == 0xe2, bytes[index + 1] == 0x80, bytes[index + 2] == 0x99 {
            mark = 3
        } else {
            return index
        }
        let letter = index + mark
        guard letter < limit, bytes[letter] == 0x73 || bytes[letter] == 0x53 else { return index }
        let after = letter + 1
        if after < limit, Scalars.word(at: after, in: bytes, before: limit) != nil { return index }
        return after
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

/// Decoding of single scalars from bytes that may not be valid UTF-8.
enum Scalars {
    /// The letter or digit that begins at an offset, nil for anything else.
    static func word(at index: Int, in bytes: [UInt8], before limit: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        let byte = bytes[index]
        if byte < 0x80 {
            let isWord =
                (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
            return isWord ? (Unicode.Scalar(byte), 1) : nil
        }
        let length = length(of: byte)
        guard length > 1, index + length <= limit else { return nil }
        var value = UInt32(byte) & (0x7f >> UInt32(length))
        for offset in 1..<length {
            guard bytes[index + offset] & 0xc0 == 0x80 else { return nil }
            value = value << 6 | UInt32(bytes[index + offset] & 0x3f)
        }
        guard let scalar = Unicode.Scalar(value) else { return nil }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .nonspacingMark, .otherNumber:
            return (scalar, length)
        default:
            return nil
        }
    }

    /// How many bytes the scalar takes that a byte begins.
    static func length(of byte: UInt8) -> Int {
        if byte < 0xc0 { return 1 }
        if byte < 0xe0 { return 2 }
        return byte < 0xf0 ? 3 : 4
    }
}
