package import Records
package import Text

/// Words of a text that name terms.
package struct Mention: Sendable, Hashable {
    /// UTF-8 byte offsets into the text.
    package let start: Int
    package let end: Int
    /// Index of the first token and of the one after the last.
    package let firstToken: Int
    package let endToken: Int
    /// The terms that have the name, best kind of name first, then in the order of the tables.
    package let candidates: [NameMatch]
    /// The name was found only after correcting a slip of the pen.
    package let isCorrected: Bool

    /// Numbers of the candidates.
    package var numbers: [Int] { candidates.map(\.number) }
    /// How the best candidate has the name.
    package var via: NameKind { candidates[0].via }
    /// Several terms have the name.
    package var isAmbiguous: Bool { Set(candidates.map(\.number)).count > 1 }

    package init(
        start: Int, end: Int, firstToken: Int, endToken: Int, candidates: [NameMatch], isCorrected: Bool
    ) {
        self.start = start
        self.end = end
        self.firstToken = firstToken
        self.endToken = endToken
        self.candidates = candidates
        self.isCorrected = isCorrected
    }
}

extension Vocabulary {
    /// The terms named in running text: longest match first, left to right, no overlaps.  Linear in the text.
    ///
    /// Acronyms match in their exact case, or in any case when they have three letters or a digit and are no English
    /// word.  With `correctingTypos`, words that are neither English nor part of any name are corrected first.
    package func mentions(in text: String, correctingTypos: Bool = false) -> [Mention] {
        let bytes = Array(text.utf8)
        return mentions(in: bytes, tokens: Tokenizer.tokens(of: bytes), correctingTypos: correctingTypos)
    }

    /// The same over tokens that are at hand.
    package func mentions(in bytes: [UInt8], tokens: [Token], correctingTypos: Bool = false) -> [Mention] {
        var keys = tokens.map(\.key)
        var corrected = Set<Int>()
        if correctingTypos {
            for (index, token) in tokens.enumerated() where needsCorrection(token) {
                guard let word = names.words.correction(of: token.folded) else { continue }
                keys[index] = WordHash.of(word)
                corrected.insert(index)
            }
        }
        var mentions: [Mention] = []
        var index = 0
        while index < tokens.count {
            if let mention = longestMention(at: index, keys: keys, tokens: tokens, bytes: bytes, corrected: corrected)
                ?? joinedMention(at: index, keys: keys, tokens: tokens, bytes: bytes)
            {
                mentions.append(mention)
                index = mention.endToken
            } else {
                index += 1
            }
        }
        return mentions
    }

    private func needsCorrection(_ token: Token) -> Bool { token.folded.count >= 5 && isUnknown(token) }

    /// Whether a word is neither English nor part of any name.
    package func isUnknown(_ token: Token) -> Bool {
        guard !names.words.contains(token) else { return false }
        // Names joined to one word ("twophoton") are known in this form.
        guard names.heads[token.key] == nil, !english.contains(token.folded) else { return false }
        return silentNames.value.heads[token.key] == nil
    }

    /// "Pre-frontal cortex", "opto-genetics": a word that the tables write without its hyphen.
    private func joinedMention(at first: Int, keys: [UInt64], tokens: [Token], bytes: [UInt8]) -> Mention? {
        guard first + 1 < tokens.count, tokens[first].end + 1 == tokens[first + 1].start,
            bytes[tokens[first].end] == UInt8(ascii: "-")
        else { return nil }
        let joined = tokens[first].folded + tokens[first + 1].folded
        guard joined.count >= 7, joined.allSatisfy({ $0 >= 0x61 && $0 <= 0x7a }),
            names.words.contains(WordHash.of(joined))
        else { return nil }
        var keys = keys
        keys[first + 1] = WordHash.of(joined)
        guard let rest = longestMention(at: first + 1, keys: keys, tokens: tokens, bytes: bytes, corrected: [first + 1])
        else { return nil }
        return Mention(
            start: tokens[first].start, end: rest.end, firstToken: first, endToken: rest.endToken,
            candidates: rest.candidates, isCorrected: false)
    }

    private func longestMention(
        at first: Int, keys: [UInt64], tokens: [Token], bytes: [UInt8], corrected: Set<Int>
    ) -> Mention? {
        var key = keys[first]
        var end = first + 1
        var best: Mention?
        while true {
            let isCorrected = (first..<end).contains { corrected.contains($0) }
            let matches = candidates(
                key: key, written: bytes[tokens[first].start..<tokens[end - 1].end], isCorrected: isCorrected)
            if !matches.isEmpty {
                best = Mention(
                    start: tokens[first].start, end: tokens[end - 1].end, firstToken: first, endToken: end,
                    candidates: matches, isCorrected: isCorrected)
            }
            guard end < tokens.count, names.isBeginning(key), isSameName(tokens[end - 1], tokens[end], bytes) else {
                break
            }
            key = WordHash.chain(key, keys[end])
            end += 1
        }
        return best
    }

