internal import Records
internal import Text
internal import Vocabulary

/// What a mention of a term is worth.
struct Verdict: Sendable {
    let kind: Evidence.Kind
    /// The kind of name, and what spoke for or against it: `acronym, defined here`.
    let rule: String
}

/// Judges the mentions of one text: whether they are names at all, whether they speak of the data, and how surely.
///
/// The rules and what each was measured to be worth are in `docs/tag-precision.md`.
struct MentionJudge {
    let text: ReadText
    let cues: ReadingCues
    let english: EnglishWords
    let own: OwnAcronyms
    /// The facets of which a sentence holds a full name, by its first word.
    let namedFacets: [Int: Set<Facet>]

    /// Whether words are no name here: part of an address, of a longer name of something else, or taken back.
    func isNoName(_ mention: Mention, of facets: Set<Facet>) -> Bool {
        if text.zone(of: mention.firstToken) == .aside { return true }
        if text.isRunning, AddressShape.matches(text.chunk(around: mention.start..<mention.end), cues: cues) {
            return true
        }
        return goesOn(mention, isRegion: facets.contains(.region)) || isOfProperName(mention)
            || isTakenBack(mention, isOfDisease: facets.contains(.disease)) || isWithinOther(mention)
    }

    /// "Centre for Human Brain Health", "D. cerebrum": words of the name of an institution or of an organism.
    private func isOfProperName(_ mention: Mention) -> Bool {
        guard text.isRunning else { return false }
        let isCapitalized = isCapital(text.bytes[mention.start])
        let before = mention.firstToken - 1
        if before >= 0, !isCapitalized, text.tokens[before].end - text.tokens[before].start == 1,
            isCapital(text.bytes[text.tokens[before].start]),
            text.between(before, mention.firstToken).elementsEqual(". ".utf8)
        {
            return true
        }
        guard isCapitalized else { return false }
        let near = max(0, mention.firstToken - 3)..<min(text.tokens.count, mention.endToken + 3)
        return near.contains { index in
            cues.has(.institutionName, text.tokens[index]) && isCapital(text.bytes[text.tokens[index].start])
                && isProper(index, mention)
        }
    }

    /// Whether all between a word and a mention has capitals or is a little word, with spaces only.
    private func isProper(_ index: Int, _ mention: Mention) -> Bool {
        let range = index < mention.firstToken ? index..<mention.firstToken : (mention.endToken - 1)..<index
        return range.allSatisfy { place in
            text.between(place, place + 1).elementsEqual(" ".utf8)
                && (isCapital(text.bytes[text.tokens[place].start])
                    || text.tokens[place].end - text.tokens[place].start < 4)
        }
    }

    /// "Ca2+", "S2-8": a short name goes on behind the words.  "PV+ cells" have the marker.
    private func goesOn(_ mention: Mention, isRegion: Bool) -> Bool {
        guard mention.endToken == mention.firstToken + 1, mention.end < text.bytes.count,
            mention.end - mention.start < 6
        else { return false }
        let next = text.bytes[mention.end]
        if next == UInt8(ascii: "+") { return isRegion }
        return next == UInt8(ascii: "-") && mention.end + 1 < text.bytes.count && isDigit(text.bytes[mention.end + 1])
            && text.bytes[mention.start..<mention.end].contains { isDigit($0) || isCapital($0) }
    }

    /// "Sham lesion", "pseudo-sleep", "SWS-like"; a "delirium-like behavior" is how an animal has a disease.
    private func isTakenBack(_ mention: Mention, isOfDisease: Bool) -> Bool {
        if mention.firstToken > 0 {
            let between = text.between(mention.firstToken - 1, mention.firstToken)
            if between.count == 1, cues.has(.hedge, text.tokens[mention.firstToken - 1]) { return true }
        }
        guard mention.endToken < text.tokens.count else { return false }
        let between = text.between(mention.endToken - 1, mention.endToken)
        let isJoined = between.elementsEqual("-".utf8) || between.elementsEqual("\u{2011}".utf8)
        return isJoined && !isOfDisease && cues.has(.hedgeEnding, text.tokens[mention.endToken])
    }

    /// "Virtual environment", "slice timing", "computer mouse".
    private func isWithinOther(_ mention: Mention) -> Bool {
        for start in max(0, mention.firstToken - 3)...mention.firstToken {
            let length = cues.length(of: .otherMeaning, at: start, in: text.tokens)
            if length > 0, start + length > mention.firstToken, length >= mention.endToken - mention.firstToken {
                return true
            }
        }
        return false
    }

