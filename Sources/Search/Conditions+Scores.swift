import Planner
import Store

extension Conditions {
    /// Share of the positive filters that each record of a set fulfils by what its source states; 1 when there is none.
    /// Of alternatives, the one of which most is stated counts; what is only preferred does not.
    func statedShares(of records: Bitset) -> [Double] {
        let stated = statedSets
        return shares(of: records, sets: stated.map { ($0, 1) }, count: stated.count, ofNone: 1)
    }

    private var statedSets: [Bitset] {
        func stated(_ places: [Int]) -> Bitset? {
            let positive = places.filter { !plan.filters[$0].negated }
            guard let first = positive.first else { return nil }
            return positive.dropFirst().reduce(matcher.records(of: outcomes[first].stated)) {
                $0 & matcher.records(of: outcomes[$1].stated)
            }
        }
        let required = logic.required.compactMap { stated([$0]) }
        let alternatives = logic.alternations.compactMap { alternation -> Bitset? in
            let sets = alternation.choices.compactMap(stated)
            return sets.first.map { sets.dropFirst().reduce($0, |) }
        }
        return required + alternatives
    }

    /// Share of what is preferred that each record of a set fulfils: 1 for each wish that holds, a half for one that is
    /// near, or of which an excluded value is not recorded; nil when nothing is preferred.
    func wishShares(of records: Bitset) -> [Double]? {
        guard !logic.wishes.isEmpty else { return nil }
        let sets = logic.wishes.flatMap { wish -> [(Bitset, Double)] in
            let (full, half) = fulfilment(of: wish)
            return [(full, 1), (half, 0.5)]
        }
        return shares(of: records, sets: sets, count: logic.wishes.count, ofNone: 0)
    }

    /// The records that fulfil a wish, and those that come near it.
    func fulfilment(of wish: PlanLogic.Wish) -> (full: Bitset, half: Bitset) {
        let none = Bitset(capacity: matcher.facets.recordCount)
        switch wish {
        case .range(let place): return (ranges[place].holds, none)
        case .filters(let choices):
            var full = none
            var half = none
            for choice in choices {
                full |= joint(ofChoice: choice).holds
                half |= choice.dropFirst().reduce(near(choice[0])) { $0 & near($1) }
            }
            return (full, half - full)
        }
    }

    /// One choice, with the required filters that are of the same parts.
    func joint(ofChoice places: [Int]) -> Joint {
        conjunction(of: places + logic.bound(to: places), apart: logic.apart)
    }

    private func near(_ place: Int) -> Bitset {
        plan.filters[place].negated ? single[place].holds | single[place].unknown : single[place].known
    }

    /// The sum of the numbers of the sets that each record of a set is in, over a count.
    private func shares(
        of records: Bitset, sets: [(Bitset, Double)], count: Int, ofNone: Double
    ) -> [Double] {
        guard count > 0 else { return [Double](repeating: ofNone, count: records.count) }
        var shares: [Double] = []
        shares.reserveCapacity(records.count)
        for (index, word) in records.words.enumerated() {
            var rest = word
            while rest != 0 {
                let lowest = rest & (~rest &+ 1)
                rest ^= lowest
                var sum = 0.0
                for (set, number) in sets where set.words[index] & lowest != 0 { sum += number }
                shares.append(sum / Double(count))
            }
        }
        return shares
    }
}
