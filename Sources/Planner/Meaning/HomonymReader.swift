import Records
import Text
import Vocabulary

/// A name in the question with what it means.
struct Name {
    let mention: Mention
    let chosen: NameMatch
    /// Other readings that are worth naming.
    let others: [NameMatch]
}

/// Chooses among the terms that share a name: MS is the medial septum beside rats and theta, multiple sclerosis beside
/// patients and MRI.
struct HomonymReader {
    let question: Question
    let mentions: [Mention]
    let vocabulary: Vocabulary
    private let everyday: EverydayReader
    private let hasHumanContext: Bool
    private let hasAnimalContext: Bool

    init(question: Question, mentions: [Mention], vocabulary: Vocabulary) {
        (self.question, self.mentions, self.vocabulary) = (question, mentions, vocabulary)
        everyday = EverydayReader(question: question, vocabulary: vocabulary)
        hasHumanContext = question.has(.humanContext, in: question.words.indices)
        hasAnimalContext = question.has(.animalContext, in: question.words.indices)
    }

    /// The mentions that mean something.
    func names() -> [Name] {
        let asides = AsideReader(question: question, vocabulary: vocabulary)
        return mentions.indices.compactMap { index in
            guard !asides.isAside(mentions[index]), let (chosen, others) = read(index) else { return nil }
            return Name(mention: mentions[index], chosen: chosen, others: others)
        }
    }

    /// The chosen candidate of a mention and the others worth naming; nil when nothing is meant.
    private func read(_ index: Int) -> (chosen: NameMatch, others: [NameMatch])? {
        let mention = mentions[index]
        let ranked = mention.candidates
            .map { (candidate: $0, score: score($0, of: mention, at: index)) }
            .sorted { left, right in
                left.score != right.score
                    ? left.score > right.score : position(left.candidate, mention) < position(right.candidate, mention)
            }
        guard let best = ranked.first, best.score > -50 else { return nil }
        let others = ranked.dropFirst().map(\.candidate).filter { other in
            // The same concept in another atlas is no other reading.
            vocabulary.facet(of: other.number) != vocabulary.facet(of: best.candidate.number)
                || !isSameConcept(other.number, best.candidate.number)
        }
        return (best.candidate, Array(others))
    }

    private func position(_ candidate: NameMatch, _ mention: Mention) -> Int {
        mention.candidates.firstIndex(of: candidate) ?? 0
    }

    private func isSameConcept(_ left: Int, _ right: Int) -> Bool {
        vocabulary.label(of: left) == vocabulary.label(of: right) || vocabulary.isTerm(left, within: right)
            || vocabulary.isTerm(right, within: left)
    }

    private func score(_ candidate: NameMatch, of mention: Mention, at index: Int) -> Double {
        let term = candidate.number
        var score = 0.0
        switch candidate.via {
        case .label: score += 4
        case .synonym: score += 3
        case .acronym: score += 2
        case .adjective: score += 3
        }
        if candidate.isExactCase { score += 2 }
        // "DMTS" is written as the task's short name, and as no name of the drug DMT.
        if candidate.isExactCase, candidate.via == .acronym, isOnlyExact(candidate, of: mention) { score += 1 }
        // "BrainSTEM" in its own capitals is the portal, not the brainstem.
        if candidate.isExactCase, candidate.via == .acronym, hasInnerCapitals(mention) { score += 3 }
        // Species-neutral tables first; an atlas term only where its species is named.
        if let species = vocabulary.species(of: term) { score += isNamed(species) ? 0.5 : -3 }
        score += context(of: term, at: index)
        let written = question.written(mention.firstToken..<mention.endToken)
        let cues = vocabulary.cueCount(for: candidate.number, named: written, among: question.words)
        score += 3 * Double(cues)
        if cues == 0, vocabulary.needsCue(candidate.number, named: written) { score -= 100 }
        if vocabulary.flags(of: term).contains(.weak), !isCalled(vocabulary.facet(of: term), at: mention),
            !everyday.supports(term, at: mention.tokens, among: mentions)
        {
            score -= 100
        }
        return score
    }

    /// Whether no other candidate is written as in its table, in a question that is not all capitals.
    private func isOnlyExact(_ candidate: NameMatch, of mention: Mention) -> Bool {
        mention.candidates.allSatisfy { $0 == candidate || !$0.isExactCase }
            && mention.candidates.contains { $0.via < .acronym }
            && (question.tokens.count == 1 || question.bytes.contains { $0 >= 0x61 && $0 <= 0x7a })
    }

