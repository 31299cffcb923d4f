/// Words and phrases that FTS5 is certain to accept, whatever was typed.
///
/// Every word is quoted and holds only characters that the tokenizer keeps, so no operator of the FTS5 language
/// (https://www.sqlite.org/fts5.html section 3) can come from outside.
package struct MatchExpression: Sendable, Hashable {
    /// The expression in the FTS5 language.
    package let text: String
    /// What the expression joins, without quotes: words, and phrases whose words are separated by a blank.
    let phrases: [String]

    /// Any of the words, or any of the phrases; nil when nothing searchable is left.  A word that holds separators
    /// (`theta-band`) is searched as a phrase.
    package init?(anyOf words: some Sequence<some StringProtocol>, phrases: some Sequence<String> = []) {
        var seen: Set<String> = []
        var found: [String] = []
        func add(_ raw: some StringProtocol) {
            let tokens = MatchExpression.tokens(in: raw)
            guard !tokens.isEmpty else { return }
            let phrase = tokens.joined(separator: " ")
            if seen.insert(phrase).inserted { found.append(phrase) }
        }
        for word in words { add(word) }
        for phrase in phrases { add(phrase) }
        guard !found.isEmpty else { return nil }
        self.phrases = found
        text = found.map { "\"\($0)\"" }.joined(separator: " OR ")
    }

    /// Any of the words of a text; nil when it has none.
    package init?(anyWordOf text: some StringProtocol) {
        self.init(anyOf: MatchExpression.tokens(in: text))
    }

    /// The runs of letters, marks and digits in a text, as FTS5's `unicode61` separates them, in lower case.
    private static func tokens(in text: some StringProtocol) -> [String] {
        var tokens: [String] = []
        var current = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isSearchable(scalar) {
                current.append(scalar)
            } else if !current.isEmpty {
                tokens.append(String(current).lowercased())
                current = .init()
            }
        }
        if !current.isEmpty { tokens.append(String(current).lowercased()) }
        return tokens
    }

    private static func isSearchable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
            true
        default: false
        }
    }
}
