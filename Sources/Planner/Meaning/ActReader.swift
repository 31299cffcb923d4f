import Records
import Vocabulary

/// Tells the act at a place that a finding speaks of.
struct ActReader {
    let question: Question
    let vocabulary: Vocabulary

    /// The act of the finding's facet, but for values that are none.
    func act(of finding: Finding) -> FacetDescriptor.Act? {
        switch finding.facet {
        case .technique where isBelow(finding, "discover:technique.optotagging"): nil
        case .procedure where !Self.placed.contains { isBelow(finding, $0) }: nil
        case .agent where isIndicator(finding) && !speaksOfDelivery: nil
        case .manipulation where isBelow(finding, "discover:manipulation.sensory-stimulation"): nil
        default: finding.facet.descriptor.act
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
