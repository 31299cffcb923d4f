/// FNV-1a of 64 bits: tells contents apart and finds damage, but is no defence against forgery.
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

    /// Adds floats two by two, which is eight times faster than byte by byte.  Every call must bring an even number
    /// of floats but the last.
    package mutating func add(floats: UnsafeBufferPointer<Float>) {
        var index = 0
        while index &+ 2 <= floats.count {
            mix(UInt64(floats[index].bitPattern) | UInt64(floats[index &+ 1].bitPattern) << 32)
            index &+= 2
        }
        if index < floats.count { mix(UInt64(floats[index].bitPattern)) }
    }

    /// Sixteen hexadecimal digits.
    package var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func mix(_ unit: UInt64) { value = (value ^ unit) &* 0x100_0000_01B3 }
}
