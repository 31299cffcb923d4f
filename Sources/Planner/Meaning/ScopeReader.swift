import Records
import Text
import Vocabulary

/// Binds filters that speak of one act: a probe and where it sits, a virus, what it does and where it went.
///
/// Acts are of three kinds, because sources record them in different parts: recording (device, technique, signal),
/// intervention (procedure, agent, effect, cell type) and stimulation (manipulation).  A region belongs to the nearest
/// act: the one before it in its clause ("probe in CA1"), else the one behind it ("thalamic Neuropixels recordings").
///
/// What happens to the whole animal or its tissue is no act at a place: stimuli shown, signals computed, slices cut.
/// An indicator names what is imaged; the act is the imaging.
struct ScopeReader {
    let question: Question
    let vocabulary: Vocabulary

    /// The act of the finding's facet, but for values that are none.
    private func act(of finding: Finding) -> FacetDescriptor.Act? {
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
        question.words.contains { word in
            ["express", "inject", "virus", "viral", "vector", "aav", "infus"].contains { word.hasPrefix($0) }
        }
    }

    private func isBelow(_ finding: Finding, _ id: String) -> Bool {
        guard let term = finding.term, let other = vocabulary.number(of: id) else { return false }
        return vocabulary.isTerm(term, within: other)
    }

    /// Sets scopes and roles; findings are in the order of the text.
    func bind(_ findings: inout [Finding]) {
        var next = 1
        for clause in clauses(findings) { bind(clause, in: &findings, next: &next) }
        let asksForRecordings = question.words.contains { ["recording", "recorded", "record"].contains($0) }
        for index in findings.indices where asksForRecordings && findings[index].facet == .region {
            if findings[index].scope == nil, !findings[index].isNegated { findings[index].role = .recording }
        }
    }

    /// Findings that share a clause: "opsin in the VTA" | "and an optic fibre in the NAc".
    private func clauses(_ findings: [Finding]) -> [[Int]] {
        var clauses: [[Int]] = []
        var current: [Int] = []
        for index in findings.indices where !findings[index].isNegated {
            if let last = current.last,
                isBreak(between: findings[last], and: findings[index], current: current, all: findings)
            {
                clauses.append(current)
                current = []
            }
            current.append(index)
        }
        if !current.isEmpty { clauses.append(current) }
        return clauses
    }

    private func isBreak(between left: Finding, and right: Finding, current: [Int], all: [Finding]) -> Bool {
        guard left.tokens.upperBound <= right.tokens.lowerBound else { return false }
        let words = question.words[left.tokens.upperBound..<right.tokens.lowerBound]
        if words.contains(where: {
            ["that", "who", "which", "while", "whose", "during", "after", "before", "but"].contains($0)
        }) {
            return true
        }
        // "Mice were given LSD and neurons in the PFC were recorded": what was given is not what was recorded there.
        if words.contains("and"), right.facet == .region, act(of: left) == .intervention { return true }
        let hasRegion = current.contains { all[$0].facet == .region }
        let isAct = act(of: right) != nil
        // "Silence the amygdala with muscimol": by what means, not another act.
        let isMeans = right.facet == .agent && left.facet == .region && current.contains { all[$0].facet == .effect }
        if words.contains("with"), isMeans, !current.contains(where: { all[$0].facet == .agent }) { return false }
        if words.contains("with"), isAct, hasRegion, current.contains(where: { act(of: all[$0]) != nil }) {
            return true
        }
        let comma = ((left.tokens.upperBound)...right.tokens.lowerBound).contains { index in
            index < question.tokens.count && question.isClauseEnd(before: index)
        }
        // "Opsin in the BLA, fibre above the NAc": words of another thing stand between two places.
        if comma, left.facet == .region, right.facet == .region, words.contains(where: isTelling) { return true }
        // A list of regions or of acts of one kind is one clause.
        if comma || words.contains("and"), hasRegion, isAct, current.contains(where: { act(of: all[$0]) != nil }) {
            return true
        }
        if comma, left.facet != right.facet, !(words.contains("and") || words.contains("or")),
            isAct || right.facet == .region
        {
            return current.contains { act(of: all[$0]) != nil } && hasRegion
        }
        return false
    }

