import Text

/// A name that several concepts share on purpose, and the words that disambiguate them.
///
/// One line of `vocab/ambiguous.tsv`: the name, its readings as `id=word word|id=word` (may be empty), and the reason
/// why it is shared.  A reading whose words begin with `!` is meant only beside one of them: "RT" beside thalamus is
/// the reticular nucleus, and elsewhere nothing.
package struct Homonym: Sendable, Hashable {
    package let name: String
    package let reason: String
    /// Words of a question that support a reading, folded, by term id.
    package let cues: [String: Set<String>]
    /// The readings that are meant only with one of their words.
    package let bound: Set<String>

    /// Reads the table; lines that start with `#` and the column line are none.
    static func parse(_ text: String) throws(VocabularyError) -> [Homonym] {
        var homonyms: [Homonym] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") && line != "name\tcues\treason" {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 3, !cells[0].isEmpty, !cells[2].isEmpty else {
                throw VocabularyError(
                    kind: .malformed, detail: "ambiguous.tsv: '\(cells[0])' needs a name, cues and a reason")
            }
            var cues: [String: Set<String>] = [:]
            var bound: Set<String> = []
            for reading in cells[1].split(separator: "|") {
                let parts = reading.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else {
                    throw VocabularyError(kind: .malformed, detail: "ambiguous.tsv: '\(reading)' is not id=words")
                }
                if parts[1].hasPrefix("!") { bound.insert(parts[0]) }
                let words = parts[1].drop { $0 == "!" }.split(separator: " ")
                cues[parts[0]] = Set(words.map { Tokenizer.folded(String($0)) })
            }
            homonyms.append(Homonym(name: cells[0], reason: cells[2], cues: cues, bound: bound))
        }
        return homonyms
    }
}

extension Vocabulary {
    /// Whether a term is meant by a name, as written, only beside one of the words that support it.
    package func needsCue(_ number: Int, named name: String) -> Bool {
        guard let key = Tokenizer.key(ofName: name), let homonym = homonymsByKey[key], homonym.name == name
        else { return false }
        return homonym.bound.contains(id(of: number))
    }

    /// How many of the words support a term as the meaning of a name; 0 for names that are no listed homonym.
    package func cueCount(for number: Int, named name: String, among words: [String]) -> Int {
        guard let key = Tokenizer.key(ofName: name), let homonym = homonymsByKey[key] else { return 0 }
        guard let cues = homonym.cues[id(of: number)] else { return 0 }
        return words.count { cues.contains($0) }
    }
}
