/// FNV-1a of 64 bits: distinguishes contents and finds damage, but is no defence against forgery.
package struct Fingerprint: Sendable {
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    /// The fingerprint of a text's UTF-8.
    package init(of text: String) {
        for byte in text.utf8 { mix(UInt64(byte)) }
    }

    /// Adds bytes, one by one.
    package mutating func add(bytes: UnsafeRawBufferPointer) {
        for byte in bytes { mix(UInt64(byte)) }
    }

    /// Adds a number as one unit.
    package mutating func add(_ number: UInt64) { mix(number) }

    /// Adds bytes eight by eight, the first the lowest of a word, which is eight times faster than one by one.  Every
    /// call must bring a multiple of eight bytes but the last, whose rest is padded with zeros.
    package mutating func add(words bytes: UnsafeRawBufferPointer) {
        var index = 0
        while index &+ 8 <= bytes.count {
            mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            index &+= 8
        }
        guard index < bytes.count else { return }
        var rest: UInt64 = 0
        for (position, byte) in bytes[index...].enumerated() { rest |= UInt64(byte) << UInt64(8 * position) }
        mix(rest)
    }

    /// Sixteen hexadecimal digits.
    package var text: String { Self.text(of: value) }

    /// The same of a value that was kept.
    package static func text(of value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func mix(_ unit: UInt64) { value = (value ^ unit) &* 0x100_0000_01B3 }
}
