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
            let members = withoutStrangers(list.members.map(findings(in:)))
            if members.joined().contains(where: { findings[$0].isNegated }) { continue }
            for index in family(of: members) { joined[index].isAlternative = true }
            guard list.joint == .or else { continue }
            if let unknown = unknown(of: list, members) {
                let known = members.joined().map { question.written(findings[$0].tokens) }
                if known.count == 1, let only = members.joined().first { joined[only].weight = .preferred }
                warnings.append(warning(of: question.written(unknown), beside: known))
                continue
            }
            for index in oneKind(members) { joined[index].isAlternative = true }
            // A finding is of one alternation.
            guard let choices = choices(of: members), isFree(choices, in: joined) else { continue }
            mark(choices, as: next, in: &joined)
            next += 1
        }
        for clause in parse.clauses.indices {
            guard let choices = predicates(of: clause), isFree(choices, in: joined) else { continue }
            mark(choices, as: next, in: &joined)
            next += 1
        }
        return (joined, warnings)
    }

    private func isFree(_ choices: [[Int]], in findings: [Finding]) -> Bool {
        choices.joined().allSatisfy { findings[$0].either == nil }
    }

    private func mark(_ choices: [[Int]], as either: Int, in findings: inout [Finding]) {
        for (choice, members) in choices.enumerated() {
            for index in members {
                (findings[index].either, findings[index].choice) = (either, choice)
                findings[index].isAlternative = false
            }
        }
    }

    private func findings(in phrase: Int) -> [Int] {
        let tokens = parse.tokens(of: parse.phrases[phrase])
        return findings.indices.filter { tokens.contains(findings[$0].tokens.lowerBound) }
    }

    /// "CA1, sleep or wake": commas before a choice between things of one kind part what is of another kind.
    private func withoutStrangers(_ members: [[Int]]) -> [[Int]] {
        guard members.count > 2, let last = members.last?.first, let other = members[members.count - 2].last,
            findings[last].facet == findings[other].facet
        else { return members }
        let kind = findings[last].facet
        let start = members.lastIndex { member in !member.contains { findings[$0].facet == kind } && !member.isEmpty }
        return start.map { Array(members[($0 + 1)...]) } ?? members
    }

    // MARK: A family and its members

    /// "EEG, iEEG and sEEG": a family that stands in one list with its members; any of them will do.
    private func family(of members: [[Int]]) -> [Int] {
        let rest = oneKind(members)
        guard let first = members.first?.first, !rest.isEmpty,
            findings[first].facet.descriptor.traits.contains(.specialSuffices)
        else { return [] }
        let terms = ([first] + rest).compactMap { findings[$0].term }
        let hasFamily = terms.contains { term in
            terms.contains { $0 != term && vocabulary.isTerm($0, within: term) }
        }
        return hasFamily ? rest : []
    }

    // MARK: Unknown alternatives

    /// The tokens of a member that names nothing known, beside members that are names; nil where there is none.
    private func unknown(of list: Parse.Coordination, _ members: [[Int]]) -> Range<Int>? {
        var unknown: Range<Int>?
        var known = 0
        for (phrase, found) in zip(list.members.suffix(members.count), members) {
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

    /// "Virtual reality or a real linear track": alternatives of one kind that stand beside each other are one filter.
    private func oneKind(_ members: [[Int]]) -> [Int] {
        let heads = members.compactMap { $0.count == 1 ? $0[0] : nil }
        guard heads.count == members.count, let first = heads.first, first + heads.count - 1 == heads.last,
            heads.allSatisfy({ findings[$0].facet == findings[first].facet })
        else { return [] }
        return Array(heads.dropFirst())
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

    /// Groups that begin with one kind: "mice given muscimol or rats given CNO", "mouse V1 or rat CA1", "mice with
    /// tetrodes or rats".
    private func pairs(around members: [[Int]]) -> [[Int]]? {
        guard members.count == 2, let last = members[0].last, let first = members[1].first else { return nil }
        let clause = parse.clause(ofToken: findings[first].tokens.lowerBound)
        func isOfClause(_ index: Int) -> Bool {
            parse.clause(ofToken: findings[index].tokens.lowerBound) == clause && !findings[index].isNegated
        }
        let left = (0...last).filter(isOfClause)
        guard let start = left.last(where: { findings[$0].facet == findings[first].facet }), start != last else {
            return nil
        }
        let one = left.filter { $0 >= start }
        // As many as the left group has, as far as they hang on the right one.
        let other = (first..<findings.count).filter { isOfClause($0) && hangs($0, on: first) }.prefix(one.count)
        return [one, Array(other)]
    }

    /// Whether a finding tells more about another: in its phrase, or in one that hangs on it.
    private func hangs(_ finding: Int, on other: Int) -> Bool {
        guard var phrase = parse.phrase(at: findings[finding].tokens.lowerBound),
            let head = parse.phrase(at: findings[other].tokens.lowerBound)
        else { return false }
        while phrase != head {
            guard let governor = parse.governor(of: phrase), governor < phrase else { return false }
            phrase = governor
        }
        return true
    }

    /// "Mice that ran on a wheel or got optogenetics": predicates joined by OR.
    private func predicates(of clause: Int) -> [[Int]]? {
        let units = parse.clauses[clause].units
        guard clause > 0, let first = units.first, question.word(parse.units[first].tokens.lowerBound) == "or",
            parse.clauses[clause - 1].sentence == parse.clauses[clause].sentence
        else { return nil }
        let before = parse.clauses[clause - 1].units
        let isRelative = before.first.map { parse.units[$0].tag == .subordinator } ?? false
        let verb = before.first { parse.units[$0].tag == .verb || parse.units[$0].tag == .auxiliary }
        guard let start = isRelative ? before.first : verb else { return nil }
        let left = findings(from: start, to: before.upperBound)
        let right = findings(from: first, to: units.upperBound)
        guard !left.isEmpty, !right.isEmpty, !(left + right).contains(where: { findings[$0].isNegated }) else {
            return nil
        }
        return [left, right]
    }

    private func findings(from first: Int, to end: Int) -> [Int] {
        let tokens = parse.units[first].tokens.lowerBound..<parse.units[end - 1].tokens.upperBound
        return findings.indices.filter { tokens.contains(findings[$0].tokens.lowerBound) }
    }
}
