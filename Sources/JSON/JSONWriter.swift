/// Writes JSON text (RFC 8259) piece by piece: what ``JSONValue``, ``OrderedJSON`` and stored records are written with.
///
/// The caller sees to it that keys and values alternate; commas and white space come by themselves.
package struct JSONWriter {
    /// White space between the pieces.
    package enum Layout: Sendable {
        /// None.
        case compact
        /// A line each, two blanks a level, `"key": 1`, `[]`.
        case indented
        /// As Foundation's encoder does when it is asked to be pretty: `"key" : 1`, and an empty line within `[]`.
        case spaced
    }

    package private(set) var bytes: [UInt8] = []
    /// False once a number was written that JSON has no form for; null stands in its place.
    package private(set) var isFaithful = true
    private let layout: Layout
    private var level = 0
    private var isFirst = true

    package init(_ layout: Layout = .compact) { self.layout = layout }

    package mutating func null() { bytes += "null".utf8 }

    package mutating func bool(_ flag: Bool) { bytes += (flag ? "true" : "false").utf8 }

    package mutating func integer(_ number: Int) { bytes += String(number).utf8 }

    /// By its shortest decimal form, whole numbers without a point.
    package mutating func number(_ number: Double) {
        guard number.isFinite else {
            isFaithful = false
            return null()
        }
        bytes += (JSONValue.wholeNumber(number).map { String($0) } ?? number.description).utf8
    }

    package mutating func text(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        // Hardly a text holds anything that has to be written in another way.
        if text.utf8.allSatisfy({ $0 >= 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            bytes += text.utf8
        } else {
            for byte in text.utf8 { escaped(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The key of the member whose value is written next.
    package mutating func key(_ name: String) {
        item()
        text(name)
        switch layout {
        case .compact: bytes.append(UInt8(ascii: ":"))
        case .indented: bytes += ": ".utf8
        case .spaced: bytes += " : ".utf8
        }
    }

    /// Before each item of a list.
    package mutating func item() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        if layout != .compact { newLine() }
        isFirst = false
    }

    package mutating func object(_ members: (inout JSONWriter) -> Void) { nested("{", "}", members) }

    package mutating func array(_ items: (inout JSONWriter) -> Void) { nested("[", "]", items) }

    private mutating func nested(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: open))
        level += 1
        isFirst = true
        body(&self)
        level -= 1
        if layout == .spaced, isFirst { bytes.append(UInt8(ascii: "\n")) }
        if layout == .spaced || (layout == .indented && !isFirst) { newLine() }
        isFirst = false
        bytes.append(UInt8(ascii: close))
    }

    private mutating func newLine() {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<level { bytes += "  ".utf8 }
    }

    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 8: bytes += "\\b".utf8
        case 9: bytes += "\\t".utf8
        case 10: bytes += "\\n".utf8
        case 12: bytes += "\\f".utf8
        case 13: bytes += "\\r".utf8
        case 0..<32:
            let digits = String(byte, radix: 16)
            bytes += "\\u00".utf8
            if digits.utf8.count == 1 { bytes.append(UInt8(ascii: "0")) }
            bytes += digits.utf8
        default: bytes.append(byte)
        }
    }
}
