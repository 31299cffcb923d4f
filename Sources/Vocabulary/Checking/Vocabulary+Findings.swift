import Records
import Text

extension Vocabulary {
    /// Everything wrong in the tables, kind by kind, in the order of the tables.  Takes seconds at most; meant for
    /// `vocab check` and the tests.
    package func findings() -> [VocabularyFinding] {
        duplicateIDs() + references() + placements() + NameCensus(self).findings() + lexicon.findings()
    }

    private func duplicateIDs() -> [VocabularyFinding] {
        var seen: [String: String] = [:]
        var findings: [VocabularyFinding] = []
        for number in 0..<count {
            let table = place(of: number).table.name
            if let first = seen.updateValue(table, forKey: id(of: number)) {
                findings.append(VocabularyFinding(.duplicateID, id(of: number), "listed in \(first) and in \(table)"))
            }
        }
        return findings
    }

    private func references() -> [VocabularyFinding] {
        dangling.map { VocabularyFinding(.dangling, $0.term, "\($0.column) names \($0.id), which no table has") }
    }

    private func placements() -> [VocabularyFinding] {
        var findings: [VocabularyFinding] = []
        for number in 0..<count {
            let id = id(of: number)
            let direct = parents(of: number)
            if ancestors(of: number).contains(where: { parents(of: $0).contains(number) || $0 == number }) {
                findings.append(VocabularyFinding(.cycle, id, "lies below itself"))
            }
            for parent in direct where facet(of: parent) != facet(of: number) {
                findings.append(
                    VocabularyFinding(
                        .foreignParent, id,
                        "a \(facet(of: number).rawValue) below the \(facet(of: parent).rawValue) \(self.id(of: parent))"
                    ))
            }
            for parent in direct where flags[parent].contains(.obsolete) && !flags[number].contains(.obsolete) {
                findings.append(VocabularyFinding(.obsoleteParent, id, "its parent \(self.id(of: parent)) is obsolete"))
            }
        }
        return findings
    }
}

/// Which terms have which name, as far as text is searched for it.
private struct NameCensus {
    /// A term that has a name.
    private struct Bearer {
        let number: Int
        let kind: NameKind
        let written: String
    }

    private let vocabulary: Vocabulary
    private var bearers: [String: [Bearer]] = [:]

    init(_ vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        for number in 0..<vocabulary.count where vocabulary.flags[number].isDisjoint(with: [.silent, .obsolete]) {
            let (table, line) = vocabulary.place(of: number)
            let columns: [(TermTable.Column, NameKind)] = [
                (.label, .label), (.synonyms, .synonym), (.acronyms, .acronym), (.adjectives, .adjective),
            ]
            for (column, kind) in columns {
                for name in table.values(line, column) {
                    let folded = Tokenizer.tokens(of: Array(name)).map(\.word).joined(separator: " ")
                    let bearer = Bearer(number: number, kind: kind, written: String(decoding: name, as: UTF8.self))
                    guard !folded.isEmpty, bearers[folded]?.contains(where: { $0.number == number }) != true else {
                        continue
                    }
                    bearers[folded, default: []].append(bearer)
                }
            }
        }
    }

    func findings() -> [VocabularyFinding] {
        let listed = Set(vocabulary.homonyms.map { Self.folded($0.name) })
        var findings: [VocabularyFinding] = []
        for (name, all) in bearers.sorted(by: { $0.key < $1.key }) where all.count > 1 && !listed.contains(name) {
            let facets = Dictionary(grouping: all) { vocabulary.facet(of: $0.number) }
            for facet in Facet.allCases {
                let rivals = undecided(among: facets[facet] ?? [])
                guard rivals.count > 1 else { continue }
                findings.append(
                    VocabularyFinding(.ambiguousName, name, "means " + rivals.map(described).joined(separator: ", ")))
            }
            if facets.count > 1, areUndecided(facets.values.map { $0[0] }) {
                findings.append(
                    VocabularyFinding(.sharedName, name, "means " + all.map(described).joined(separator: ", ")))
            }
        }
        return findings + homonymFindings()
    }

    /// Terms of one facet between which nothing decides: not the species, not the kind of name, not the letter case,
    /// not that one holds the other or is the same elsewhere.
    private func undecided(among bearers: [Bearer]) -> [Bearer] {
        bearers.filter { bearer in
            bearers.contains { other in
                other.number != bearer.number && isRival(bearer, other)
                    && !vocabulary.isTerm(bearer.number, within: other.number)
                    && !vocabulary.isTerm(other.number, within: bearer.number)
                    && !vocabulary.counterparts(of: bearer.number).contains(other.number)
            }
        }
    }

    private func areUndecided(_ bearers: [Bearer]) -> Bool {
        bearers.indices.contains { left in
            bearers[..<left].contains { isRival(bearers[left], $0) }
        }
    }

    private func isRival(_ left: Bearer, _ right: Bearer) -> Bool {
        let species = { vocabulary.place(of: $0).table.species }
        if species(left.number) != species(right.number) { return false }
        // A full name wins over an acronym, and its case decides between two.
        if (left.kind == .acronym) != (right.kind == .acronym) { return false }
        if left.kind == .acronym, left.written != right.written { return false }
        return !isWeak(left) && !isWeak(right)
    }

    private func isWeak(_ bearer: Bearer) -> Bool { vocabulary.flags[bearer.number].contains(.weak) }

    /// Lines of the allow list that do not apply.
    private func homonymFindings() -> [VocabularyFinding] {
        vocabulary.homonyms.flatMap { homonym -> [VocabularyFinding] in
            let all = bearers[Self.folded(homonym.name)] ?? []
            var findings: [VocabularyFinding] = []
            // A reading that needs its words is listed although no other has the name.
            if all.count < 2, homonym.bound.isEmpty {
                findings.append(VocabularyFinding(.needlessHomonym, homonym.name, "is not shared"))
            }
            for id in homonym.cues.keys.sorted() where !all.contains(where: { vocabulary.id(of: $0.number) == id }) {
                findings.append(VocabularyFinding(.needlessHomonym, homonym.name, "is no name of \(id)"))
            }
            return findings
        }
    }

    private func described(_ bearer: Bearer) -> String {
        "\(vocabulary.facet(of: bearer.number).rawValue) \(vocabulary.id(of: bearer.number))"
    }

    private static func folded(_ name: String) -> String {
        Tokenizer.tokens(of: Array(name.utf8)).map(\.word).joined(separator: " ")
    }
}
