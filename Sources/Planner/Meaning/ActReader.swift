import Records
import Vocabulary

/// Tells the act at a place that a finding speaks of.
struct ActReader {
    let question: Question
    let findings: [Finding]
    let parse: Parse
    let vocabulary: Vocabulary

    /// The act of the finding's facet, but for values that are none.
    func act(of finding: Finding) -> FacetDescriptor.Act? {
        switch finding.facet {
        case .technique where isBelow(finding, "discover:technique.optotagging"): nil
        case .procedure where !Self.placed.contains { isBelow(finding, $0) }: nil
        case .agent where isIndicator(finding) && !speaksOfDelivery && !hasOwnPlace(finding): nil
        case .agent where isSystemic(finding): nil
        case .manipulation where isBelow(finding, "discover:manipulation.sensory-stimulation"): nil
        default: finding.facet.descriptor.act
        }
    }

    /// Whether a drug lies at a region by the words that join them: "muscimol in the BLA", "BLA muscimol",
    /// "inactivation of M2 with muscimol"; not "ketamine effects on the cortex".  What is no drug was put wherever it
    /// is named.
    func isPlaced(_ finding: Finding, at region: Finding) -> Bool {
        // "Hippocampal-lesioned rats with tetrodes in CA1": the lesion has the place within its own phrase.
        if isOfAnimals(finding) {
            return parse.phrase(at: finding.tokens.lowerBound) == parse.phrase(at: region.tokens.lowerBound)
        }
        guard isBelow(finding, "discover:agent.drug") || isBelow(finding, "discover:agent.dreadd-ligand") else {
            return true
        }
        guard let one = parse.phrase(at: finding.tokens.lowerBound),
            let place = parse.phrase(at: region.tokens.lowerBound)
        else { return false }
        if one == place { return region.tokens.lowerBound < finding.tokens.lowerBound }
        if parse.governor(of: place) == one {
            return parse.phrases[place].preposition.map {
                question.has(.placing, at: parse.units[$0].tokens.lowerBound)
            }
                ?? false
        }
        // "Silence the amygdala with muscimol": by what means.
        return parse.governor(of: one) == place && !isBelow(finding, "discover:agent.dreadd-ligand")
            && parse.phrases[one].preposition.map { question.word(parse.units[$0].tokens.lowerBound) == "with" }
                ?? false
    }

    /// "Systemic CNO", "under isoflurane": of the whole animal.
    private func isSystemic(_ finding: Finding) -> Bool {
        guard let phrase = parse.phrase(at: finding.tokens.lowerBound) else { return false }
        if let lead = parse.phrases[phrase].preposition, question.word(parse.units[lead].tokens.lowerBound) == "under" {
            return true
        }
        let tokens = parse.tokens(of: parse.phrases[phrase])
        return question.has(.systemic, in: Swift.max(0, tokens.lowerBound - 1)..<(tokens.upperBound + 1))
    }

    /// "6-OHDA lesioned rats": what stands before the animals tells which they are.
    private func isOfAnimals(_ finding: Finding) -> Bool {
        guard finding.facet == .agent || finding.facet == .procedure,
            let phrase = parse.phrase(at: finding.tokens.lowerBound)
        else { return false }
        let head = parse.units[parse.phrases[phrase].head].tokens.lowerBound
        return head > finding.tokens.lowerBound
            && findings.contains { $0.facet == .species && $0.tokens.contains(head) }
    }

    /// "GCaMP6s in CA3": an indicator with a place of its own.
    private func hasOwnPlace(_ finding: Finding) -> Bool {
        guard let phrase = parse.phrase(at: finding.tokens.lowerBound),
            finding.tokens.contains(parse.units[parse.phrases[phrase].head].tokens.lowerBound)
        else { return false }
        return findings.contains { region in
            guard region.facet == .region, let place = parse.phrase(at: region.tokens.lowerBound), place != phrase
            else {
                return false
            }
            return parse.governor(of: place) == phrase
        }
    }

    /// Procedures that have a target.
    private static let placed = [
        "implant", "skull-opening", "injection", "electroporation", "lesion", "lobectomy", "photometry-procedure",
        "optical-stimulation-procedure",
    ].map { "discover:procedure." + $0 }

    private static let indicators = [
        "calcium-indicator", "voltage-indicator", "transmitter-sensor", "camp-sensor", "lactate-sensor", "phluorin",
    ].map { "discover:agent." + $0 }

    private func isIndicator(_ finding: Finding) -> Bool { Self.indicators.contains { isBelow(finding, $0) } }

    /// The question says how something came to its place: "GCaMP6f expressed in V1".
    private var speaksOfDelivery: Bool {
        let stems = question.lexicon.words(of: .deliveryStem)
        return question.words.contains { word in stems.contains { word.hasPrefix($0) } }
    }

    private func isBelow(_ finding: Finding, _ id: String) -> Bool {
        guard let term = finding.term, let other = vocabulary.number(of: id) else { return false }
        return vocabulary.isTerm(term, within: other)
    }
}
