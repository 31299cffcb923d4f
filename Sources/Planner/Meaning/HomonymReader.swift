import Records
import Text
import Vocabulary

/// Chooses among the terms that bear one name: MS is the medial septum beside rats and theta, multiple sclerosis beside
/// patients and MRI.
struct HomonymReader {
    let question: Question
    let mentions: [Mention]
    let vocabulary: Vocabulary
    private let hasHumanContext: Bool
    private let hasAnimalContext: Bool

    init(question: Question, mentions: [Mention], vocabulary: Vocabulary) {
        (self.question, self.mentions, self.vocabulary) = (question, mentions, vocabulary)
        hasHumanContext = question.words.contains { Self.human.contains($0) }
        hasAnimalContext = question.words.contains { Self.animal.contains($0) }
    }

    /// The chosen candidate of a mention and the others worth naming; nil when nothing is meant.
    func read(_ index: Int) -> (chosen: NameMatch, others: [NameMatch])? {
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
        // "BrainSTEM" in its own capitals is the portal, not the brainstem.
        if candidate.isExactCase, candidate.via == .acronym, hasInnerCapitals(mention) { score += 3 }
        // Species-neutral tables first; an atlas term only where its species is named.
        if let species = vocabulary.species(of: term) { score += isNamed(species) ? 0.5 : -3 }
        score += context(of: term, at: index)
        let written = question.written(mention.firstToken..<mention.endToken)
        score += 3 * Double(vocabulary.cueCount(for: candidate.number, named: written, among: question.words))
        if vocabulary.flags(of: term).contains(.weak), !isCalled(vocabulary.facet(of: term), at: mention) {
            score -= 100
        }
        return score
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

    /// The facet's own word stands beside: "control group", "rest state".
    private func isCalled(_ facet: Facet, at mention: Mention) -> Bool {
        let near = [question.word(mention.firstToken - 1), question.word(mention.endToken)]
        return near.contains { Self.facetWords[$0] == facet }
    }

    private static let facetWords = Dictionary(
        uniqueKeysWithValues: Facet.allCases.flatMap { facet in
            facet.descriptor.calledBy.split(separator: " ").map { (String($0), facet) }
        })

    /// Votes of the other mentions and of telling words.
    private func context(of term: Int, at index: Int) -> Double {
        var score = 0.0
        let mention = mentions[index]
        let before = question.word(mention.firstToken - 1)
        let after = question.word(mention.endToken)
        switch vocabulary.facet(of: term) {
        case .region:
            if [
                "in", "of", "from", "to", "into", "over", "at", "targeting", "left", "right", "the", "area", "region",
                "layer", "bilateral", "dorsal", "ventral",
            ].contains(before) {
                score += 1
            }
            if [
                "neuron", "cell", "unit", "recording", "lesion", "injection", "area", "region", "nucleus", "cortex",
                "spike", "lfp", "interneuron", "activity", "response",
            ].contains(after) {
                score += 1.5
            }
            for (other, candidate) in mentions.enumerated() where other != index {
                for number in candidate.numbers where vocabulary.facet(of: number) == .region {
                    if isRelated(mention.numbers.first { $0 == number }, number) { continue }
                    if areNeighbors(term, number) { score += 2 }
                    break
                }
            }
            if hasHumanContext {
                score -= vocabulary.hasAcronym(question.written(mention.firstToken..<mention.endToken), term) ? 1 : 0
            }
            if hasAnimalContext { score += 0.5 }
        case .disease:
            if hasHumanContext { score += 2.5 }
            if ["with", "in", "diagnosed", "have", "having", "and"].contains(before), hasHumanContext { score += 1 }
            if ["patient", "model", "diagnosis", "lesion", "symptom"].contains(after) { score += 2 }
            if hasAnimalContext, !hasHumanContext { score -= 0.5 }
        case .celltype:
            if ["neuron", "cell", "interneuron", "positive", "expressing", "population", "in"].contains(after) {
                score += 2
            }
            if ["cre", "tdtomato"].contains(after) { score -= 2 }
        case .strain:
            if ["mouse", "mice", "rat", "line", "cre", "strain", "driver"].contains(after) { score += 1 }
        case .source:
            if ["on", "from", "in", "at", "via", "the"].contains(before) { score += 1 }
            if ["dataset", "session", "archive", "portal", "database", "data", "recording"].contains(after) {
                score += 1
            }
        case .format:
            if ["file", "format", "dataset", "data", "compliant", "formatted"].contains(after) { score += 1 }
        default: break
        }
        return score
    }

    private func isRelated(_ left: Int?, _ right: Int) -> Bool { left == right }

    /// Whether two regions share a parent, or one holds the other.
    private func areNeighbors(_ left: Int, _ right: Int) -> Bool {
        if left == right { return false }
        if vocabulary.isTerm(left, within: right) { return true }
        let shared = Set(vocabulary.parents(of: left)).intersection(vocabulary.parents(of: right))
        return !shared.isEmpty
    }

    private static let human: Set<String> = [
        "patient", "human", "participant", "volunteer", "people", "mri", "fmri", "eeg", "meg", "dwi", "clinical",
        "diagnosis", "control", "adult",
    ]

    private static let animal: Set<String> = [
        "mouse", "mice", "rat", "rodent", "monkey", "macaque", "neuron", "spike", "unit", "probe", "virus",
        "optogenetic", "theta", "injection", "neuropixel", "tetrode",
    ]
}
