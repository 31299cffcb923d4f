import Records
import Vocabulary

/// Joins by OR what one filter cannot hold: alternatives of unlike kinds ("epilepsy or hippocampal lesions") and groups
/// of unlike pairs ("mice with tetrodes or rats with Neuropixels"), as alternations of the plan.
///
/// An alternative that is not in the vocabularies leaves the others open, since a filter made of a part of an OR would
/// leave out what was asked for.
struct AlternativeReader {
    let question: Question
    /// In the order of the text, alternatives of one facet marked.
    let findings: [Finding]
    let parse: Parse
    let vocabulary: Vocabulary

    func joined() -> (findings: [Finding], warnings: [Plan.Warning]) {
        var joined = findings
        var warnings: [Plan.Warning] = []
        var next = 0
        for list in parse.lists where list.joint != .comma {
            let members = list.members.map(findings(in:))
            if members.joined().contains(where: { findings[$0].isNegated }) { continue }
            for index in family(of: members) { joined[index].isAlternative = true }
            guard list.joint == .or else { continue }
            if let unknown = unknown(of: list, members) {
                let known = members.joined().map { question.written(findings[$0].tokens) }
                if known.count == 1, let only = members.joined().first { joined[only].weight = .preferred }
                warnings.append(warning(of: question.written(unknown), beside: known))
                continue
            }
            guard let choices = choices(of: members) else { continue }
            for (number, members) in choices.enumerated() {
                for index in members {
                    (joined[index].either, joined[index].choice) = (next, number)
                    joined[index].isAlternative = false
                }
            }
            next += 1
        }
        return (joined, warnings)
    }

    private func findings(in phrase: Int) -> [Int] {
        let tokens = parse.tokens(of: parse.phrases[phrase])
        return findings.indices.filter { tokens.contains(findings[$0].tokens.lowerBound) }
    }

    // MARK: A family and its members

    /// "EEG, iEEG and sEEG": a family that stands in one list with its members; any of them will do.
    private func family(of members: [[Int]]) -> [Int] {
        let heads = members.compactMap { $0.count == 1 ? $0[0] : nil }
        guard heads.count == members.count, let first = heads.first, first + heads.count - 1 == heads.last,
            heads.allSatisfy({ findings[$0].facet == findings[first].facet }),
            findings[first].facet.descriptor.traits.contains(.specialSuffices)
        else { return [] }
        let terms = heads.compactMap { findings[$0].term }
        let hasFamily = terms.contains { term in
            terms.contains { $0 != term && vocabulary.isTerm($0, within: term) }
        }
        return hasFamily ? Array(heads.dropFirst()) : []
    }

    // MARK: Unknown alternatives

    /// The tokens of a member that names nothing known, beside members that are names; nil where there is none.
    private func unknown(of list: Parse.Coordination, _ members: [[Int]]) -> Range<Int>? {
        var unknown: Range<Int>?
        var known = 0
        for (phrase, found) in zip(list.members, members) {
            let head = parse.units[parse.phrases[phrase].head]
            if found.isEmpty {
                // "Mice or so", "2 hours or more": words that a list knows are no alternative.
                guard !head.isName, question.isInNoList(head.tokens.lowerBound),
                    !question.isUsed[head.tokens.lowerBound]
                else { return nil }
                unknown = unknown ?? parse.tokens(of: parse.phrases[phrase])
            } else {
                // "Mouse recordings or videos": the mouse is of both.
                guard head.isName, found.count == 1 else { return nil }
                known += 1
            }
        }
        return known > 0 ? unknown : nil
    }

    private func warning(of words: String, beside known: [String]) -> Plan.Warning {
        let names = known.map { "'\($0)'" }.joined(separator: ", ")
        let effect = known.count == 1 ? "\(names) is preferred and not required" : "\(names) are required without it"
        return Plan.Warning(
            code: "unknown_alternative",
            message: "'\(words)' is an alternative that is not in the vocabularies; \(effect).")
    }

    // MARK: Unlike alternatives

    /// The findings of each alternative, nil where one filter holds them all or where one has none.
    private func choices(of members: [[Int]]) -> [[Int]]? {
        guard !members.contains(where: \.isEmpty) else { return nil }
        if let pairs = pairs(around: members) { return pairs }
        // "Mouse, rat or gerbil inferior colliculus": one filter holds them, and what follows is of all.
        if members.dropFirst().allSatisfy({ findings[$0[0]].isAlternative }) { return nil }
        let heads = members.compactMap(\.last)
        guard Set(heads.map { findings[$0].facet }).count > 1 else { return nil }
        guard Set(heads.map { findings[$0].weight }).count == 1 else { return nil }
        // "Mouse Neuropixels or two-photon": what stands before the first head is of all.
        return [own(members[0])] + members.dropFirst()
    }

    /// The head of the first alternative, with the place of what was done: "hippocampal lesions or epilepsy".
    private func own(_ member: [Int]) -> [Int] {
        guard let head = member.last else { return [] }
        guard findings[head].facet.descriptor.act == .intervention else { return [head] }
        return member.filter { $0 == head || findings[$0].facet == .region }
    }

    /// Groups of the same facets in the same order on both sides: "mice given muscimol or rats given CNO", "mouse V1 or
    /// rat CA1".
    private func pairs(around members: [[Int]]) -> [[Int]]? {
        guard members.count == 2, let last = members[0].last, let first = members[1].first else { return nil }
        let clause = parse.clause(ofToken: findings[first].tokens.lowerBound)
        func isOfClause(_ index: Int) -> Bool {
            parse.clause(ofToken: findings[index].tokens.lowerBound) == clause && !findings[index].isNegated
        }
        let left = Array((0...last).filter(isOfClause))
        let right = Array((first..<findings.count).filter(isOfClause))
        for count in stride(from: 2, through: Swift.min(left.count, right.count), by: 1) {
            let (one, other) = (left.suffix(count), right.prefix(count))
            guard zip(one, other).allSatisfy({ findings[$0].facet == findings[$1].facet }) else { continue }
            return [Array(one), Array(other)]
        }
        return nil
    }
}