    /// How much a mention of a term by a kind of name is worth; nil where it is none.
    func verdict(
        on mention: Mention, _ match: NameMatch, of term: Linker.KnownTerm, isSupported: Bool
    ) -> Verdict? {
        let facet = term.term.facet
        var cue: String?
        if match.via == .acronym {
            guard let sign = acronymSign(mention, match, term, isSupported: isSupported) else { return nil }
            if !sign.isSure { return Verdict(kind: .hinted, rule: "acronym, \(sign.cue)") }
            cue = sign.cue
        } else if !match.isExactCase, isInCapitals(mention) {
            return Verdict(kind: .hinted, rule: "\(match.via), in capitals")
        } else if text.isRunning || facet.isEasilyMistaken, isEveryday(mention, match, facet) {
            return Verdict(kind: .hinted, rule: "\(match.via), everyday word")
        } else if isBareAdjective(mention, facet, of: term) {
            return Verdict(kind: .hinted, rule: "\(match.via), a bare adjective")
        }
        if facet == .sex, !SexSign(text: text, cues: cues).isOfSubjects(mention) {
            return Verdict(kind: .hinted, rule: "\(match.via), of no subject")
        }
        if text.zone(of: mention.firstToken) == .cited {
            return Verdict(kind: .hinted, rule: "\(match.via), in a reference")
        }
        if match.via == .adjective, facet == .region, isOfOtherStructure(mention) {
            return Verdict(kind: .hinted, rule: "adjective, of another structure")
        }
        if text.isRunning, let distance = distance(of: mention, facet: facet) {
            return distance == .none ? nil : Verdict(kind: .hinted, rule: "\(match.via), \(distance.rawValue)")
        }
        return Verdict(kind: .inferred, rule: cue.map { "\(match.via), \($0)" } ?? "\(match.via)")
    }

    // MARK: Acronyms

    private func acronymSign(
        _ mention: Mention, _ match: NameMatch, _ term: Linker.KnownTerm, isSupported: Bool
    ) -> (isSure: Bool, cue: String)? {
        let words = text.bytes[mention.start..<mention.end]
        if let definition = own.definition(of: words) {
            let names = [term.term.label] + term.term.synonyms
            let isIt = names.contains { name in
                Tokenizer.tokens(of: name).contains { $0.folded.count > 3 && definition.contains($0.key) }
            }
            return isIt ? (true, "defined here") : nil
        }
        if isSupported { return (true, "beside its name") }
        let isExact = match.isExactCase || words.last == UInt8(ascii: "s") && words.dropLast().allSatisfy(isCapital)
        let facet = term.term.facet
        let sign: Lexicon.List? =
            switch facet {
            case .region: .regionSign
            case .disease where text.isRunning: .diseaseSign
            case .task: .taskSign
            case .strain where match.isExactCase && mention.end - mention.start < 3: .sexBearer
            case .celltype where text.isRunning: .celltypeSign
            default: nil
            }
        guard isExact else { return (false, "in another case") }
        guard let sign else { return (true, "in its case") }
        // A piece of an identifier stands beside nothing: "DMFC_RSG".
        if text.chunk(around: mention.start..<mention.end).contains(UInt8(ascii: "_")) {
            return (false, "in an identifier")
        }
        let sentence = text.sentence(of: mention.firstToken).lowerBound
        return has(sign, near: mention) || namedFacets[sentence]?.contains(facet) ?? false
            ? (true, "beside a word of its kind") : (false, "alone")
    }

    private func has(_ list: Lexicon.List, near mention: Mention) -> Bool {
        let sentence = text.sentence(of: mention.firstToken)
        let reach = list == .regionSign ? 3 : 6
        let before = max(sentence.lowerBound, mention.firstToken - reach)..<mention.firstToken
        let after = mention.endToken..<min(sentence.upperBound, mention.endToken + reach)
        return before.contains { cues.has(list, text.tokens[$0]) }
            || !after.isEmpty && after.contains { cues.has(list, text.tokens[$0]) }
    }

    // MARK: Everyday words

    /// A short word in capitals among words that are not, in whose place an acronym may stand: "Adolescent Depression
    /// (CAT)".
    private func isInCapitals(_ mention: Mention) -> Bool {
        let words = text.bytes[mention.start..<mention.end]
        guard words.count <= 4, words.allSatisfy(isCapital), english.contains(words.map { $0 | 0x20 }) else {
            return false
        }
        return text.bytes.contains { $0 >= 0x61 && $0 <= 0x7a }
    }

