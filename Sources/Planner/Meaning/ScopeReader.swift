import Records
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
    private let question: Question
    /// In the order of the text.
    private let findings: [Finding]
    /// The act that each finding speaks of, nil for none.
    private let acts: [FacetDescriptor.Act?]
    private let reader: ActReader
    private let parse: Parse

    init(question: Question, findings: [Finding], parse: Parse, vocabulary: Vocabulary) {
        (self.question, self.findings, self.parse) = (question, findings, parse)
        reader = ActReader(question: question, findings: findings, parse: parse, vocabulary: vocabulary)
        acts = findings.map(reader.act(of:))
    }

    /// The findings with their scopes and roles.
    func bound() -> [Finding] {
        var bound = findings
        var next = 1
        for group in clauses.flatMap(groups(in:)) {
            if let shared = group.compactMap({ bound[$0].scope }).first {
                for index in group where bound[index].scope == nil { bound[index].scope = shared }
            } else {
                for index in group { bound[index].scope = next }
                next += 1
            }
        }
        guard question.has(.recording, in: question.words.indices) else { return bound }
        for index in bound.indices where bound[index].facet == .region && bound[index].scope == nil {
            if !bound[index].isNegated { bound[index].role = .recording }
        }
        return bound
    }

    /// Findings that share a clause: "opsin in the VTA" | "and an optic fibre in the NAc".
    private var clauses: [[Int]] {
        var clauses: [[Int]] = []
        var current: [Int] = []
        for index in findings.indices where !findings[index].isNegated {
            if let last = current.last,
                isBreak(between: last, and: index, current: current)
            {
                clauses.append(current)
                current = []
            }
            current.append(index)
        }
        if !current.isEmpty { clauses.append(current) }
        return clauses
    }

    private func isBreak(between last: Int, and index: Int, current: [Int]) -> Bool {
        let (left, right) = (findings[last], findings[index])
        guard left.tokens.upperBound <= right.tokens.lowerBound else { return false }
        let between = left.tokens.upperBound..<right.tokens.lowerBound
        let words = question.words[between]
        if question.has(.clauseStart, in: between) { return true }
        // "Mice were given LSD and neurons in the PFC were recorded": what was given is not what was recorded there.
        if words.contains("and"), right.facet == .region, acts[last] == .intervention { return true }
        let hasRegion = current.contains { findings[$0].facet == .region }
        let isAct = acts[index] != nil
        // "Silence the amygdala with muscimol": by what means, not another act.
        let isMeans =
            right.facet == .agent && left.facet == .region && current.contains { findings[$0].facet == .effect }
        if words.contains("with"), isMeans, !current.contains(where: { findings[$0].facet == .agent }) { return false }
        if words.contains("with"), isAct, hasRegion, current.contains(where: { acts[$0] != nil }) {
            return true
        }
        let comma = ((left.tokens.upperBound)...right.tokens.lowerBound).contains { index in
            index < question.tokens.count && question.isClauseEnd(before: index)
        }
        // "Opsin in the BLA, fibre above the NAc": words about something else are between two regions.
        if comma, left.facet == .region, right.facet == .region, between.contains(where: isTelling) { return true }
        // A list of regions or of acts of one kind is one clause.
        if comma || words.contains("and"), hasRegion, isAct, current.contains(where: { acts[$0] != nil }) {
            return true
        }
        if comma, left.facet != right.facet, !(words.contains("and") || words.contains("or")),
            isAct || right.facet == .region
        {
            return current.contains { acts[$0] != nil } && hasRegion
        }
        return false
    }

    private func isTelling(_ index: Int) -> Bool {
        !question.hasAny(of: [.article, .preposition, .conjunction], at: index)
    }

    /// The findings of a clause that speak of one act: a group for each place, or one for the act itself.
    private func groups(in clause: [Int]) -> [[Int]] {
        guard clause.contains(where: { acts[$0] != nil }) else { return [] }
        let regions = clause.filter { findings[$0].facet == .region }
        // Regions joined by OR are one filter already; each further region is another place.
        guard regions.isEmpty else { return regions.compactMap { group(at: $0, in: clause) } }
        return placeless(clause).map { [$0] } ?? []
    }

    /// What was done at a region.
    private func group(at region: Int, in clause: [Int]) -> [Int]? {
        let before = clause.filter { $0 < region && acts[$0] != nil && isPlaced($0, at: region) }
        let behind = clause.filter { $0 > region && acts[$0] != nil && isPlaced($0, at: region) }
        guard !isOfOtherDevice(region), let anchor = anchor(before: before, behind: behind) else { return nil }
        let kind = acts[anchor]
        // "Spike trains from striatum in 6-OHDA rats": what the animals are is not where it was done.
        if kind != .recording, anchor > region,
            question.has(
                .animalClause, in: findings[region].tokens.upperBound..<findings[anchor].tokens.lowerBound)
        {
            return nil
        }
        // "DRN serotonin neurons, fiber photometry": the region says which cells, not where the fibre sits.
        if kind == .recording, anchor > region,
            clause.contains(where: { $0 > region && $0 < anchor && findings[$0].facet == .celltype })
        {
            return nil
        }
        let pool = anchor < region ? before : behind
        var members = pool.filter { acts[$0] == kind && isTogether($0, anchor, kind) }
        if kind == .intervention {
            members += clause.filter { findings[$0].facet == .celltype && !members.contains($0) }
            // Effects go with the agent or procedure of their clause, on either side of the region.
            members += clause.filter { findings[$0].facet == .effect && !members.contains($0) }
            if findings[anchor].facet == .effect, let means = behind.first, findings[means].facet == .agent,
                !members.contains(means),
                question.words[findings[region].tokens.upperBound..<findings[means].tokens.lowerBound].contains("with")
            {
                members.append(means)
            }
        }
        return members + [region]
    }

    /// "ChR2 in the VTA and fibers in the NAc": a device that is no filter has this place.
    private func isOfOtherDevice(_ region: Int) -> Bool {
        guard let place = parse.phrase(at: findings[region].tokens.lowerBound), let owner = parse.governor(of: place)
        else {
            return false
        }
        let head = parse.units[parse.phrases[owner].head]
        guard !head.isName, question.has(.deviceNoun, at: head.tokens.upperBound - 1) else { return false }
        let tokens = parse.tokens(of: parse.phrases[owner])
        return !findings.contains { tokens.contains($0.tokens.lowerBound) }
    }

    private func isPlaced(_ act: Int, at region: Int) -> Bool {
        guard reader.isPlaced(findings[act], at: findings[region]) else { return false }
        // "Layer 4, dense electron microscopy": a comma parts a place from what was measured, unless a preposition
        // leads it; a device is somewhere: "V4, Utah array".
        guard findings[act].facet == .technique || findings[act].facet == .signal else { return true }
        let (left, right) = act < region ? (findings[act], findings[region]) : (findings[region], findings[act])
        guard left.tokens.upperBound <= right.tokens.lowerBound else { return true }
        let isParted = (left.tokens.upperBound...right.tokens.lowerBound).contains { question.isClauseEnd(before: $0) }
        guard isParted, let place = parse.phrase(at: findings[region].tokens.lowerBound) else { return true }
        return act < region && parse.phrases[place].preposition != nil || isListed(act, region)
    }

    /// "NeuroNexus, Cambridge NeuroTech or IMEC probes in CA1": commas of a list of acts part nothing.
    private func isListed(_ act: Int, _ region: Int) -> Bool {
        guard act < region, let last = findings[..<region].indices.last(where: { acts[$0] != nil }), last != act else {
            return false
        }
        return (act + 1...last).allSatisfy { findings[$0].isAlternative || findings[$0].either != nil }
    }

    /// An act whose place is not said: an agent and its effect, "ChR2 in PV cells".
    private func placeless(_ clause: [Int]) -> [Int]? {
        let members = clause.filter { acts[$0] == .intervention }
        // The agent and the cells that carry it.
        let cells = clause.filter { cell in
            findings[cell].facet == .celltype && members.contains { $0 < cell && findings[$0].facet == .agent }
        }
        let hasEffect = members.count > 1 && members.contains { findings[$0].facet == .effect }
        return hasEffect || !cells.isEmpty ? members + cells : nil
    }

    /// The act a region belongs to.  Imaging "of an indicator in a region" happens in the region: recording acts come
    /// before agents that are merely nearer.
    private func anchor(before: [Int], behind: [Int]) -> Int? {
        if let last = before.last {
            if findings[last].facet == .agent,
                let recording = before.last(where: { acts[$0] == .recording }),
                !before.contains(where: { findings[$0].facet == .procedure || findings[$0].facet == .effect })
            {
                return recording
            }
            return last
        }
        return behind.first
    }

    private func isTogether(_ index: Int, _ anchor: Int, _ kind: FacetDescriptor.Act?) -> Bool {
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
