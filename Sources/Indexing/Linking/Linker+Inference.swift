internal import Records
internal import Text
internal import Vocabulary

extension Linker {
    /// Formats whose names in a text mean the data themselves; "MATLAB" or "video" need not.
    private static let formats: Set<String> = [
        "nwb", "bids", "neurodata without borders", "brain imaging data structure",
    ]

    /// A text of a record and its field.
    private struct Field {
        let provenance: String
        let text: String
        let part: Int?
    }

    /// Adds what title, description, keywords and evidence passages mention and nothing states.
    func infer(from record: Record, species: Set<String>, into tags: inout TagList) {
        // What is stated of the record needs no weaker witness, and neither does what lies above it.
        var stated: Set<Int> = []
        for tag in tags.all {
            guard let number = vocabulary.number(of: tag.term) else { continue }
            stated.insert(number)
            stated.formUnion(known(number).ancestors)
        }
        var fields = [
            Field(provenance: "title", text: record.title, part: nil),
            Field(provenance: "description", text: record.description, part: nil),
        ]
        fields += record.keywords.map { Field(provenance: "keywords", text: $0, part: nil) }
        fields += record.passages.lazy.filter(\.isEvidence).map {
            Field(provenance: $0.field, text: $0.text, part: $0.part)
        }
        for field in fields { infer(from: field, species: species, stated: stated, into: &tags) }
    }

    private func infer(from field: Field, species: Set<String>, stated: Set<Int>, into tags: inout TagList) {
        let bytes = Array(field.text.utf8)
        let tokens = Tokenizer.tokens(of: bytes)
        let negation = Negation(lexicon: vocabulary.lexicon)
        for mention in vocabulary.mentions(in: bytes, tokens: tokens) {
            let chosen = unambiguous(mention, in: bytes, species: species).filter { !stated.contains($0) }
            guard !chosen.isEmpty, !negation.negates(mention, tokens: tokens, bytes: bytes) else { continue }
            let evidence = Evidence(
                .inferred, provenance: field.provenance, rule: "\(mention.via)",
                words: String(decoding: bytes[mention.start..<mention.end], as: UTF8.self), start: mention.start,
                end: mention.end)
            for number in chosen { add(number, part: field.part, evidence: evidence, into: &tags) }
        }
    }

    /// The terms a mention surely means: at most one a facet, none where it is a homonym.
    private func unambiguous(_ mention: Mention, in bytes: [UInt8], species: Set<String>) -> [Int] {
        let words = bytes[mention.start..<mention.end]
        // Inner capitals are somebody's own spelling: "BrainSTEM" is the portal, not the brainstem.
        let own = isMixedCase(words) ? mention.candidates.filter(\.isExactCase) : []
        var candidates = (own.isEmpty ? mention.candidates : own).filter {
            isInferable(known($0.number).term) && isTelling($0, words: words)
        }
        // Most mentions can be one term only.
        if candidates.count < 2 { return candidates.map(\.number) }
        // A label outweighs the same letters as somebody's acronym.
        let full = candidates.filter { $0.via == .label || $0.via == .synonym }
        if !full.isEmpty { candidates = full }
        let facets = Set(candidates.map { known($0.number).term.facet })
        if full.isEmpty, facets.count > 1 { return [] }
        // Nearly every mention is of one facet, which needs no order.
        let ordered = facets.count < 2 ? Array(facets) : Facet.allCases.filter(facets.contains)
        return ordered.compactMap { facet in
            let bearers = candidates.filter { known($0.number).term.facet == facet }
            let rank = bearers.map { speciesRank($0, species) }.min()
            let first = bearers.filter { speciesRank($0, species) == rank }
            // Several terms are one meaning when all are below one of them.
            return first.map(\.number).first { top in
                first.allSatisfy { $0.number == top || known($0.number).ancestors.contains(top) }
            }
        }
    }

    /// Whether the words are surely meant as a name.  In running text, an acronym that is also an English word is the
    /// word, whatever its case ("the POST epoch"), unless its capitals are inside ("PoM"); two letters mean too much,
    /// unless one is a digit (V1, S1); a region's acronym without a digit counts in its own case only; and a name that
    /// is a word but for its capitals ("DiD") needs them.
    private func isTelling(_ match: NameMatch, words: ArraySlice<UInt8>) -> Bool {
        let lower = words.map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }
        let term = known(match.number).term
        guard match.via == .acronym else {
            guard !match.isExactCase, vocabulary.english.contains(lower) else { return true }
            return ([term.label] + term.synonyms).allSatisfy { name in
                !name.utf8.elementsEqual(lower) { $0 | 0x20 == $1 } || name.utf8.dropFirst().allSatisfy { $0 >= 0x61 }
            }
        }
        let hasDigit = lower.contains { (48...57).contains($0) }
        if vocabulary.english.contains(lower), !(isMixedCase(words) && match.isExactCase) { return false }
        if lower.count <= 2, !hasDigit { return false }
        return match.isExactCase || hasDigit || term.facet != .region
    }

    private func isMixedCase(_ words: ArraySlice<UInt8>) -> Bool {
        words.dropFirst().contains { (65...90).contains($0) } && words.contains { (97...122).contains($0) }
    }

    private func isInferable(_ term: Term) -> Bool {
        if !term.flags.isDisjoint(with: [.weak, .silent, .obsolete])
            || !term.facet.descriptor.traits.contains(.inferred)
        {
            return false
        }
        guard term.facet == .format else { return true }
        return ([term.label] + term.synonyms + term.acronyms).contains { Linker.formats.contains($0.lowercased()) }
    }
}
