/// What a text cannot be cut into pieces for.
package struct WordPieceError: Error, CustomStringConvertible, Sendable {
    package enum Kind: String, Sendable { case vocabulary }
    package let kind: Kind
    package let detail: String
    package var description: String { "\(kind.rawValue): \(detail)" }
}

/// Cuts text into the pieces a BERT model was trained on: cleaned and folded characters, then words and punctuation,
/// then the longest pieces of the vocabulary, left to right (Wu et al. 2016, arXiv:1609.08144).
///
/// Gives the same numbers as the `tokenizers` library with `BertNormalizer`, `BertPreTokenizer` and `WordPiece`.
/// Any text will do; one pass over its bytes.
package struct WordPiece: Sendable {
    /// What `tokenizer_config.json` may set.
    package struct Options: Sendable, Hashable {
        /// Deletes controls and makes every white space a space.
        package var cleans = true
        /// Makes each Chinese character a word.
        package var separatesIdeographs = true
        package var lowercases = true
        /// Takes accents off letters.
        package var stripsAccents = true
        /// Words of more scalars than this become one unknown piece.
        package var longestWord = 100

        package init() {}
    }

    package let vocabulary: WordPieceVocabulary
    package let options: Options
    private let unknown: Int32
    private let first: Int32
    private let last: Int32
    /// Special pieces that a text may spell out.
    private let special: [(bytes: [UInt8], number: Int32)]

    package init(vocabulary: WordPieceVocabulary, options: Options = Options()) throws(WordPieceError) {
        func required(_ piece: String) throws(WordPieceError) -> Int32 {
            guard let number = vocabulary.number(of: piece) else {
                throw WordPieceError(kind: .vocabulary, detail: "no piece '\(piece)' among \(vocabulary.count)")
            }
            return number
        }
        self.vocabulary = vocabulary
        self.options = options
        unknown = try required("[UNK]")
        first = try required("[CLS]")
        last = try required("[SEP]")
        special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].compactMap { piece in
            vocabulary.number(of: piece).map { (Array(piece.utf8), $0) }
        }
    }

    /// Numbers of the pieces, `[CLS]` before and `[SEP]` after them, at most `limit` in all; what is beyond is cut.
    package func numbers(of text: String, limit: Int = 256) -> [Int32] {
        precondition(limit >= 2, "a limit below the two pieces that are always there")
        var pass = Pass(limit: limit - 1)
        pass.numbers.append(first)
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count, pass.numbers.count < pass.limit {
            let byte = bytes[index]
            if byte < 0x80 {
                if byte == UInt8(ascii: "["), let piece = specialPiece(in: bytes, at: index) {
                    finishWord(&pass)
                    pass.append(piece.number)
                    index += piece.bytes.count
                } else {
                    take(ascii: byte, &pass)
                    index += 1
                }
            } else {
                let (scalar, length) = Self.decode(bytes, at: index)
                take(scalar, &pass)
                index += length
            }
        }
        finishWord(&pass)
        pass.numbers.append(last)
        return pass.numbers
    }

    /// What has been found so far, and the word that is growing.
    private struct Pass {
        /// How many numbers may precede the closing piece.
        let limit: Int
        var numbers: [Int32] = []
        var word: [UInt8] = []
        var scalars = 0
        var hashes: [UInt64] = []

        init(limit: Int) { self.limit = limit }

        mutating func append(_ number: Int32) {
            if numbers.count < limit { numbers.append(number) }
        }
    }

    private func specialPiece(in bytes: [UInt8], at index: Int) -> (bytes: [UInt8], number: Int32)? {
        special.first { piece in
            index + piece.bytes.count <= bytes.count
                && piece.bytes.indices.allSatisfy { bytes[index + $0] == piece.bytes[$0] }
        }
    }

    private func take(ascii byte: UInt8, _ pass: inout Pass) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            pass.word.append(byte)
            pass.scalars += 1
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
            pass.word.append(options.lowercases ? byte + 32 : byte)
            pass.scalars += 1
        case 0x20, 0x09, 0x0A, 0x0D:
            finishWord(&pass)
        case 0x0B where !options.cleans, 0x0C where !options.cleans:
            finishWord(&pass)
        case 0..<0x20, 0x7F:
            guard !options.cleans else { return }
            pass.word.append(byte)
            pass.scalars += 1
        default:
            finishWord(&pass)
            pass.word.append(byte)
            pass.scalars = 1
            finishWord(&pass)
        }
    }

    private func take(_ scalar: Unicode.Scalar, _ pass: inout Pass) {
        if options.cleans, WordPieceScalars.isDropped(scalar) { return }
        let isAlone = options.separatesIdeographs && WordPieceScalars.isIdeograph(scalar)
        if isAlone { finishWord(&pass) }
        let bases = options.stripsAccents ? WordPieceScalars.withoutAccents(scalar) : nil
        for base in bases ?? [scalar] {
            if options.lowercases {
                for small in base.properties.lowercaseMapping.unicodeScalars { grow(small, &pass) }
            } else {
                grow(base, &pass)
            }
        }
        if isAlone { finishWord(&pass) }
    }

    /// Adds a folded scalar to the word, or ends the word with it.
    private func grow(_ scalar: Unicode.Scalar, _ pass: inout Pass) {
        if scalar.properties.isWhitespace {
            finishWord(&pass)
            return
        }
        let isAlone = WordPieceScalars.isPunctuation(scalar)
        if isAlone { finishWord(&pass) }
        pass.word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        pass.scalars += 1
        if isAlone { finishWord(&pass) }
    }

    /// Cuts the word into pieces; one that cannot be cut is unknown as a whole.
    private func finishWord(_ pass: inout Pass) {
        guard !pass.word.isEmpty else { return }
        defer {
            pass.word.removeAll(keepingCapacity: true)
            pass.scalars = 0
        }
        guard pass.scalars <= options.longestWord else { return pass.append(unknown) }
        let before = pass.numbers.count
        var start = 0
        while start < pass.word.count {
            guard let piece = vocabulary.longestPiece(of: pass.word, at: start, hashes: &pass.hashes) else {
                pass.numbers.removeSubrange(before...)
                pass.append(unknown)
                return
            }
            pass.numbers.append(piece.number)
            start = piece.end
        }
        if pass.numbers.count > pass.limit { pass.numbers.removeSubrange(pass.limit...) }
    }

    /// The scalar at a byte of valid UTF-8, and its length.
    private static func decode(_ bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int) {
        let lead = bytes[index]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
        for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }
}
