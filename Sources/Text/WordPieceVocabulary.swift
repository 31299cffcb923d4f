/// The pieces a WordPiece model knows, each with its number: that of its line in `vocab.txt`.
///
/// One block of bytes and a hash table with open addressing, so that 30,000 pieces load in about a millisecond and a
/// look-up allocates nothing.
package struct WordPieceVocabulary: Sendable {
    /// All pieces end to end.
    private let bytes: [UInt8]
    /// Where each piece begins in `bytes`, and the end of the last.
    private let starts: [Int]
    /// Piece numbers by hash; -1 where free.
    private var slots: [Int32]
    /// Length in bytes of the longest piece.
    let longest: Int

    /// How many pieces there are.
    package var count: Int { starts.count - 1 }

    /// Reads `vocab.txt`: one piece a line.  Of equal lines the last one counts.
    package init(lines text: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var starts = [0]
        var longest = 0
        func close() {
            if bytes.count > starts[starts.count - 1], bytes[bytes.count - 1] == 0x0D { bytes.removeLast() }
            longest = max(longest, bytes.count - starts[starts.count - 1])
            starts.append(bytes.count)
        }
        for byte in text {
            if byte == 0x0A { close() } else { bytes.append(byte) }
        }
        if let last = text.last, last != 0x0A { close() }
        self.init(bytes: bytes, starts: starts, longest: longest)
    }

    /// Pieces in the order of their numbers, as `tokenizer.json` gives them.
    package init(pieces: [String]) {
        var bytes: [UInt8] = []
        var starts = [0]
        var longest = 0
        for piece in pieces {
            bytes.append(contentsOf: piece.utf8)
            longest = max(longest, bytes.count - starts[starts.count - 1])
            starts.append(bytes.count)
        }
        self.init(bytes: bytes, starts: starts, longest: longest)
    }

    private init(bytes: [UInt8], starts: [Int], longest: Int) {
        self.bytes = bytes
        self.starts = starts
        self.longest = longest
        var size = 64
        while size < starts.count * 2 { size *= 2 }
        slots = [Int32](repeating: -1, count: size)
        for piece in 0..<(starts.count - 1) {
            var hash = Self.seed
            for index in starts[piece]..<starts[piece + 1] { hash = Self.mix(hash, bytes[index]) }
            let range = starts[piece]..<starts[piece + 1]
            slots[slot(hash) { isPiece($0, bytes, range, afterMarks: false) }] = Int32(piece)
        }
    }

    /// The number of a whole piece such as `[CLS]`.
    package func number(of piece: String) -> Int32? {
        let word = Array(piece.utf8)
        var hash = Self.seed
        for byte in word { hash = Self.mix(hash, byte) }
        let found = slots[slot(hash) { isPiece($0, word, 0..<word.count, afterMarks: false) }]
        return found < 0 ? nil : found
    }

    /// The longest piece that `word` begins with at a byte, and where it ends.  Pieces inside a word are those that
    /// the vocabulary marks with `##`.  Only whole Unicode scalars are taken.
    func longestPiece(of word: [UInt8], at start: Int, hashes: inout [UInt64]) -> (number: Int32, end: Int)? {
        let inside = start > 0
        let limit = min(word.count, start + longest)
        hashes.removeAll(keepingCapacity: true)
        var hash = inside ? Self.mix(Self.mix(Self.seed, Self.mark), Self.mark) : Self.seed
        for index in start..<limit {
            hash = Self.mix(hash, word[index])
            hashes.append(hash)
        }
        var end = limit
        while end > start {
            if end == word.count || word[end] & 0xC0 != 0x80 {
                let range = start..<end
                let found = slots[slot(hashes[end - start - 1]) { isPiece($0, word, range, afterMarks: inside) }]
                if found >= 0 { return (found, end) }
            }
            end -= 1
        }
        return nil
    }

    private static let mark = UInt8(ascii: "#")
    /// FNV-1a, which grows byte by byte: the hashes of all prefixes of a word cost one pass.
    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    private static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// The slot that holds the piece, or the free one where it would be.
    private func slot(_ hash: UInt64, isSame: (Int) -> Bool) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
        while slots[slot] >= 0, !isSame(Int(slots[slot])) { slot = (slot + 1) & mask }
        return slot
    }

    private func isPiece(_ piece: Int, _ word: [UInt8], _ range: Range<Int>, afterMarks: Bool) -> Bool {
        var start = starts[piece]
        let length = starts[piece + 1] - start
        if afterMarks {
            guard length == range.count + 2, bytes[start] == Self.mark, bytes[start + 1] == Self.mark else {
                return false
            }
            start += 2
        } else if length != range.count {
            return false
        }
        for offset in 0..<range.count where bytes[start + offset] != word[range.lowerBound + offset] { return false }
        return true
    }
}
