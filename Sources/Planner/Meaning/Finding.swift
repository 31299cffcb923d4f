import Records

/// A term found in the question, on its way to become a filter.
struct Finding {
    var tokens: Swift.Range<Int>
    var facet: Facet
    var value: Plan.Value
    /// Number in the vocabulary; nil for a literal value.
    var term: Int?
    var via: Plan.Via
    var confidence: Double
    var isNegated = false
    var weight = Plan.Weight.required
    /// Joined by OR with the finding before it.
    var isAlternative = false
    /// The alternation that it is part of, and which alternative, both from 0; nil for none.
    var either: Int?
    var choice: Int?
    var scope: Int?
    var role: Part.Role?
    /// The term itself is meant, nothing below it.
    var isExact = false
}

extension [Finding] {
    /// Findings become filters; alternatives share one.
    func filters(in question: Question) -> [Plan.Filter] {
        var filters: [Plan.Filter] = []
        for finding in self {
            let words = question.planWords(finding.tokens)
            if finding.isAlternative, let last = filters.last, last.facet == finding.facet,
                last.negated == finding.isNegated, last.weight == finding.weight, last.either == finding.either,
                last.choice == finding.choice,
                (last.exact ?? false) == finding.isExact
            {
                filters[filters.count - 1] = last.joined(with: finding, words: words, in: question)
                continue
            }
            filters.append(
                Plan.Filter(
                    facet: finding.facet, anyOf: [finding.value], negated: finding.isNegated, weight: finding.weight,
                    either: finding.either, choice: finding.choice, scope: finding.scope, role: finding.role,
                    exact: finding.isExact ? true : nil,
                    confidence: finding.confidence, words: words, via: finding.via))
        }
        return filters
    }
}

extension [Plan.Filter] {
    /// The same with scopes numbered from 1; a scope of one filter binds nothing.
    ///
    /// A scope of one filter that must differ from another one stays; with the pairs of the scopes that there are.
    func withScopesRenumbered(apart: [[Int]] = []) -> (filters: [Plan.Filter], apart: [[Int]]) {
        let pairs = pairs(of: apart)
        let paired = Set(pairs.joined())
        var numbers: [Int: Int] = [:]
        let filters = map { filter in
            guard let scope = filter.scope else { return filter }
            var filter = filter
            if !paired.contains(scope), count(where: { $0.scope == scope }) < 2 {
                filter.scope = nil
            } else {
                filter.scope = numbers[scope] ?? numbers.count + 1
                numbers[scope] = filter.scope
            }
            return filter
        }
        return (filters, pairs.map { $0.compactMap { numbers[$0] } })
    }

    /// The pairs of two scopes that there are.
    func pairs(of apart: [[Int]]) -> [[Int]] {
        let known = Set(compactMap(\.scope))
        return apart.filter { $0.count == 2 && $0[0] != $0[1] && known.isSuperset(of: $0) }
    }
}

extension Plan.Filter {
    /// The filter with one more value that fulfils it.
    fileprivate func joined(with finding: Finding, words: Plan.Words, in question: Question) -> Plan.Filter {
        var joined = self
        if !anyOf.contains(where: { $0.id == finding.value.id }) { joined.anyOf.append(finding.value) }
        joined.words = question.planWords(bytes: self.words.start..<Swift.max(self.words.end, words.end))
        joined.confidence = Swift.min(confidence, finding.confidence)
        return joined
    }
}
