/// The parsed target of a request: path segments and query fields, percent-decoded once, strictly (RFC 3986).
package struct Target: Sendable, Hashable {
    /// One field of the query.
    package struct Field: Sendable, Hashable {
        package let name: String
        package let value: String
        /// Whether it had no equals sign: `?verbose`.
        package var isBare = false

        package init(name: String, value: String, isBare: Bool = false) {
            self.name = name
            self.value = value
            self.isBare = isBare
        }
    }

    /// Decoded; the root has none.
    package let segments: [String]
    package let fields: [Field]

    /// Longest target in bytes.
    package static let longest = 16 * 1024

    /// Reads a target as in the request line: origin form, or absolute form whose authority is ignored.
    package init(_ text: String) throws(Problem) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Target.longest else {
            throw Problem(.urlTooLong, "the address has \(bytes.count) bytes; at most \(Target.longest) are read")
        }
        guard !bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw Problem(.badEncoding, "the address holds a space or a control character")
        }
        let rest = bytes.prefix { $0 != UInt8(ascii: "#") }
        let mark = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        var path = rest[..<mark]
        for scheme in ["http://", "https://"] where path.starts(with: scheme.utf8) {
            path = path.dropFirst(scheme.utf8.count)
            path = path.firstIndex(of: UInt8(ascii: "/")).map { path[$0...] } ?? [UInt8(ascii: "/")][...]
        }
        guard path.first == UInt8(ascii: "/") else {
            throw Problem(.malformedRequest, "the address does not begin with /")
        }
        var segments: [String] = []
        for piece in path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            let segment = try Target.decoded(piece, plusIsSpace: false)
            guard segment != ".", segment != ".." else {
                throw Problem(.malformedRequest, "the address holds a '\(segment)' segment")
            }
            segments.append(segment)
        }
        self.segments = segments == [""] ? [] : segments

        var fields: [Field] = []
        let query = mark < rest.endIndex ? rest[rest.index(after: mark)...] : []
        for piece in query.split(separator: UInt8(ascii: "&")) {
            let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            let value = equals < piece.endIndex ? piece[piece.index(after: equals)...] : []
            fields.append(
                Field(
                    name: try Target.decoded(piece[..<equals], plusIsSpace: true),
                    value: try Target.decoded(value, plusIsSpace: true), isBare: equals == piece.endIndex))
        }
        self.fields = fields
    }

    /// Percent-decodes; the result is valid UTF-8 without control characters but white space.
    private static func decoded(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) throws(Problem) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.endIndex, let high = hex(bytes[index + 1]), let low = hex(bytes[index + 2])
                else { throw Problem(.badEncoding, "a % in the address is not followed by two hexadecimal digits") }
                result.append(high << 4 | low)
                index += 3
                continue
            }
            result.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
            index += 1
        }
        guard let text = String(validating: result, as: UTF8.self) else {
            throw Problem(.badEncoding, "the address is not UTF-8 once decoded")
        }
        let isSpace: (UInt8) -> Bool = { plusIsSpace && ($0 == 0x09 || $0 == 0x0A || $0 == 0x0D) }
        guard !result.contains(where: { ($0 < 0x20 || $0 == 0x7F) && !isSpace($0) }) else {
            throw Problem(.badEncoding, "the address holds a control character once decoded")
        }
        return text
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