    private func isTelling(_ word: String) -> Bool {
        !Lexicon.articles.contains(word) && !Lexicon.prepositions.contains(word) && !Lexicon.conjunctions.contains(word)
    }

    private func bind(_ clause: [Int], in findings: inout [Finding], next: inout Int) {
        let regions = clause.filter { findings[$0].facet == .region }
        guard clause.contains(where: { act(of: findings[$0]) != nil }) else { return }
        // Effects go with the agent or procedure of their clause also where no region is named.
        var groups: [[Int]] = []
        for region in regions {
            // Regions joined by OR are one filter already; each further region is another place.
            let before = clause.filter { $0 < region && act(of: findings[$0]) != nil }
            let behind = clause.filter { $0 > region && act(of: findings[$0]) != nil }
            guard let anchor = anchor(before: before, behind: behind, findings: findings) else { continue }
            let kind = act(of: findings[anchor])
            // "Spike trains from striatum in 6-OHDA rats": what the animals are is not where it was done.
            if kind != .recording, anchor > region,
                question.words[findings[region].tokens.upperBound..<findings[anchor].tokens.lowerBound]
                    .contains(where: { ["in", "from", "during", "with", "for"].contains($0) })
            {
                continue
            }
            // "DRN serotonin neurons, fiber photometry": the region says which cells, not where the fibre sits.
            if kind == .recording, anchor > region,
                clause.contains(where: { $0 > region && $0 < anchor && findings[$0].facet == .celltype })
            {
                continue
            }
            let pool = anchor < region ? before : behind
            var members = pool.filter { act(of: findings[$0]) == kind && isTogether($0, anchor, kind, findings) }
            if kind == .intervention {
                members += clause.filter { findings[$0].facet == .celltype && !members.contains($0) }
                members += clause.filter {
                    act(of: findings[$0]) == .intervention && !members.contains($0) && findings[$0].facet == .effect
                }
                if findings[anchor].facet == .effect {
                    members += behind.prefix(1).filter {
                        findings[$0].facet == .agent && !members.contains($0)
                            && question.words[findings[region].tokens.upperBound..<findings[$0].tokens.lowerBound]
                                .contains("with")
                    }
                }
            }
            groups.append(members + [region])
        }
        if regions.isEmpty {
            let members = clause.filter { act(of: findings[$0]) == .intervention }
            // "ChR2 in PV cells": the agent and the cells that carry it.
            let cells = clause.filter { cell in
                findings[cell].facet == .celltype && members.contains { $0 < cell && findings[$0].facet == .agent }
            }
            if members.count > 1 && members.contains(where: { findings[$0].facet == .effect }) || !cells.isEmpty {
                groups.append(members + cells)
            }
        }
        for group in groups {
            if let shared = group.compactMap({ findings[$0].scope }).first {
                for index in group where findings[index].scope == nil { findings[index].scope = shared }
            } else {
                for index in group { findings[index].scope = next }
                next += 1
            }
        }
    }

    /// The act a region belongs to.  Imaging "of an indicator in a region" happens in the region: recording acts come
    /// before agents that merely stand nearer.
    private func anchor(before: [Int], behind: [Int], findings: [Finding]) -> Int? {
        if let last = before.last {
            if findings[last].facet == .agent,
                let recording = before.last(where: { act(of: findings[$0]) == .recording }),
                !before.contains(where: { findings[$0].facet == .procedure || findings[$0].facet == .effect })
            {
                return recording
            }
            return last
        }
        return behind.first
    }

    private func isTogether(_ index: Int, _ anchor: Int, _ kind: FacetDescriptor.Act?, _ findings: [Finding]) -> Bool {
        guard index != anchor else { return true }
        switch kind {
        case .recording:
            // One device and one technique of one recording; a second one may be from elsewhere, unless it says of the
            // same thing who made it: "NeuroNexus or Cambridge NeuroTech silicon probes".
            if findings[index].facet != findings[anchor].facet { return true }
            let between = Swift.min(index, anchor)..<Swift.max(index, anchor)
            return between.allSatisfy { position in
                findings[position].facet == findings[anchor].facet
                    && (findings[position].tokens.upperBound == findings[position + 1].tokens.lowerBound
                        || findings[position + 1].isAlternative)
            }
        default:
            return true
        }
    }
}
