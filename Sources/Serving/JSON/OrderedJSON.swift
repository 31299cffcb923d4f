/// A JSON value whose objects keep the order of their members (RFC 8259).
package enum OrderedJSON: Sendable, Hashable {
    /// One member of an object.
    package struct Member: Sendable, Hashable {
        package let name: String
        package let value: OrderedJSON

        package init(_ name: String, _ value: OrderedJSON) {
            self.name = name
            self.value = value
        }
    }

    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([OrderedJSON])
    case object([Member])

    /// The member of an object; nil for every other kind of value.
    package subscript(name: String) -> OrderedJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// What kind of value it is, for people.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .number: "a number"
        case .string: "text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension OrderedJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByStringInterpolation
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: OrderedJSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, OrderedJSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

extension OrderedJSON {
    /// The text in UTF-8; indented by two spaces a level, or without any white space.
    package func bytes(isPretty: Bool = false) -> [UInt8] {
        var writer = Writer(isPretty: isPretty)
        writer.write(self, level: 0)
        return writer.bytes
    }

    private struct Writer {
        let isPretty: Bool
        var bytes: [UInt8] = []

        init(isPretty: Bool) { self.isPretty = isPretty }

        mutating func write(_ value: OrderedJSON, level: Int) {
            switch value {
            case .null: add("null")
            case .bool(let flag): add(flag ? "true" : "false")
            case .integer(let number): add(String(number))
            case .number(let number): add(number.isFinite ? String(number) : "null")
            case .string(let text): write(text)
            case .array(let items):
                list("[", "]", isEmpty: items.isEmpty, level: level) { writer in
                    for (index, item) in items.enumerated() {
                        writer.separate(index, level: level + 1)
                        writer.write(item, level: level + 1)
                    }
                }
            case .object(let members):
                list("{", "}", isEmpty: members.isEmpty, level: level) { writer in
                    for (index, member) in members.enumerated() {
                        writer.separate(index, level: level + 1)
                        writer.write(member.name)
                        writer.add(writer.isPretty ? ": " : ":")
                        writer.write(member.value, level: level + 1)
                    }
                }
            }
        }

        private mutating func list(
            _ open: String, _ close: String, isEmpty: Bool, level: Int, _ body: (inout Writer) -> Void
        ) {
            add(open)
            body(&self)
            if isPretty, !isEmpty { newLine(level) }
            add(close)
        }

        private mutating func separate(_ index: Int, level: Int) {
            if index > 0 { add(",") }
            if isPretty { newLine(level) }
        }

        private mutating func newLine(_ level: Int) { add("\n" + String(repeating: "  ", count: level)) }

        private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

        private mutating func write(_ text: String) {
            bytes.append(UInt8(ascii: "\""))
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "\""): add("\\\"")
                case UInt8(ascii: "\\"): add("\\\\")
                case 0x0A: add("\\n")
                case 0x0D: add("\\r")
                case 0x09: add("\\t")
                case 0..<0x20:
                    let digits = String(byte, radix: 16)
                    add("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
                default: bytes.append(byte)
                }
            }
            bytes.append(UInt8(ascii: "\""))
        }
    }
}