    private func hasInnerCapitals(_ mention: Mention) -> Bool {
        let written = question.bytes[mention.start..<mention.end]
        return written.contains { $0 >= 0x61 && $0 <= 0x7a }
            && written.dropFirst().contains { $0 >= 0x41 && $0 <= 0x5a }
    }

    private func isNamed(_ species: String) -> Bool {
        guard let number = vocabulary.number(of: species) else { return false }
        return mentions.contains { $0.numbers.contains(number) }
    }

    /// The facet's own word is beside it: "control group", "rest state".
    private func isCalled(_ facet: Facet, at mention: Mention) -> Bool {
        let near = [question.word(mention.firstToken - 1), question.word(mention.endToken)]
        return near.contains { question.lexicon.facetWords[$0] == facet }
    }

    /// What the words beside a name, and what the whole question is about, say for a term.
    private func context(of term: Int, at index: Int) -> Double {
        let mention = mentions[index]
        func before(_ list: Lexicon.List) -> Bool { question.has(list, at: mention.firstToken - 1) }
        func after(_ list: Lexicon.List) -> Bool { question.has(list, at: mention.endToken) }
        var score = 0.0
        switch vocabulary.facet(of: term) {
        case .region:
            if before(.regionBefore) { score += 1 }
            if after(.regionAfter) { score += 1.5 }
            score += neighborVotes(for: term, at: index)
            if hasHumanContext, vocabulary.hasAcronym(question.written(mention.tokens), term) { score -= 1 }
            if hasAnimalContext { score += 0.5 }
        case .disease:
            // "AD mice": animals are called by their disease, never by a region.
            if isBefore(.species, at: index) { score += 3 }
            if hasHumanContext { score += 2.5 }
            if hasHumanContext, before(.diseaseBefore) { score += 1 }
            if after(.diseaseAfter) { score += 2 }
            if hasAnimalContext, !hasHumanContext { score -= 0.5 }
        case .celltype:
            if after(.celltypeAfter) { score += 2 }
            if after(.driverLine) { score -= 2 }
        case .strain:
            if after(.strainAfter) { score += 1 }
            // "Pvalb-IRES-Cre/wt": the other allele, no wild type.
            if question.gap(before: mention.firstToken) == "/", isBehind(.strain, at: index) { score -= 100 }
        case .procedure:
            // "MS lesions": those of the disease, no surgery.
            if question.has(.diseaseAfter, at: mention.firstToken), isBehind(.disease, at: index) { score -= 100 }
        case .source:
            if before(.sourceBefore) { score += 1 }
            if after(.sourceAfter) { score += 1 }
        case .format:
            if after(.formatAfter) { score += 1 }
        default: break
        }
        return score
    }

    /// Whether the next word begins a name of a facet.
    private func isBefore(_ facet: Facet, at index: Int) -> Bool {
        mentions.contains { other in
            other.firstToken == mentions[index].endToken
                && other.numbers.contains { vocabulary.facet(of: $0) == facet }
        }
    }

    /// Whether the word before ends a name that is read as one of a facet.
    private func isBehind(_ facet: Facet, at index: Int) -> Bool {
        guard let other = mentions.firstIndex(where: { $0.endToken == mentions[index].firstToken }), other < index,
            let chosen = read(other)?.chosen
        else { return false }
        return vocabulary.facet(of: chosen.number) == facet
    }

    /// Two for every other name whose region is beside the term.  A region that the mention itself may mean does not
    /// vote: it is the same word again.
    private func neighborVotes(for term: Int, at index: Int) -> Double {
        let own = mentions[index].numbers
        return mentions.enumerated().reduce(0) { votes, other in
            guard other.offset != index,
                let region = other.element.numbers.first(where: {
                    vocabulary.facet(of: $0) == .region && !own.contains($0)
                }), areNeighbors(term, region)
            else { return votes }
            return votes + 2
        }
    }

    /// Whether two regions share a parent, or one holds the other.
    private func areNeighbors(_ left: Int, _ right: Int) -> Bool {
        if left == right { return false }
        if vocabulary.isTerm(left, within: right) { return true }
        let shared = Set(vocabulary.parents(of: left)).intersection(vocabulary.parents(of: right))
        return !shared.isEmpty
    }
}
