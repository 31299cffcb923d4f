/// Percent-encoding of text within an address (RFC 3986, section 2.1).
package enum PercentEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// The UTF-8 bytes of a text, all but the unreserved characters (RFC 3986, section 2.3) as `%` and two digits.
    ///
    /// - Parameters:
    ///   - kept: ASCII characters that stay as they are, because they may stand where the text goes.
    ///   - spaceIsPlus: whether a space becomes `+`, as in forms (WHATWG URL, "application/x-www-form-urlencoded").
    package static func encoded(_ text: String, keeping kept: String = "", spaceIsPlus: Bool = false) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            if isUnreserved(byte) || byte < 0x80 && kept.utf8.contains(byte) {
                result.append(byte)
            } else if spaceIsPlus && byte == UInt8(ascii: " ") {
                result.append(UInt8(ascii: "+"))
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Letters, digits and `-._~`.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