    /// Names do not run over the end of a clause.
    private func isSameName(_ left: Token, _ right: Token, _ bytes: [UInt8]) -> Bool {
        let between = bytes[left.end..<right.start]
        if between.count == 1, between.first != UInt8(ascii: ";"), between.first != UInt8(ascii: "\n") { return true }
        if between.count > 4 || SentenceEnd.isBetween(left, right, in: bytes) { return false }
        return !between.contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "?") }
    }

    /// Terms whose name has a key, as far as the written form allows.
    private func candidates(key: UInt64, written: ArraySlice<UInt8>, isCorrected: Bool) -> [NameMatch] {
        let entries = names.entries(for: key)
        if entries.isEmpty { return [] }
        var found: [NameMatch] = []
        for entry in entries {
            let name = tables[Int(entry.table)].bytes[Int(entry.start)..<Int(entry.end)]
            let isExact = name.elementsEqual(written)
            if entry.kind == .acronym, !isExact {
                if isCorrected || !allowsAnyCase(acronym: name, written: written) { continue }
            }
            if let known = found.firstIndex(where: { $0.number == Int(entry.term) }) {
                if isExact, !found[known].isExactCase {
                    found[known] = NameMatch(number: found[known].number, via: found[known].via, isExactCase: true)
                }
                continue
            }
            found.append(NameMatch(number: Int(entry.term), via: entry.kind, isExactCase: isExact))
        }
        return found.enumerated().sorted { ($0.element.via, $0.offset) < ($1.element.via, $1.offset) }.map(\.element)
    }

    /// Whether an acronym may be written in another case: it has three letters or a digit, and is no English word.
    private func allowsAnyCase(acronym: ArraySlice<UInt8>, written: ArraySlice<UInt8>) -> Bool {
        let lower = written.map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }
        let hasDigit = lower.contains { $0 >= 0x30 && $0 <= 0x39 }
        // A plural "s" behind capitals ("LFPs") is no change of case.
        if written.count == acronym.count + 1, written.last == UInt8(ascii: "s"),
            written.dropLast().elementsEqual(acronym)
        {
            return true
        }
        // "waxholm v4", "pre-processing": versions and prefixes, not areas.
        if lower.count == 2, lower[0] == UInt8(ascii: "v"), lower[1] > UInt8(ascii: "1") { return false }
        if Self.prefixes.contains(lower) || Self.months.contains(lower) { return false }
        guard lower.count >= 3 || (hasDigit && lower.count >= 2) else { return false }
        return hasDigit || !english.contains(lower)
    }

    private static let months: Set<[UInt8]> = Set(
        ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map { Array($0.utf8) })
    private static let prefixes: Set<[UInt8]> = Set(
        ["pre", "post", "non", "sub", "anti", "inter", "intra", "multi", "co", "de", "re"].map { Array($0.utf8) })

    /// The terms that text is read for with a name made of these words; acronyms are no such words.
    package func terms(named tokens: [Token]) -> [NameMatch] {
        guard let key = Tokenizer.key(of: tokens) else { return [] }
        var found: [NameMatch] = []
        for entry in names.entries(for: key) where entry.kind != .acronym {
            if found.contains(where: { $0.number == Int(entry.term) }) { continue }
            found.append(NameMatch(number: Int(entry.term), via: entry.kind, isExactCase: false))
        }
        return found
    }

    /// Terms of a facet with a name, silent ones included; the scheme narrows to one table.  Letter case only decides
    /// the order: exact first.
    package func terms(named name: String, facet: Facet, scheme: String? = nil) -> [NameMatch] {
        guard let key = Tokenizer.key(ofName: name) else { return [] }
        var found: [NameMatch] = []
        for entry in names.entries(for: key) + silentNames.value.entries(for: key) {
            let table = tables[Int(entry.table)]
            guard table.facet == facet else { continue }
            if let scheme, table.scheme != scheme, !table.aliases.contains(scheme) { continue }
            if flags[Int(entry.term)].contains(.obsolete) { continue }
            let isExact = table.bytes[Int(entry.start)..<Int(entry.end)].elementsEqual(name.utf8)
            if found.contains(where: { $0.number == Int(entry.term) }) { continue }
            found.append(NameMatch(number: Int(entry.term), via: entry.kind, isExactCase: isExact))
        }
        return found.sorted { left, right in
            (left.isExactCase ? 0 : 1, left.via, left.number) < (right.isExactCase ? 0 : 1, right.via, right.number)
        }
    }
}
