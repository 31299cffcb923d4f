import Records
import Text

/// An operator as typed: `-species:"mus musculus"`, `subjects:>=50`.
struct TypedOperator {
    let name: String
    let value: String
    var isNegated: Bool
    /// The value was quoted.
    let isQuoted: Bool
    /// Byte offsets of the whole, sign included.
    let start: Int
    let end: Int
    /// Byte offset of the value, its quote included.
    var valueStart = 0
    /// Joined by OR with the operator before it.
    var isAlternative = false
    /// Its brace group, and the role before the brace.
    var scope: Int?
    var role: Part.Role?
}

/// Finds operators in a question.  Form only: what a name or value means is decided later.
///
///     operator  = ["-"] name ":" value
///     name      = letter { letter | "_" }
///     value     = quoted | comparison | word | CURIE
///     group     = [role] "{" { operator } "}"          filters of one part
///     join      = "OR" between two operators
///     denial    = "NOT" before an operator, as "-"
struct OperatorScanner {
    private let bytes: [UInt8]
    private var index = 0
    private(set) var operators: [TypedOperator] = []
    /// Quoted phrases outside operators.
    private(set) var phrases: [(text: String, start: Int, end: Int)] = []
    /// Bytes of joins, braces and roles, which are no words of the question.
    private(set) var marks: [Swift.Range<Int>] = []
    private var openScope: Int?
    private var openRole: Part.Role?
    private var scopes = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func scan(isName: (String) -> Bool) {
        var canJoin = false
        var isJoined = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
                setScope(isOpen: byte == UInt8(ascii: "{"))
                index += 1
                continue
            }
            let atWordStart = index == 0 || !isWordByte(bytes[index - 1])
            if atWordStart, let role = roleBeforeBrace() {
                openRole = role
                continue
            }
            let sign = index
            let isDenied = atWordStart && skipNot(isName: isName)
            if atWordStart, var found = typedOperator(isName: isName) {
                if isDenied {
                    marks.append(sign..<(sign + 3))
                    found.isNegated.toggle()
                }
                found.isAlternative = isJoined
                found.scope = openScope
                found.role = openRole
                operators.append(found)
                index = found.end
                canJoin = true
                isJoined = false
                continue
            }
            if byte == UInt8(ascii: "\""), let end = closingQuote(from: index + 1) {
                phrases.append((text(index + 1, end), index, end + 1))
                index = end + 1
                canJoin = false
                continue
            }
            if atWordStart, canJoin, hasWord("OR", at: index) {
                marks.append(index..<(index + 2))
                index += 2
                isJoined = true
                continue
            }
            if atWordStart, hasWord("AND", at: index) { marks.append(index..<(index + 3)) }
            if isWordByte(byte) { (canJoin, isJoined) = (false, false) }
            index += 1
        }
    }

    /// Skips a "NOT" before an operator.
    private mutating func skipNot(isName: (String) -> Bool) -> Bool {
        guard hasWord("NOT", at: index) || hasWord("not", at: index) else { return false }
        let start = index
        index += 3
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
        if index < bytes.count, let next = typedOperator(isName: isName), isName(next.name) { return true }
        index = start
        return false
    }

    private mutating func setScope(isOpen: Bool) {
        marks.append(index..<(index + 1))
        if isOpen {
            scopes += 1
            openScope = scopes
        } else {
            openScope = nil
            openRole = nil
        }
    }

    private mutating func roleBeforeBrace() -> Part.Role? {
        for role in Part.Role.allCases {
            let name = role.rawValue + "{"
            if bytes[index...].starts(with: name.utf8) {
                marks.append(index..<(index + role.rawValue.utf8.count))
                index += role.rawValue.utf8.count
                return role
            }
        }
        return nil
    }

    private func typedOperator(isName: (String) -> Bool) -> TypedOperator? {
        var at = index
        var isNegated = false
        if bytes[at] == UInt8(ascii: "-") {
            if at > 0, bytes[at - 1] != UInt8(ascii: " "), bytes[at - 1] != UInt8(ascii: "("),
                bytes[at - 1] != UInt8(ascii: "{")
            {
                return nil
            }
            isNegated = true
            at += 1
        }
        let nameStart = at
        while at < bytes.count, isNameByte(bytes[at]) { at += 1 }
        guard at > nameStart, at < bytes.count, bytes[at] == UInt8(ascii: ":") else { return nil }
        let name = text(nameStart, at).lowercased()
        at += 1
        guard at < bytes.count, bytes[at] != UInt8(ascii: " ") || isName(name) else { return nil }
        if bytes[at] == UInt8(ascii: "\"") {
            guard isName(name), let end = closingQuote(from: at + 1) else { return nil }
            return TypedOperator(
                name: name, value: text(at + 1, end), isNegated: isNegated, isQuoted: true, start: index, end: end + 1,
                valueStart: at)
        }
        // "Note: mice" is no operator, "species: mouse" is one.
        while isName(name), at < bytes.count, bytes[at] == UInt8(ascii: " ") { at += 1 }
        let valueStart = at
        while at < bytes.count, !isValueEnd(bytes[at]) { at += 1 }
        guard at > valueStart else { return nil }
        return TypedOperator(
            name: name, value: text(valueStart, at), isNegated: isNegated, isQuoted: false, start: index, end: at,
            valueStart: valueStart)
    }

    private func isValueEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: ",")
            || byte == UInt8(ascii: ";") || byte < 0x20
    }

    private func closingQuote(from start: Int) -> Int? { bytes[start...].firstIndex(of: UInt8(ascii: "\"")) }

    private func hasWord(_ word: String, at start: Int) -> Bool {
        let end = start + word.utf8.count
        return bytes[start...].starts(with: word.utf8) && (end == bytes.count || !isWordByte(bytes[end]))
    }

    private func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    private func isNameByte(_ byte: UInt8) -> Bool {
        (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte == 0x5f
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || (byte >= 0x30 && byte <= 0x39) || byte >= 0x80
    }
}
