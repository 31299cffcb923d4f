/// Percent-encoding (RFC 3986 section 2.1) of the parts of an address.
enum PercentEncoding {
    /// A name or value of a query: all but the unreserved characters and a few that no reader mistakes; a space is `+`
    /// (WHATWG URL, "application/x-www-form-urlencoded").
    static func query(_ text: String) -> String { encoded(text, plain: ":,/", spaceIsPlus: true) }

    /// One segment of a path.
    static func segment(_ text: String) -> String { encoded(text, plain: ":@", spaceIsPlus: false) }

    /// A path, slashes included.
    static func path(_ text: String) -> String { encoded(text, plain: "/:@();,", spaceIsPlus: false) }

    private static func encoded(_ text: String, plain: String, spaceIsPlus: Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            case UInt8(ascii: " ") where spaceIsPlus: result.append(UInt8(ascii: "+"))
            case _ where byte < 0x80 && plain.utf8.contains(byte): result.append(byte)
            default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
