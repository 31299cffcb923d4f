/// Addresses of the web as exports write them: ASCII, nothing in them that could end an attribute, a header or a line.
package enum WebLink {
    /// The address with everything unusual percent-encoded; nil for what is no `http` or `https` address.
    package static func safe(_ text: String?) -> String? {
        guard let text else { return nil }
        let lowered = text.prefix(8).lowercased()
        guard lowered.hasPrefix("http://") || lowered.hasPrefix("https://"), text.utf8.count <= 4096,
            text.utf8.count > 10
        else { return nil }
        return encoded(text) { isUnreserved($0) || "!#$%&'()*+,/:;=?@[]".utf8.contains($0) }
    }

    /// The page of a DOI at its resolver.
    package static func doi(_ doi: String) -> String {
        "https://doi.org/" + encoded(doi) { isUnreserved($0) || "/:;()@,!*".utf8.contains($0) }
    }

    /// A value inside the query of an address.
    package static func queryValue(_ text: String) -> String { encoded(text, keeping: isUnreserved) }

    /// One segment of a path.
    package static func pathSegment(_ text: String) -> String {
        encoded(text) { isUnreserved($0) || $0 == UInt8(ascii: ":") }
    }

    private static func encoded(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            if isKept(byte) {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Letters, digits and `-._~` (RFC 3986 section 2.3).
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
