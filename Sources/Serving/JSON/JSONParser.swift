/// Why bytes are no JSON text we read.
package struct JSONFault: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable { case malformed, tooDeep }
    package let kind: Kind
    /// For people.
    package let detail: String
    /// Offset of the byte where it shows.
    package let offset: Int
}

/// Reads one JSON text strictly (RFC 8259): UTF-8, no names twice in an object, nothing after the value.
package struct JSONParser {
    private let bytes: [UInt8]
    private var index = 0
    private let deepest: Int

    /// - Parameter deepest: how many lists and objects may stand within one another.
    package static func parse(_ bytes: [UInt8], deepest: Int) throws(JSONFault) -> OrderedJSON {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw JSONFault(kind: .malformed, detail: "the text is no valid UTF-8", offset: 0)
        }
        var parser = JSONParser(bytes: bytes, deepest: deepest)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.index == bytes.count else { throw parser.fault("something follows the value") }
        return value
    }

    private init(bytes: [UInt8], deepest: Int) {
        self.bytes = bytes
        self.deepest = deepest
    }

    private func fault(_ detail: String, _ kind: JSONFault.Kind = .malformed) -> JSONFault {
        JSONFault(kind: kind, detail: detail, offset: index)
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONFault) -> OrderedJSON {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(let byte) where byte == UInt8(ascii: "-") || isDigit(byte): return try number()
        case .some: throw fault("a value was expected")
        case nil: throw fault("the text ends too early")
        }
    }

    private mutating func word(_ text: String, _ value: OrderedJSON) throws(JSONFault) -> OrderedJSON {
        guard bytes[index...].starts(with: text.utf8) else { throw fault("a value was expected") }
        index += text.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONFault) -> OrderedJSON {
        guard depth <= deepest else { throw fault("more than \(deepest) levels", .tooDeep) }
        index += 1
        var members: [OrderedJSON.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([]) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault("a name in quotes was expected") }
            let name = try string()
            guard names.insert(name).inserted else { throw fault("the name \"\(name)\" stands twice in one object") }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw fault("a colon was expected") }
            members.append(OrderedJSON.Member(name, try value(depth: depth)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw fault("a comma or } was expected") }
        }
    }

    private mutating func array(depth: Int) throws(JSONFault) -> OrderedJSON {
        guard depth <= deepest else { throw fault("more than \(deepest) levels", .tooDeep) }
        index += 1
        var items: [OrderedJSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            items.append(try value(depth: depth))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(items) }
            guard take(UInt8(ascii: ",")) else { throw fault("a comma or ] was expected") }
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private mutating func digits() throws(JSONFault) {
        guard let byte = next, isDigit(byte) else { throw fault("a digit was expected") }
        while let byte = next, isDigit(byte) { index += 1 }
    }

    private mutating func number() throws(JSONFault) -> OrderedJSON {
        let start = index
        var isWhole = true
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if let byte = next, byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            isWhole = false
            index += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let whole = Int(text) { return .integer(whole) }
        guard let number = Double(text), number.isFinite else { throw fault("the number is too large") }
        return .number(number)
    }

    private mutating func string() throws(JSONFault) -> String {
        index += 1
        var text: [UInt8] = []
        while let byte = next {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw fault("a control character stands in a text")
            default: text.append(byte)
            }
        }
        throw fault("a text has no end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
        guard let byte = next else { throw fault("the text ends too early") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800..<0xDC00).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw fault("half a surrogate pair") }
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw fault("half a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half a surrogate pair") }
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: throw fault("there is no such escape")
        }
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("four hexadecimal digits were expected")
            }
            code = code << 4 + UInt32(digit)
            index += 1
        }
        return code
    }
}
