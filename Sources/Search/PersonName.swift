import Text

/// A person's name as sources and questions write it, in folded words: `Buzsáki, György`, `György Buzsáki`,
/// `G. Buzsaki`, `Buzsaki G`, `Buzsáki`.
///
/// Two names are compatible where one can be the other: the same family name, and given names that agree as far as both
/// are written, an initial with every name that it begins.  Not decided is what names alone cannot tell: one person of
/// two names, two of one.
struct PersonName: Sendable, Hashable {
    /// Ways to part the words into family and given names; one where a comma or initials say it.
    let readings: [Reading]

    struct Reading: Sendable, Hashable {
        let family: [String]
        let given: [String]
    }

    /// - Parameter isAnyOrder: the family name may be written first without a comma, as people ask.
    init(_ written: String, isAnyOrder: Bool = false) {
        let pieces = written.split(separator: ",", omittingEmptySubsequences: false)
        let hasLowercase = written.contains(where: \.isLowercase)
        func words(_ text: Substring) -> [[String]] {
            text.split(whereSeparator: \.isWhitespace).map { Self.words(of: $0, splitsInitials: hasLowercase) }
                .filter { !$0.isEmpty }
        }
        let first = words(pieces.first ?? "")
        if pieces.count > 1, !first.isEmpty {
            readings = [Reading(family: first.flatMap(\.self), given: words(pieces[1]).flatMap(\.self))]
            return
        }
        let text = pieces.first ?? ""
        // "Smith JA", as libraries write it.
        if first.count > 1, hasLowercase, let last = text.split(whereSeparator: \.isWhitespace).last,
            Self.isInitials(last), text.first?.isUppercase == true
        {
            readings = [Reading(family: first.dropLast().flatMap(\.self), given: first[first.count - 1])]
            return
        }
        var readings: [Reading] = []
        // An initial begins no family name.
        func canBegin(_ place: Int) -> Bool { first[place] != [first[place][0].prefix(1).description] }
        for place in first.indices.reversed()
        where (place > 0 || isAnyOrder || first.count == 1) && (place == first.count - 1 || canBegin(place)) {
            readings.append(
                Reading(family: first[place...].flatMap(\.self), given: first[..<place].flatMap(\.self)))
        }
        if isAnyOrder, first.count > 1 {
            for place in 1..<first.count where place == 1 || canBegin(0) {
                readings.append(
                    Reading(family: first[..<place].flatMap(\.self), given: first[place...].flatMap(\.self)))
            }
        }
        self.readings = readings
    }

    /// Whether one may be the name of whom the other names.  A family name of several words is met by its last ones:
    /// "Meer" is van der Meer.
    func isCompatible(with other: PersonName) -> Bool {
        readings.contains { asked in
            other.readings.contains { known in
                known.family.count >= asked.family.count && known.family.suffix(asked.family.count) == asked.family[...]
                    && Self.agree(asked.given, known.given)
            }
        }
    }

    /// Whether given names agree as far as both are written: in order, those that only one has passed over.  The first
    /// ones must be the same, but for an initial that people leave out: "R. Clay" is "Clay".
    private static func agree(_ one: [String], _ other: [String]) -> Bool {
        let (short, long) = one.count <= other.count ? (one, other) : (other, one)
        guard let first = short.first, let lead = long.first else { return true }
        var rest = long[...]
        if !isSame(first, lead) {
            guard lead.count == 1, long.count > short.count else { return false }
            rest = rest.dropFirst()
            guard let next = rest.first, isSame(first, next) else { return false }
        }
        rest = rest.dropFirst()
        for name in short.dropFirst() {
            guard let place = rest.firstIndex(where: { isSame(name, $0) }) else { return false }
            rest = rest[(place + 1)...]
        }
        return true
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        one == other || ((one.count == 1 || other.count == 1) && one.first == other.first)
    }

    private static func words(of text: Substring, splitsInitials: Bool) -> [String] {
        let words = Tokenizer.tokens(of: String(text)).map(\.word)
        guard splitsInitials, words.count == 1, isInitials(text) else { return words }
        return words[0].map(String.init)
    }

    /// `G`, `JA`, `R.D.`: up to three capitals and nothing else but full stops.
    private static func isInitials(_ text: Substring) -> Bool {
        let letters = text.filter { $0 != "." && $0 != "-" }
        return (1...3).contains(letters.count) && letters.allSatisfy { $0.isLetter && $0.isUppercase }
    }
}