    /// One everyday word that is a further name of something in particular: "slices", "tracer", "flash".
    private func isEveryday(_ mention: Mention, _ match: NameMatch, _ facet: Facet) -> Bool {
        guard match.via == .synonym, mention.endToken == mention.firstToken + 1 else { return false }
        switch facet {
        case .species, .state, .sex, .region, .disease: return false
        default:
            let token = text.tokens[mention.firstToken]
            if cues.has(.technical, token) || facet == .procedure && has(.regionSign, near: mention) { return false }
            let lower = text.bytes[mention.start..<mention.end].map { isCapital($0) ? $0 | 0x20 : $0 }
            return english.contains(lower) || english.contains(token.folded)
        }
    }

    /// "Spinal trigeminal complex": the adjective of one region in the name of another that no table has.
    private func isOfOtherStructure(_ mention: Mention) -> Bool {
        let end = min(text.sentence(of: mention.firstToken).upperBound, mention.endToken + 2)
        return mention.endToken < end
            && (mention.endToken..<end).contains { index in
                cues.has(.structure, text.tokens[index])
                    && text.between(index - 1, index).elementsEqual(" ".utf8)
            }
    }

    /// "Corticothalamic communication", "genetic subtypes": an adjective for a class of cells without any cells, or for
    /// a field of study.
    private func isBareAdjective(_ mention: Mention, _ facet: Facet, of term: Linker.KnownTerm) -> Bool {
        guard mention.endToken == mention.firstToken + 1 else { return false }
        let word = text.tokens[mention.firstToken].folded
        let written = text.bytes[mention.start..<mention.end]
        guard word.suffix(2).elementsEqual("ic".utf8) || word.suffix(2).elementsEqual("al".utf8) else { return false }
        if facet == .celltype { return !has(.celltypeSign, near: mention) }
        // Folding makes "genetics" and "genetic" one word.
        let isPlural = written.last.map { $0 | 0x20 } == UInt8(ascii: "s")
        return !isPlural && english.contains(word) && term.term.label.hasSuffix("ics")
    }

    // MARK: Distance from the data

    private enum Distance: String {
        case none
        case planned = "of a plan"
        case others = "of others"
        case purpose = "a purpose"
        case makers = "in a list of makers"
        case artifact = "an artifact"
        case computing = "beside software"
    }

    /// What keeps a mention from speaking of the data.
    private func distance(of mention: Mention, facet: Facet) -> Distance? {
        let sentence = text.sentence(of: mention.firstToken)
        let tokens = text.tokens
        var others: Distance?
        for index in sentence {
            if cues.has(.funding, tokens[index]) { return Distance.none }
            if facet == .disease, cues.has(.exclusion, tokens[index]) { return Distance.none }
            if facet == .signal, cues.has(.artifact, tokens[index]) { return .artifact }
            if facet == .device, cues.has(.makers, tokens[index]) { return .makers }
            guard index < mention.firstToken else { continue }
            if cues.length(of: .plan, at: index, in: tokens) > 0 { others = .planned }
            if cues.length(of: .others, at: index, in: tokens) > 0 { others = .others }
        }
        if let others { return others }
        let first = mention.firstToken
        if facet == .task || facet == .state {
            let near = max(sentence.lowerBound, first - 4)..<min(sentence.upperBound, mention.endToken + 4)
            if near.contains(where: { cues.has(.computing, tokens[$0]) }) { return .computing }
        }
        for start in max(sentence.lowerBound, first - 4)..<first {
            let length = cues.length(of: facet == .disease ? .diseasePurpose : .purpose, at: start, in: tokens)
            if length > 0, start + length <= first, start + length >= first - 2 { return .purpose }
        }
        return facet == .species && isDepicted(first, in: sentence) ? Distance.none : nil
    }

    /// "Movies involving eagles and squirrels".
    private func isDepicted(_ first: Int, in sentence: Range<Int>) -> Bool {
        for index in max(sentence.lowerBound + 1, first - 4)..<max(sentence.lowerBound + 1, first)
        where cues.has(.depicting, text.tokens[index]) && cues.has(.depicted, text.tokens[index - 1]) { return true }
        return false
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte < 0x3a }
    private func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5a }
}

extension Facet {
    /// One everyday word in a title means one of these no more surely than in a sentence: "video", "slice", "prism".
    fileprivate var isEasilyMistaken: Bool {
        switch self {
        case .device, .agent, .procedure, .signal: true
        default: false
        }
    }
}
