/// Why bytes are no JSON, or none that is read.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable { case malformed, tooDeep }
    package let kind: Kind
    /// Offset of the first byte that does not fit.
    package let offset: Int
    package let reason: String
    package var description: String { "no JSON at byte \(offset): \(reason)" }
}

/// Reads JSON (RFC 8259) from bytes that cannot be trusted.
///
/// Written by hand because the toolchain's decoders throw on a lone surrogate, recurse without a limit, and cost
/// several tries a value when the shape is not known beforehand.
package struct JSONReader {
    /// What happens to documents that are not quite JSON.
    package enum Rules: Sendable {
        /// For what sources say: a lone surrogate becomes U+FFFD as bytes that are no UTF-8 do, `NaN` and `Infinity`
        /// become null, of two equal keys the last wins, what is nested too deeply is left out.  A document that ends
        /// early is an error all the same.
        case lenient
        /// For what clients ask: everything that RFC 8259 does not allow or leaves open is an error, as is what is
        /// nested too deeply.
        case strict
    }

    /// One value, and nothing but blanks after it.
    ///
    /// - Parameter maximumDepth: how deep lists and objects may be nested.
    package static func value(
        _ bytes: some Collection<UInt8>, maximumDepth: Int = 64, rules: Rules = .lenient
    ) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes: Array(bytes), maximumDepth: maximumDepth, rules: rules)
        if rules == .strict, String(validating: reader.bytes, as: UTF8.self) == nil {
            throw reader.failure("the text is no valid UTF-8")
        }
        reader.skipBlanks()
        let value = try reader.value(depth: 0)
        try reader.finish()
        return value
    }

    /// A pull parser for documents of a known shape, which makes no values: ``items(_:)`` reads a list,
    /// ``entersObject()`` an object, and what is called for each reads or skips exactly one value.
    package init(_ text: String) { self.init(bytes: Array(text.utf8), maximumDepth: 64, rules: .lenient) }

    /// Calls the body at each item of the list that comes next.
    package mutating func items(_ body: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
        try open("[", "a list is missing")
        if close("]") { return }
        repeat { try body(&self) } while try !ends("]")
    }

    /// Calls the body with each key of the object that comes next, at its value.
    private mutating func members(_ body: (inout JSONReader, String) throws(JSONError) -> Void) throws(JSONError) {
        guard try entersObject() else { return }
        repeat {
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw failure("a key is missing") }
            let key = try string()
            try open(":", "a colon is missing")
            try body(&self, key)
        } while try hasNextMember()
    }

    /// Steps into the object that comes next, before its first key; false when it has none, and then over it.
    package mutating func entersObject() throws(JSONError) -> Bool {
        try open("{", "an object is missing")
        return !close("}")
    }

    /// Whether this is the key that comes next in an object; steps over it, up to its value, if it is.
    ///
    /// Compares bytes, so that no text is made of the key; one that is written with escapes is none of ours.
    package mutating func takesKey(_ name: String) throws(JSONError) -> Bool {
        let end = at + 1 + name.utf8.count
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\""), bytes[at] == UInt8(ascii: "\"") else { return false }
        var place = at + 1
        for byte in name.utf8 {
            guard bytes[place] == byte else { return false }
            place += 1
        }
        at = end + 1
        try open(":", "a colon is missing")
        return true
    }

    /// Steps over the key that comes next in an object, and its value.
    package mutating func skipMember() throws(JSONError) {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw failure("a key is missing") }
        _ = try string()
        try open(":", "a colon is missing")
        _ = try value(depth: 0)
    }

    /// After a value within an object: steps to the next key; false at the end of the object, and then over it.
    package mutating func hasNextMember() throws(JSONError) -> Bool { try !ends("}") }

    /// The text that comes next.
    package mutating func text() throws(JSONError) -> String {
        skipBlanks()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw failure("a text is missing") }
        return try string()
    }

    /// The whole number that comes next.
    package mutating func integer() throws(JSONError) -> Int {
        skipBlanks()
        let start = at
        while at < bytes.count, bytes[at] == UInt8(ascii: "-") || (48...57).contains(bytes[at]) { at += 1 }
        guard let number = Int(String(decoding: bytes[start..<at], as: UTF8.self)) else {
            at = start
            throw failure("a whole number is missing")
        }
        return number
    }

    /// The number that comes next.
    package mutating func double() throws(JSONError) -> Double {
        skipBlanks()
        guard at < bytes.count, case .number(let number) = try number() else { throw failure("a number is missing") }
        return number
    }

    /// The truth that comes next.
    package mutating func bool() throws(JSONError) -> Bool {
        skipBlanks()
        guard at < bytes.count else { throw failure("the document ends early") }
        switch bytes[at] {
        case UInt8(ascii: "t"):
            _ = try word("true", .null)
            return true
        case UInt8(ascii: "f"):
            _ = try word("false", .null)
            return false
        default: throw failure("true or false is missing")
        }
    }

    /// Steps over the value that comes next.
    package mutating func skip() throws(JSONError) {
        skipBlanks()
        _ = try value(depth: 0)
    }

    /// Nothing but blanks may be left.
    package mutating func finish() throws(JSONError) {
        skipBlanks()
        guard at == bytes.count else { throw failure("something follows the value") }
    }

    private mutating func open(_ mark: Unicode.Scalar, _ complaint: String) throws(JSONError) {
        skipBlanks()
        guard close(mark) else { throw failure(complaint) }
        skipBlanks()
    }

    private mutating func close(_ mark: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: mark) else { return false }
        at += 1
        return true
    }

    private mutating func ends(_ mark: Unicode.Scalar) throws(JSONError) -> Bool {
        skipBlanks()
        guard at < bytes.count else { throw failure("the document ends early") }
        if close(mark) { return true }
        guard close(",") else { throw failure("a comma is missing") }
        skipBlanks()
        return false
    }

    private let bytes: [UInt8]
    private let maximumDepth: Int
    private let rules: Rules
    private var at = 0

    private init(bytes: [UInt8], maximumDepth: Int, rules: Rules) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        self.rules = rules
        if rules == .lenient, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    /// An error at the current position.
    package func failure(_ reason: String, _ kind: JSONError.Kind = .malformed) -> JSONError {
        JSONError(kind: kind, offset: at, reason: reason)
    }

    private mutating func skipBlanks() {
        while at < bytes.count, bytes[at] == 32 || bytes[at] == 10 || bytes[at] == 13 || bytes[at] == 9 { at += 1 }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard at < bytes.count else { throw failure("the document ends early") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N") where rules == .lenient: return try word("NaN", .null)
        case UInt8(ascii: "I") where rules == .lenient: return try word("Infinity", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let letters = Array(word.description.utf8)
        guard bytes[at...].starts(with: letters) else { throw failure("an unknown word") }
        at += letters.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < maximumDepth else { return try skippedTooDeep() }
        var values: [String: JSONValue] = [:]
        try members { (reader, key) throws(JSONError) in
            if reader.rules == .strict, values[key] != nil {
                throw reader.failure("the name \"\(key)\" stands twice in one object")
            }
            values[key] = try reader.value(depth: depth + 1)
        }
        return .object(values)
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < maximumDepth else { return try skippedTooDeep() }
        var values: [JSONValue] = []
        try items { (reader) throws(JSONError) in values.append(try reader.value(depth: depth + 1)) }
        return .array(values)
    }

    /// Skips a list or object below the depth limit without recursion; null replaces it.
    private mutating func skippedTooDeep() throws(JSONError) -> JSONValue {
        guard rules == .lenient else { throw failure("more than \(maximumDepth) levels", .tooDeep) }
        var open = 0
        repeat {
            guard at < bytes.count else { throw failure("the document ends early") }
            switch bytes[at] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): open -= 1
            case UInt8(ascii: "\""):
                _ = try string()
                continue
            default: break
            }
            at += 1
        } while open > 0
        return .null
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = at
        if rules == .strict { try checkNumber() }
        while at < bytes.count, Self.isNumberByte(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if text == "-", at < bytes.count, bytes[at] == UInt8(ascii: "I") { return try word("Infinity", .null) }
        guard let number = Double(text) else {
            at = start
            throw failure("no value begins here")
        }
        guard number.isFinite || rules == .lenient else { throw failure("the number is too large") }
        return number.isFinite ? .number(number) : .null
    }

    /// Whether a number as RFC 8259 section 6 writes it comes next.  Does not step over it.
    private func checkNumber() throws(JSONError) {
        var rest = bytes[at...]
        func digits() -> Bool {
            let count = rest.prefix { (48...57).contains($0) }.count
            rest = rest.dropFirst(count)
            return count > 0
        }
        func takes(_ marks: [UInt8]) -> Bool {
            guard let first = rest.first, marks.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = takes(Array("-".utf8))
        guard takes(Array("0".utf8)) || digits() else { throw failure("no value begins here") }
        if takes(Array(".".utf8)), !digits() { throw failure("a digit is missing") }
        if takes(Array("eE".utf8)) {
            _ = takes(Array("+-".utf8))
            guard digits() else { throw failure("a digit is missing") }
        }
        guard rest.first.map(Self.isNumberByte) != true else { throw failure("no number is written so") }
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
    }

    private mutating func string() throws(JSONError) -> String {
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
        if rules == .strict, bytes[start..<at].contains(where: { $0 < 32 }) {
            throw failure("a control character stands in a text")
        }
        guard at < bytes.count else { throw failure("the document ends inside a text") }
        if bytes[at] == UInt8(ascii: "\"") {
            at += 1
            return String(decoding: bytes[start..<(at - 1)], as: UTF8.self)
        }
        var out = Array(bytes[start..<at])
        while true {
            guard at < bytes.count else { throw failure("the document ends inside a text") }
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: out, as: UTF8.self) }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &out)
            } else {
                guard byte >= 32 || rules == .lenient else { throw failure("a control character stands in a text") }
                out.append(byte)
            }
        }
    }

    private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
        guard at < bytes.count else { throw failure("the document ends inside a text") }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "n"): out.append(10)
        case UInt8(ascii: "t"): out.append(9)
        case UInt8(ascii: "r"): out.append(13)
        case UInt8(ascii: "b"): out.append(8)
        case UInt8(ascii: "f"): out.append(12)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "u"):
            var value = try hexadecimal()
            if (0xD800..<0xDC00).contains(value), bytes[at...].starts(with: [92, 117]) {
                let back = at
                at += 2
                let low = try hexadecimal()
                if (0xDC00..<0xE000).contains(low) {
                    value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
                } else {
                    at = back
                }
            }
            let scalar = Unicode.Scalar(value)
            guard scalar != nil || rules == .lenient else { throw failure("half a surrogate pair") }
            out += String(Character(scalar ?? "\u{FFFD}")).utf8
        default: throw failure("an unknown escape")
        }
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        guard at + 4 <= bytes.count, bytes[at] != UInt8(ascii: "+"), bytes[at] != UInt8(ascii: "-"),
            let value = UInt32(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
        else { throw failure("an escape is cut short") }
        at += 4
        return value
    }
}
