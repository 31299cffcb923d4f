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
        let text: ReadText
        let part: Int?
    }

    /// A mention with the terms it may mean, one a facet.
    private struct Found {
        let field: Int
        let mention: Mention
        let meanings: [NameMatch]
        /// How the name is written, where that is not as it stands in the tables.
        let form: String?
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
        let fields = texts(of: record)
        var own = OwnAcronyms()
        for field in fields { own.read(field.text) }
        let found = fields.indices.flatMap { mentions(in: $0, of: fields, own: own, species: species) }
        // Terms that the record calls by a full name, and what lies above them.
        var named = stated
        for found in found {
            for match in found.meanings where match.via != .acronym {
                if named.insert(match.number).inserted { named.formUnion(known(match.number).ancestors) }
            }
        }
        for (number, field) in fields.enumerated() {
            var facets: [Int: Set<Facet>] = [:]
            for found in found where found.field == number {
                let full = found.meanings.filter { $0.via != .acronym }.map { vocabulary.facet(of: $0.number) }
                guard !full.isEmpty else { continue }
                facets[field.text.sentence(of: found.mention.firstToken).lowerBound, default: []].formUnion(full)
            }
            let judge = MentionJudge(
                text: field.text, cues: cues, english: vocabulary.english, own: own, namedFacets: facets)
            let negation = Negation(lexicon: vocabulary.lexicon)
            for found in found where found.field == number {
                let mention = found.mention
                let meanings = found.meanings.filter { !stated.contains($0.number) }
                guard !meanings.isEmpty,
                    !judge.isNoName(mention, of: Set(meanings.map { vocabulary.facet(of: $0.number) })),
                    !negation.negates(mention, tokens: field.text.tokens, bytes: field.text.bytes)
                else { continue }
                for match in meanings {
                    let term = known(match.number)
                    let isSupported =
                        match.via == .acronym
                        && (named.contains(match.number)
                            || vocabulary.parents(of: match.number).contains(where: named.contains))
                    guard let verdict = judge.verdict(on: mention, match, of: term, isSupported: isSupported) else {
                        continue
                    }
                    let evidence = Evidence(
                        verdict.kind, provenance: field.provenance,
                        rule: found.form.map { "\(verdict.rule), \($0)" } ?? verdict.rule,
                        words: String(decoding: field.text.bytes[mention.start..<mention.end], as: UTF8.self),
                        start: mention.start, end: mention.end)
                    add(match.number, part: field.part, evidence: evidence, into: &tags)
                }
            }
        }
    }

    private func texts(of record: Record) -> [Field] {
        func field(_ provenance: String, _ text: String, part: Int? = nil, isRunning: Bool) -> Field {
            Field(
                provenance: provenance, text: ReadText(text, isRunning: isRunning, cues: cues),
                part: part)
        }
        return [
            field("title", record.title, isRunning: false),
            field("description", record.description, isRunning: true),
        ] + record.keywords.map { field("keywords", $0, isRunning: false) }
            + record.passages.lazy.filter(\.isEvidence).map {
                field($0.field, $0.text, part: $0.part, isRunning: $0.text.utf8.count > 120)
            }
    }

    /// The mentions of one text, those that are written apart or inside other names included.
    private func mentions(
        in number: Int, of fields: [Field], own: OwnAcronyms, species: Set<String>
    ) -> [Found] {
        let text = fields[number].text
        var result: [Found] = []
        func add(_ mention: Mention, form: String? = nil) {
            let meanings = unambiguous(mention, in: text.bytes, own: own, species: species)
            if !meanings.isEmpty {
                result.append(Found(field: number, mention: mention, meanings: meanings, form: form))
            }
        }
        let joints = NameJoints(vocabulary: vocabulary, cues: cues)
        for mention in vocabulary.mentions(in: text.bytes, tokens: text.tokens) {
            if let part = joints.part(mention, in: text) { add(part, form: "with its part") } else { add(mention) }
            for inner in inner(mention, of: text) { add(inner, form: "inside a longer name") }
            if let next = overlapping(mention, of: text) { add(next, form: "inside a longer name") }
        }
        for mention in joints.joined(in: text) { add(mention, form: "joined by a conjunction") }
        if number == 0 { for mention in written(inOneWord: text) { add(mention, form: "in one word") } }
        return result
    }

    /// Names of something else inside a longer name of what was done: the virus of "injected with AAV".
    private func inner(_ mention: Mention, of text: ReadText) -> [Mention] {
        guard mention.endToken - mention.firstToken > 1, mention.via != .acronym else { return [] }
        let outer = Set(mention.numbers.map { vocabulary.facet(of: $0) })
        guard outer.isSubset(of: [.procedure, .manipulation, .technique, .signal]) else { return [] }
        var found: [Mention] = []
        for first in [mention.firstToken, mention.firstToken + 1] {
            let end = first == mention.firstToken ? mention.endToken - 1 : mention.endToken
            for inner in vocabulary.mentions(in: text.bytes, tokens: Array(text.tokens[first..<end])) {
                let candidates = inner.candidates.filter {
                    let facet = vocabulary.facet(of: $0.number)
                    return !outer.contains(facet) && (facet == .agent || facet == .region)
                        || facet == .signal && inner.endToken - inner.firstToken > 1
                }
                guard !candidates.isEmpty else { continue }
                found.append(
                    Mention(
                        start: inner.start, end: inner.end, firstToken: first + inner.firstToken,
                        endToken: first + inner.endToken, candidates: candidates, isCorrected: false))
            }
        }
        return found
    }

    /// A name that begins with the last word of another: the field potentials of "evoked field potentials".
    private func overlapping(_ mention: Mention, of text: ReadText) -> Mention? {
        let first = mention.endToken - 1
        guard first > mention.firstToken, mention.via != .acronym else { return nil }
        let tokens = Array(text.tokens[first..<min(first + 5, text.tokens.count)])
        guard let next = vocabulary.mentions(in: text.bytes, tokens: tokens).first, next.firstToken == 0,
            next.endToken > 1, next.via != .acronym
        else { return nil }
        return Mention(
            start: next.start, end: next.end, firstToken: first, endToken: first + next.endToken,
            candidates: next.candidates, isCorrected: false)
    }

    /// Names in a title that is one word: "HippocampusRewardDataset".
    private func written(inOneWord text: ReadText) -> [Mention] {
        text.tokens.enumerated().flatMap { index, token -> [Mention] in
            let pieces = CapitalPieces.split(token, in: text.bytes)
            guard pieces.count > 1 else { return [] }
            return vocabulary.mentions(in: text.bytes, tokens: pieces).filter { $0.via != .acronym }.map {
                Mention(
                    start: $0.start, end: $0.end, firstToken: index, endToken: index + 1, candidates: $0.candidates,
                    isCorrected: false)
            }
        }
    }

    /// The terms a mention surely means: at most one a facet, none where it is a homonym.
    private func unambiguous(
        _ mention: Mention, in bytes: [UInt8], own: OwnAcronyms, species: Set<String>
    ) -> [NameMatch] {
        let words = bytes[mention.start..<mention.end]
        let isDefined = own.definition(of: words) != nil
        // Inner capitals are somebody's own spelling: "BrainSTEM" is the portal, not the brainstem.
        let own = isMixedCase(words) ? mention.candidates.filter(\.isExactCase) : []
        var candidates = (own.isEmpty ? mention.candidates : own).filter {
            isInferable(known($0.number).term) && isTelling($0, words: words, isDefined: isDefined)
        }
        // Most mentions can be one term only.
        if candidates.count < 2 { return candidates }
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
            return first.first { top in
                first.allSatisfy { $0.number == top.number || known($0.number).ancestors.contains(top.number) }
            }
        }
    }

    /// Whether the words are surely meant as a name.  In running text, an acronym that is also an English word is the
    /// word, whatever its case ("the POST epoch"), unless its capitals are inside ("PoM"); two letters mean too much,
    /// unless one is a digit (V1, S1) or they are of an animal or a cell ("WT mice"); a region's acronym without a
    /// digit counts in its own case only; and a name that is a word but for its capitals ("DiD", "Jaws") needs them.
    private func isTelling(_ match: NameMatch, words: ArraySlice<UInt8>, isDefined: Bool) -> Bool {
        let lower = words.map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }
        let term = known(match.number).term
        guard match.via == .acronym else {
            guard !match.isExactCase, !lower.contains(0x20) else { return true }
            let key = Tokenizer.key(of: Tokenizer.tokens(of: lower))
            let written = ([term.label] + term.synonyms).filter { Tokenizer.key(ofName: $0) == key }
            // "vaso" is no VASO.
            let isLower = words.elementsEqual(lower)
            if isLower, !written.isEmpty, written.allSatisfy(isAllCapitals) { return false }
            guard vocabulary.english.contains(lower) else { return true }
            if isLower, !written.isEmpty, term.facet == .agent || term.facet == .device,
                written.allSatisfy({ $0.utf8.first.map { (65...90).contains($0) } ?? false })
            {
                return false
            }
            return ([term.label] + term.synonyms).allSatisfy { name in
                !name.utf8.elementsEqual(lower) { $0 | 0x20 == $1 } || name.utf8.dropFirst().allSatisfy { $0 >= 0x61 }
            }
        }
        // What the record defines is judged by its definition.
        if isDefined { return true }
        let hasDigit = lower.contains { (48...57).contains($0) }
        if lower.count <= 2, !hasDigit {
            return match.isExactCase && (term.facet == .strain || term.facet == .celltype) && isCapitals(words)
        }
        if vocabulary.english.contains(lower), !(isMixedCase(words) && match.isExactCase) { return false }
        return match.isExactCase || hasDigit || term.facet != .region
    }

    private func isCapitals(_ words: ArraySlice<UInt8>) -> Bool { words.allSatisfy { (65...90).contains($0) } }

    private func isAllCapitals(_ name: String) -> Bool {
        name.utf8.count > 2 && name.utf8.allSatisfy { (65...90).contains($0) }
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
