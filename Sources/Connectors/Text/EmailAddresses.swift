/// E-mail addresses in text: found by hand, byte by byte, because they are looked for in everything that is read.
///
/// Wider than RFC 5321 on purpose: what looks like an address to a spammer is one.  Dotted names, two signs in a row,
/// `mailto:` links, `%40` and `(at)` in place of the sign are all taken out.
package enum EmailAddresses {
    /// Whether there is any.
    package static func occur(in text: String) -> Bool { !ranges(in: Array(text.utf8)).isEmpty }

    /// The text without addresses; brackets and `mailto:` around them are removed, too.
    static func removed(from text: String) -> String {
        var bytes = Array(text.utf8)
        var found = ranges(in: bytes)
        guard !found.isEmpty else { return text }
        // Taking one out can bring the halves of another together, so look again until nothing is left.
        while !found.isEmpty {
            var rest: [UInt8] = []
            rest.reserveCapacity(bytes.count)
            var from = 0
            for range in found where range.lowerBound >= from {
                rest += bytes[from..<range.lowerBound]
                rest.append(UInt8(ascii: " "))
                from = range.upperBound
            }
            rest += bytes[from...]
            bytes = rest
            found = ranges(in: bytes)
        }
        return tidied(String(decoding: bytes, as: UTF8.self))
    }

    /// Byte ranges of addresses, in order.
    static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var at = 0
        while at < bytes.count {
            guard let sign = signLength(bytes, at) else {
                at += 1
                continue
            }
            var start = at
            var end = at + sign
            if isSpelledOut(bytes, at) {
                while start > 0, bytes[start - 1] == space { start -= 1 }
                while end < bytes.count, bytes[end] == space { end += 1 }
            }
            let domainStart = end
            while start > 0, isLocal(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: "@") { start -= 1 }
            while end < bytes.count, isDomain(bytes[end]) { end += 1 }
            while end > domainStart, bytes[end - 1] == dot || bytes[end - 1] == hyphen { end -= 1 }
            if start < at, hasTopLevel(bytes[domainStart..<end]) {
                let scheme = Array("mailto:".utf8)
                if start >= scheme.count, lowered(bytes[(start - scheme.count)..<start]) == scheme {
                    start -= scheme.count
                }
                let merged = found.last.map { $0.upperBound >= start } ?? false
                if merged, let last = found.popLast() {
                    found.append(last.lowerBound..<end)
                } else {
                    found.append(start..<end)
                }
                at = Swift.max(end, at + sign)
            } else {
                at += sign
            }
        }
        return found
    }

    private static let space = UInt8(ascii: " ")
    private static let dot = UInt8(ascii: ".")
    private static let hyphen = UInt8(ascii: "-")
    private static let spellings = ["@", "%40", "&#64;", "&#x40;", "&commat;", "(at)", "[at]", "{at}", "<at>"]
        .map { Array($0.utf8) }

    private static func signLength(_ bytes: [UInt8], _ at: Int) -> Int? {
        switch bytes[at] {
        case UInt8(ascii: "@"): return 1
        case UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"),
            UInt8(ascii: "<"):
            for spelling in spellings.dropFirst()
            where at + spelling.count <= bytes.count && lowered(bytes[at..<(at + spelling.count)]) == spelling {
                return spelling.count
            }
            return nil
        default: return nil
        }
    }

    private static func isSpelledOut(_ bytes: [UInt8], _ at: Int) -> Bool {
        bytes[at] != UInt8(ascii: "@") && bytes[at] != UInt8(ascii: "%") && bytes[at] != UInt8(ascii: "&")
    }

    private static func lowered(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.map { (65...90).contains($0) ? $0 | 32 : $0 }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Bytes of names beyond ASCII belong to the local part, or half an address would stay behind.
    private static func isLocal(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte >= 128 || "._%+-'!$^`~".utf8.contains(byte)
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte >= 128 || byte == dot || byte == hyphen
    }

    /// A dot, then at least two letters.
    private static func hasTopLevel(_ domain: ArraySlice<UInt8>) -> Bool {
        guard let last = domain.lastIndex(of: dot), last > domain.startIndex else { return false }
        var index = domain.startIndex
        // Any label after the first that begins with two letters is enough: digits behind "co" hide nothing.
        while let next = domain[index...].firstIndex(of: dot) {
            let label = domain[(next + 1)...].prefix { $0 != dot }
            if label.count >= 2, label.prefix(2).allSatisfy({ isLetter($0) || $0 >= 128 }) { return true }
            index = next + 1
        }
        return false
    }

    /// Without the empty brackets and double spaces that remain after words are removed.
    private static func tidied(_ text: String) -> String {
        var out: [Character] = []
        for character in text {
            if let last = out.last {
                if last == " ", character == " " { continue }
                if last == " ", ")]}>,.;".contains(character) { out.removeLast() }
                if let open = out.last, "([{<".contains(open), ")]}>".contains(character) {
                    out.removeLast()
                    continue
                }
            }
            out.append(character)
        }
        return PlainText.trimmed(String(out))
    }
}
