import Records
import Text

/// An operator as typed: `-species:"mus musculus"`, `subjects:>=50`, `~state:sleep`.
struct TypedOperator {
    let name: String
    let value: String
    var isNegated: Bool
    /// Only preferred.
    var isPreferred = false
    /// The value was quoted.
    let isQuoted: Bool
    /// Byte offsets of the whole, sign included.
    let start: Int
    let end: Int
    /// Byte offset of the value, its quote included.
    var valueStart = 0
    /// Its brace group, and the role before the brace.
    var scope: Int?
    var role: Part.Role?
}

/// What joins and groups operators, in the order of the text.
enum OperatorMark: Equatable {
    /// By its place in the list.
    case typed(Int)
    case open(isBrace: Bool)
    case close(isBrace: Bool)
    case or
    /// Words that are no operator, which nothing joins across.
    case words
}

/// Finds operators in a question.  Form only: what a name or value means is decided later.
///
///     operator    = ["~"] ["-"] name ":" value           "~": only preferred
///     name        = letter { letter | "_" }            nothing stands between its colon and the value
///     value       = quoted | comparison | word | CURIE
///     part        = [role] ["#" number] "{" { operator } "}"   filters of one part; of equal numbers, of the same
///     alternative = operator | part | "(" { operator | part | alternation } ")"
///     alternation = alternative "OR" alternative { "OR" alternative }
///     denial      = "NOT" before an operator, as "-"
///
/// Alternatives that are operators of one facet make one filter of several values.
struct OperatorScanner {
    private let bytes: [UInt8]
    private var index = 0
    private(set) var operators: [TypedOperator] = []
    /// How the operators are joined and grouped.
    private(set) var layout: [OperatorMark] = []
    /// Quoted phrases outside operators.
    private(set) var phrases: [(text: String, start: Int, end: Int)] = []
    /// Bytes of joins, braces and roles, which are no words of the question.
    private(set) var marks: [Swift.Range<Int>] = []
    private var openScope: Int?
    private var openRole: Part.Role?
    /// The number before the next brace.
    private var givenScope: Int?
    /// Scopes without a number of their own are numbered from here.
    private var scopes = Self.mostScopes

    private static let roleInitials = Part.Role.allCases.compactMap(\.rawValue.utf8.first)

    private static let noValue = Set("*_:".utf8)

    /// Numbers that can be written before a brace are smaller.
    static let mostScopes = 1000

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func scan(isName: (String) -> Bool) {
        var canJoin = false
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "}"):
                let isOpen = byte == UInt8(ascii: "{")
                setScope(isOpen: isOpen)
                layout.append(isOpen ? .open(isBrace: true) : .close(isBrace: true))
                index += 1
                continue
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                layout.append(
                    byte == UInt8(ascii: "(") ? .open(isBrace: false) : .close(isBrace: false))
                index += 1
                continue
            default: break
            }
            let atWordStart = index == 0 || !isWordByte(bytes[index - 1])
            if atWordStart, readsGroupLead() { continue }
            let sign = index
            let isPreferred = atWordStart && skipsPreference(isName: isName)
            let isDenied = atWordStart && skipNot(isName: isName)
            if atWordStart, var found = typedOperator(isName: isName) {
                if isDenied {
                    marks.append(sign..<(sign + 3))
                    found.isNegated.toggle()
                }
                found.isPreferred = isPreferred
                found.scope = openScope
                found.role = openRole
                layout.append(.typed(operators.count))
                operators.append(found)
                index = found.end
                canJoin = true
                continue
            }
            if byte == UInt8(ascii: "\""), let end = closingQuote(from: index + 1) {
                phrases.append((text(index + 1, end), index, end + 1))
                index = end + 1
                canJoin = false
                noteWords()
                continue
            }
            if atWordStart, canJoin, hasWord("OR", at: index) {
                marks.append(index..<(index + 2))
                index += 2
                layout.append(.or)
                continue
            }
            if atWordStart, hasWord("AND", at: index) { marks.append(index..<(index + 3)) }
            if isWordByte(byte) {
                canJoin = false
                noteWords()
            }
            index += 1
        }
    }

    private mutating func noteWords() {
        if layout.last != .words { layout.append(.words) }
    }

    /// Skips a "~" before an operator.
    private mutating func skipsPreference(isName: (String) -> Bool) -> Bool {
        guard bytes[index] == UInt8(ascii: "~"), index == 0 || isBeforeSign(bytes[index - 1]) else { return false }
        index += 1
        if index < bytes.count, let next = typedOperator(isName: isName), isName(next.name) { return true }
        index -= 1
        return false
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
            openScope = givenScope ?? scopes
        } else {
            openScope = nil
            openRole = nil
        }
        givenScope = nil
    }

    /// Reads what stands before a brace: the role of the part, its number, or both.
    private mutating func readsGroupLead() -> Bool {
        var at = index
        guard bytes[at] == UInt8(ascii: "#") || Self.roleInitials.contains(bytes[at]) else { return false }
        let role = Part.Role.allCases.first { bytes[at...].starts(with: $0.rawValue.utf8) }
        if let role { at += role.rawValue.utf8.count }
        var number: Int?
        if at < bytes.count, bytes[at] == UInt8(ascii: "#") {
            let start = at + 1
            at = start
            while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39, at - start < 4 { at += 1 }
            guard let given = Int(text(start, at)), given < Self.mostScopes else { return false }
            number = given
        }
        guard at > index, at < bytes.count, bytes[at] == UInt8(ascii: "{") else { return false }
        marks.append(index..<at)
        index = at
        (openRole, givenScope) = (role, number)
        return true
    }

    private func isBeforeSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "{")
    }

    private func typedOperator(isName: (String) -> Bool) -> TypedOperator? {
        var at = index
        var isNegated = false
        if bytes[at] == UInt8(ascii: "-") {
            if at > 0, !isBeforeSign(bytes[at - 1]), bytes[at - 1] != UInt8(ascii: "~") { return nil }
            isNegated = true
            at += 1
        }
        let nameStart = at
        while at < bytes.count, isNameByte(bytes[at]) { at += 1 }
        guard at > nameStart, at < bytes.count, bytes[at] == UInt8(ascii: ":") else { return nil }
        let name = text(nameStart, at).lowercased()
        at += 1
        // "Species: mouse" is English.
        guard at < bytes.count, bytes[at] > 0x20 else { return nil }
        if bytes[at] == UInt8(ascii: "\"") {
            guard isName(name), let end = closingQuote(from: at + 1) else { return nil }
            return TypedOperator(
                name: name, value: text(at + 1, end), isNegated: isNegated, isQuoted: true, start: index, end: end + 1,
                valueStart: at)
        }
        let valueStart = at
        while at < bytes.count, !isValueEnd(bytes[at]) { at += 1 }
        // "**Species:** mouse", "Region:: CA1": marks of emphasis and further colons are no value.
        guard bytes[valueStart..<at].contains(where: { !Self.noValue.contains($0) }) else { return nil }
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
