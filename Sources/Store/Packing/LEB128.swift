/// Unsigned integers with seven bits per byte, lowest first, the eighth set if more follow (LEB128, DWARF 5 section
/// 7.6).
enum LEB128 {
    static func append(_ value: UInt, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// The number at a position, which is advanced behind it; nil if it is incomplete.
    static func number(in bytes: [UInt8], at position: inout Int) -> UInt? {
        var value: UInt = 0
        var shift: UInt = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
