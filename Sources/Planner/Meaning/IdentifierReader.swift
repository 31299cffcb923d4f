/// Finds what names one record: a DOI, a link, `DANDI:000003`, `ds000117`, a UUID.  It ranks verbatim; the words inside
/// it ("dandi" in `10.48324/dandi.000003`) ask for nothing.
struct IdentifierReader {
    let question: Question

    func read() -> Reading {
        // In quotes too, so that a written plan reads as it was; not in the value of an operator.
        let tokens = written().filter { tokens in
            tokens.allSatisfy { !question.isUsed[$0] }
                || tokens.allSatisfy { token in question.quoted.contains { $0.contains(token) } }
        }
        return Reading(used: tokens, identifiers: tokens)
    }

    /// Tokens of each identifier, in order.
    private func written() -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < question.tokens.count {
            var end = index + 1
            while end < question.tokens.count, !question.gap(before: end).contains(where: \.isWhitespace) { end += 1 }
            if Self.isIdentifier(chunk(index..<end)) { found.append(index..<end) }
            index = end
        }
        return found
    }

    /// The words between two spaces, in lower case, without marks around them.
    private func chunk(_ range: Range<Int>) -> Substring { question.written(range).lowercased()[...] }

    private static func isIdentifier(_ text: Substring) -> Bool {
        // Quotes and braces belong to the language of questions.
        guard text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-._~:/#@%+()&=?;".contains($0)) }) else {
            return false
        }
        if text.hasPrefix("http://") || text.hasPrefix("https://") { return text.contains(".") }
        if text.hasPrefix("doi.org/") || text.hasPrefix("doi:10.") || isDOI(text) { return true }
        if text.hasPrefix("dandi:") { return isNumber(text.dropFirst(6).prefix(6), length: 6) }
        if text.hasPrefix("ds") { return isNumber(text.dropFirst(2), length: 6) }
        return isUUID(text)
    }

    /// `10.` and four to nine digits, a slash, and a suffix (ISO 26324).
    private static func isDOI(_ text: Substring) -> Bool {
        guard text.hasPrefix("10."), let slash = text.firstIndex(of: "/"), text.index(after: slash) < text.endIndex
        else { return false }
        let registrant = text[text.index(text.startIndex, offsetBy: 3)..<slash]
        return (4...9).contains(registrant.count) && isNumber(registrant.prefix(4), length: 4)
            && registrant.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    }

    private static func isNumber(_ text: Substring, length: Int) -> Bool {
        text.count == length && text.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Eight, four, four, four and twelve hexadecimal digits (RFC 9562).
    private static func isUUID(_ text: Substring) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy(\.isHexDigit)
    }
}
