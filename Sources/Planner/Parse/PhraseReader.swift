import Vocabulary

/// Finds noun phrases, the phrase that each hangs on, and their lists.
///
/// A noun phrase is a run of determiners, numbers, adjectives and nouns whose last noun is its head.  Behind a
/// preposition or a participle it tells more about the phrase before it in its clause; a member of a list hangs where
/// the first member does.
struct PhraseReader {
    let question: Question
    let units: [Parse.Unit]
    let clauses: [Parse.Clause]

    func read() -> (phrases: [Parse.Phrase], lists: [Parse.Coordination]) {
        var phrases: [Parse.Phrase] = []
        var lists: [Parse.Coordination] = []
        for clause in clauses {
            let first = phrases.count
            var index = clause.units.lowerBound
            while index < clause.units.upperBound {
                guard let end = phraseEnd(from: index, to: clause.units.upperBound) else {
                    index += 1
                    continue
                }
                phrases.append(phrase(index..<end, among: phrases, from: first, clause: clause))
                index = end
            }
            lists += coordinations(of: phrases, from: first)
        }
        return (phrases, lists)
    }

    // MARK: Phrases

    /// The end of the noun phrase that begins at a unit; nil for none.
    private func phraseEnd(from start: Int, to limit: Int) -> Int? {
        var index = start
        var hasHead = false
        while index < limit {
            if index > start, isGapBreak(before: index) { break }
            switch units[index].tag {
            case .noun, .name: hasHead = true
            case .determiner, .number, .adjective: if hasHead, units[index].tag == .determiner { return index }
            default: return hasHead ? index : nil
            }
            index += 1
        }
        return hasHead ? index : nil
    }

    /// A comma or slash between two units parts them; a hyphen does not.
    private func isGapBreak(before index: Int) -> Bool {
        question.gap(before: units[index].tokens.lowerBound).contains { ",;/|+&".contains($0) }
    }

    private func phrase(
        _ range: Range<Int>, among phrases: [Parse.Phrase], from first: Int, clause: Parse.Clause
    ) -> Parse.Phrase {
        let head = range.last { units[$0].tag == .noun || units[$0].tag == .name } ?? range.lowerBound
        let before = range.lowerBound - 1
        var preposition: Int?
        var relation = Parse.Relation.root
        var governor: Int?
        if before >= clause.units.lowerBound, !isGapBreak(before: range.lowerBound) {
            switch units[before].tag {
            case .preposition:
                preposition = before
                (relation, governor) = (.nmod, phrases.indices.last { $0 >= first })
            case .verb where isParticiple(before):
                (relation, governor) = (.acl, phrases.indices.last { $0 >= first })
            default: break
            }
        }
        if governor == nil { relation = .root }
        // Behind a joint: hangs where the member before it does.
        if relation == .root, let last = phrases.indices.last(where: { $0 >= first }),
            joint(last, range, phrases) != nil
        {
            return Parse.Phrase(
                units: range, head: head, preposition: phrases[last].preposition, governor: last, relation: .conj)
        }
        return Parse.Phrase(units: range, head: head, preposition: preposition, governor: governor, relation: relation)
    }

    private func isParticiple(_ index: Int) -> Bool {
        let word = question.word(units[index].tokens.lowerBound)
        return word.hasSuffix("ed") || word.hasSuffix("ing") || ["given", "shown", "taken"].contains(word)
    }

    // MARK: Lists

    /// What joins a phrase with the units of the next, nil where other words stand between.
    private func joint(
        _ left: Int, _ right: Range<Int>, _ phrases: [Parse.Phrase]
    ) -> Parse.Coordination.Joint? {
        let between = phrases[left].units.upperBound..<right.lowerBound
        let gaps = (between.lowerBound...right.lowerBound).map { question.gap(before: units[$0].tokens.lowerBound) }
        guard !gaps.contains(where: { $0.contains { ".;:()?!".contains($0) } }) else { return nil }
        var words = between.map { question.word(units[$0].tokens.lowerBound) }
        // "Mice or maybe rats".
        if words.count > 1 {
            words = zip(words, between).filter { !question.has(.adverb, at: units[$0.1].tokens.lowerBound) }.map(\.0)
        }
        // "In V1 or in LM", "either from mice or from rats".
        if words.contains("either") {
            // "Epilepsy and either V1 or V2": another list begins.
            guard words.contains("or") else { return nil }
            words.removeAll { $0 == "either" }
        }
        if let last = words.last, phrases[left].preposition.map({ question.word(units[$0].tokens.lowerBound) }) == last
        {
            words.removeLast()
        }
        switch words {
        case ["or"], ["and", "or"]: return .or
        case ["nor"]: return .nor
        case ["vs"], ["versus"]: return .versus
        case ["and"], ["plus"]: return .and
        case []:
            // "S1/M1", unless recorded simultaneously.
            if gaps.contains(where: { $0.contains("/") || $0.contains("|") }) {
                return question.words.contains { $0.hasPrefix("simultaneous") } ? .and : .or
            }
            if gaps.contains(where: { $0.contains(",") }) { return .comma }
            return gaps.contains { $0.contains("+") || $0.contains("&") } ? .and : nil
        default: return nil
        }
    }

    private func coordinations(of phrases: [Parse.Phrase], from first: Int) -> [Parse.Coordination] {
        var lists: [Parse.Coordination] = []
        var members: [Int] = []
        var joints: [Parse.Coordination.Joint] = []
        func close() {
            if members.count > 1 {
                // A list is what its last joint says: "mouse, rat or gerbil".
                let joint = joints.last { $0 != .comma } ?? .comma
                lists.append(Parse.Coordination(members: members, joint: joint))
            }
        }
        for index in phrases.indices where index >= first {
            // "In striatum and cortex, rats": the joint ends the list.
            if let last = members.last, let joint = joint(last, phrases[index].units, phrases),
                joint != .comma || joints.allSatisfy({ $0 == .comma })
            {
                // "A and B or C": the innermost list alone.
                if joint != .comma, joints.contains(where: { $0 != .comma && $0 != joint }) {
                    close()
                    (members, joints) = ([last], [])
                }
                members.append(index)
                joints.append(joint)
            } else {
                close()
                (members, joints) = ([index], [])
            }
        }
        close()
        return lists
    }
}
