import Records
import Vocabulary

/// Tells filters that must hold of different parts ("separate probes in striatum and cortex", "one probe in V1 and
/// another in CA1") and places of one part ("one probe that passes through both CA1 and LP").
struct PartReader {
    let question: Question
    /// In the order of the text, bound.
    let findings: [Finding]
    let parse: Parse

    /// The findings with a scope for each part, and the pairs of scopes that must differ.
    func separated() -> (findings: [Finding], apart: [[Int]], used: [Range<Int>]) {
        var separated = findings
        for phrase in parse.phrases.indices {
            if let places = places(ofOne: phrase) { join(places, device: device(of: phrase), in: &separated) }
        }
        guard question.hasAny(of: [.distinct, .otherOne], in: question.tokens.indices) else {
            return (separated, [], [])
        }
        var apart: [[Int]] = []
        var used: [Range<Int>] = []
        for phrase in parse.phrases.indices {
            if let places = places(ofEach: phrase) {
                apart += separate(places, device: device(of: phrase), in: &separated)
            } else if let (one, other) = pair(with: phrase) {
                apart.append(separate(one, from: other, in: &separated))
            } else {
                continue
            }
            used.append(parse.tokens(of: parse.phrases[phrase]))
        }
        return (separated.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }, apart, used)
    }

    // MARK: One for all

    /// The regions of one device: "the same probe in A and B", "one probe through both A and B".
    private func places(ofOne phrase: Int) -> [Int]? {
        guard isDevice(phrase), !has(.distinct, in: phrase) else { return nil }
        let tokens = parse.tokens(of: parse.phrases[phrase])
        guard !question.isPlural(tokens.upperBound - 1),
            tokens.contains(where: { Self.one.contains(question.word($0)) })
        else { return nil }
        // "One in V1 and one in CA1" are two.
        guard question.words.count(where: { Self.one.contains($0) }) == 1 else { return nil }
        let lists = parse.lists.filter { $0.joint == .and }.map { $0.members.compactMap(region(in:)) }.filter {
            $0.count > 1
        }
        guard lists.count == 1, let places = lists.first,
            sentence(of: parse.phrases[phrase].head)
                == places.first.map({ sentence(ofToken: findings[$0].tokens.lowerBound) })
        else { return nil }
        return places
    }

    private static let one: Set<String> = ["1", "one", "same", "single"]

    private func sentence(of unit: Int) -> Int? { sentence(ofToken: parse.units[unit].tokens.lowerBound) }

    private func sentence(ofToken token: Int) -> Int? {
        parse.clause(ofToken: token).map { parse.clauses[$0].sentence }
    }

    private func join(_ regions: [Int], device: Int?, in findings: inout [Finding]) {
        let scope = regions.compactMap { findings[$0].scope }.first ?? free(in: findings)
        for index in regions + [device].compactMap({ $0 }) { findings[index].scope = scope }
    }

    // MARK: Each its own

    /// The regions of which each has a device of its own: "different probes in A and B", "A and B with
    /// separate probes".
    private func places(ofEach phrase: Int) -> [Int]? {
        guard has(.distinct, in: phrase), isDevice(phrase) else { return nil }
        let head = parse.units[parse.phrases[phrase].head].tokens
        let isOwn = question.words[parse.tokens(of: parse.phrases[phrase])].contains("own")
        guard isOwn || question.isPlural(head.upperBound - 1) else { return nil }
        let behind = parse.phrases.indices.first {
            parse.phrases[$0].relation == .nmod && parse.phrases[$0].governor == phrase
        }
        for place in [behind, parse.phrases[phrase].governor].compactMap({ $0 }) {
            guard let list = parse.lists.first(where: { $0.members.contains(place) }) else { continue }
            let regions = list.members.compactMap(region(in:))
            if regions.count > 1 { return regions }
        }
        return nil
    }

    /// Gives each region a scope, and each of these the device.
    private func separate(_ regions: [Int], device: Int?, in findings: inout [Finding]) -> [[Int]] {
        var scopes: [Int] = []
        for (number, region) in regions.enumerated() {
            let scope = free(in: findings)
            findings[region].scope = scope
            scopes.append(scope)
            guard let device else { continue }
            if number == 0 {
                findings[device].scope = scope
            } else {
                var copy = findings[device]
                copy.scope = scope
                findings.append(copy)
            }
        }
        return scopes.indices.flatMap { one in scopes[(one + 1)...].map { [scopes[one], $0] } }
    }

    // MARK: Another one

    /// The regions of two parts: "V1 with one probe and CA1 with a different probe", "one probe in V1 and another in
    /// CA1".
    private func pair(with phrase: Int) -> (Int, Int)? {
        guard has(.otherOne, in: phrase) else { return nil }
        let head = parse.units[parse.phrases[phrase].head].tokens
        let isAlone = question.has(.otherOne, at: head.lowerBound)
        guard isAlone || isDevice(phrase) && !question.isPlural(head.upperBound - 1) else { return nil }
        let behind = parse.phrases.indices.first {
            parse.phrases[$0].relation == .nmod && parse.phrases[$0].governor == phrase
        }
        guard
            let other = [behind, parse.phrases[phrase].governor].compactMap({ $0 }).lazy.compactMap(region(in:)).first,
            let one = findings[..<other].lastIndex(where: { $0.facet == .region && !$0.isNegated }),
            parse.phrases.indices.contains(where: { $0 < phrase && isDevice($0) })
        else { return nil }
        return (one, other)
    }

    private func separate(_ one: Int, from other: Int, in findings: inout [Finding]) -> [Int] {
        let first = findings[one].scope ?? free(in: findings)
        findings[one].scope = first
        let second = free(in: findings)
        // What was said behind the joint is of the second: "V1 with one probe | and CA1 with another".
        let joint =
            (findings[one].tokens.upperBound..<findings[other].tokens.lowerBound).last {
                question.word($0) == "and" || question.isClauseEnd(before: $0)
            } ?? findings[one].tokens.upperBound
        for index in (one + 1)..<findings.count
        where findings[index].scope == first && findings[index].tokens.lowerBound >= joint {
            findings[index].scope = second
        }
        findings[other].scope = second
        return [first, second]
    }

    // MARK: Parts of a phrase

    private func free(in findings: [Finding]) -> Int { (findings.compactMap(\.scope).max() ?? 0) + 1 }

    private func has(_ list: Lexicon.List, in phrase: Int) -> Bool {
        question.has(list, in: parse.tokens(of: parse.phrases[phrase]))
    }

    private func isDevice(_ phrase: Int) -> Bool {
        question.has(.deviceNoun, in: parse.tokens(of: parse.phrases[phrase])) || device(of: phrase) != nil
    }

    private func device(of phrase: Int) -> Int? {
        let tokens = parse.tokens(of: parse.phrases[phrase])
        return findings.firstIndex { $0.facet == .device && !$0.isNegated && tokens.contains($0.tokens.lowerBound) }
    }

    private func region(in phrase: Int) -> Int? {
        let tokens = parse.tokens(of: parse.phrases[phrase])
        return findings.firstIndex { $0.facet == .region && !$0.isNegated && tokens.contains($0.tokens.lowerBound) }
    }
}
