import Vocabulary

extension Parse {
    /// Parses a question in which names are known.
    init(_ question: Question, mentions: [Mention]) {
        units = Tagger(question: question, mentions: mentions).units()
        clauses = ClauseReader(question: question, units: units).read()
        (phrases, lists) = PhraseReader(question: question, units: units, clauses: clauses).read()
    }

    /// The index of the phrase that a token stands in.
    func phrase(at token: Int) -> Int? {
        phrases.firstIndex { tokens(of: $0).contains(token) }
    }

    /// The phrase that another tells more about; for a further member of a list, that of its first.
    func governor(of phrase: Int) -> Int? {
        var at = phrase
        while phrases[at].relation == .conj, let first = phrases[at].governor { at = first }
        return phrases[at].governor
    }

    /// The index of the clause that a token stands in.
    func clause(ofToken token: Int) -> Int? {
        clauses.firstIndex { clause in
            units[clause.units.lowerBound].tokens.lowerBound <= token
                && token < units[clause.units.upperBound - 1].tokens.upperBound
        }
    }

    /// Tokens of a clause.
    func tokens(of clause: Clause) -> Range<Int> {
        units[clause.units.lowerBound].tokens.lowerBound..<units[clause.units.upperBound - 1].tokens.upperBound
    }

    /// Tokens of a phrase.
    func tokens(of phrase: Phrase) -> Range<Int> {
        units[phrase.units.lowerBound].tokens.lowerBound..<units[phrase.units.upperBound - 1].tokens.upperBound
    }
}

extension Question {
    /// A parse written for people: a line for each clause with its words, then its phrases and lists.
    func text(of parse: Parse) -> String {
        func written(_ unit: Int) -> String { self.written(parse.units[unit].tokens) }
        func written(_ phrase: Parse.Phrase) -> String { self.written(parse.tokens(of: phrase)) }
        var lines: [String] = []
        for clause in parse.clauses {
            let words = clause.units.map { "\(written($0))/\(parse.units[$0].tag.rawValue)" }
            lines.append("\(clause.sentence + 1) \(clause.kind.rawValue): \(words.joined(separator: " "))")
            for phrase in parse.phrases where clause.units.contains(phrase.head) {
                let lead = phrase.preposition.map { written($0) + " " } ?? ""
                let governor = phrase.governor.map { " of \(written(parse.phrases[$0].head))" } ?? ""
                lines.append(
                    "    \(lead)[\(written(phrase))] head \(written(phrase.head)), \(phrase.relation.rawValue)\(governor)"
                )
            }
            for (name, tokens) in cues(in: parse.tokens(of: clause)) {
                lines.append("    cue \(name): \(self.written(tokens))")
            }
            for list in parse.lists where clause.units.contains(parse.phrases[list.members[0]].head) {
                let members = list.members.map { written(parse.phrases[$0]) }
                lines.append("    list (\(list.joint.rawValue)): \(members.joined(separator: " | "))")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Words and phrases of a clause that turn, compare or explain, the longest that stands there.
    private func cues(in tokens: Range<Int>) -> [(name: String, tokens: Range<Int>)] {
        var cues: [(name: String, tokens: Range<Int>)] = []
        var index = tokens.lowerBound
        while index < tokens.upperBound {
            let longest = Self.cueLists.compactMap { name, list in
                phraseLength(list, at: index).map { (name: name, length: $0) }
            }.max { $0.length < $1.length }
            if let longest { cues.append((longest.name, index..<(index + longest.length))) }
            index += longest?.length ?? 1
        }
        return cues
    }

    private static let cueLists: [(String, Lexicon.List)] = [
        ("no negation", .notNegation), ("negation", .negation), ("negation", .denialAfter),
        ("indifference", .indifferenceBefore), ("indifference", .indifferenceAfter), ("preference", .wishBefore),
        ("preference", .wishNear), ("preference", .wishAfter), ("example", .illustration), ("example", .example),
        ("family", .inclusion), ("background", .background), ("complaint", .complaint),
    ]
}
