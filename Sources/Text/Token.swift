/// A word of a text: its position, and the key under which it is compared.
package struct Token: Sendable, Hashable {
    /// UTF-8 byte offsets into the text.
    package let start: Int
    package let end: Int
    /// Lower case, without accents, American spelling, singular.
    package let folded: [UInt8]
    /// Hash of ``folded``, the same in every process.
    package let key: UInt64

    package init(start: Int, end: Int, folded: [UInt8]) {
        self.start = start
        self.end = end
        self.folded = folded
        key = WordHash.of(folded)
    }

    /// The folded word as text.
    package var word: String { String(decoding: folded, as: UTF8.self) }
}

/// FNV-1a over bytes, finished with a multiply-shift so that sequences can be chained; stable across processes,
/// unlike Swift's `Hasher`.
package enum WordHash {
    package static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

    // Concrete over the two collections in use: generics do not specialise across modules.

    package static func of(_ bytes: [UInt8]) -> UInt64 { of(bytes[...]) }

    package static func of(_ text: String) -> UInt64 { of(Array(text.utf8)) }

    package static func of(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var hash = seed
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash ^ (hash >> 29)
    }

    /// A hash of the contents of a file: four chains over every fourth byte, since one chain waits for its own
    /// multiplications.
    package static func ofContents(_ bytes: [UInt8]) -> UInt64 {
        let prime: UInt64 = 0x100_0000_01b3
        var (a, b, c, d) = (seed, seed ^ 1, seed ^ 2, seed ^ 3)
        var index = 0
        while index + 4 <= bytes.count {
            a = (a ^ UInt64(bytes[index])) &* prime
            b = (b ^ UInt64(bytes[index + 1])) &* prime
            c = (c ^ UInt64(bytes[index + 2])) &* prime
            d = (d ^ UInt64(bytes[index + 3])) &* prime
            index += 4
        }
        while index < bytes.count {
            a = (a ^ UInt64(bytes[index])) &* prime
            index += 1
        }
        return [b, c, d, UInt64(bytes.count)].reduce(a) { chain($0, $1) }
    }

    /// The key of a sequence of words, from the key of all but the last.
    package static func chain(_ prefix: UInt64, _ word: UInt64) -> UInt64 {
        // Turned, so that "running wheel" and "wheel running" differ.
        let turned = (prefix << 23) | (prefix >> 41)
        var hash = (turned ^ word) &* 0x9e37_79b9_7f4a_7c15
        hash ^= hash >> 32
        return hash
    }
}
