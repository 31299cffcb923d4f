import Planner
import Records
import Store
import Vocabulary

/// Turns one filter or range of a plan into sets of parts and records of one generation.
///
/// Three values, not two: a condition holds, fails or is undecided.  Evidence read from free text beside stated values
/// of the same facet (a *hint*), and values recorded only above the one asked for, leave it undecided.
struct Matcher {
    let facets: FacetFile
    let vocabulary: Vocabulary
    /// Count what was read from free text as a hint only.
    let statedOnly: Bool
    let sets: SnapshotSets
    /// Records whose embargo is over: they are open, although the facet file says embargoed.
    let lapsed: Bitset
    /// All records that are datasets.
    var datasets: Bitset { sets.records(of: .dataset) }

    init(facets: FacetFile, sets: SnapshotSets, vocabulary: Vocabulary, statedOnly: Bool, lapsed: Bitset) {
        self.facets = facets
        self.sets = sets
        self.vocabulary = vocabulary
        self.statedOnly = statedOnly
        self.lapsed = lapsed
    }

    /// What a filter says of every part.
    struct Outcome {
        /// The value or something below it is recorded.
        var holds: Bitset
        /// Of these, where a source states it.
        var stated: Bitset
        /// A hint of it, or something above it.
        var near: Bitset
        /// The facet has any value.
        var recorded: Bitset
        /// The records of these.
        var recordedRecords: Bitset
    }

    /// A condition on records as two sets; what is in neither fails.
    struct Condition {
        var holds: Bitset
        var unknown: Bitset
        /// Of the unknown, those that know something: a hint, or something above the value.
        var near: Bitset
        /// Datasets that name other values only, in a facet where they name some of what they hold.
        var open: Bitset
    }

    /// Local numbers of the terms that fulfil a filter: its values and everything below them, or of an exact
    /// filter the values and what is the same elsewhere.
    func expansion(of filter: Plan.Filter) -> Set<Int> {
        var result: Set<Int> = []
        for value in filter.anyOf {
            if filter.facet.descriptor.namesPeople, filter.exact != true {
                result.formUnion(sets.terms(meantBy: value, facet: filter.facet))
            } else if let number = vocabulary.number(of: value.id) {
                result.formUnion(sets.terms(filter.exact == true ? .same(number) : .within(number)))
            } else if let local = facets.terms.number(of: value.id) {
                result.insert(local)
            }
        }
        return result
    }

    /// Local numbers of the terms above the values of a filter.
    func ancestors(of filter: Plan.Filter) -> Set<Int> {
        var result: Set<Int> = []
        for value in filter.anyOf {
            if let number = vocabulary.number(of: value.id) { result.formUnion(sets.terms(.above(number))) }
        }
        return result
    }

    /// What a filter says of every part that may fulfil it; the scope is ignored.
    func outcome(of filter: Plan.Filter) -> Outcome {
        let expansion = expansion(of: filter)
        let ancestors = ancestors(of: filter).subtracting(expansion)
        var stated = Bitset(capacity: facets.partCount)
        var holds = stated
        var near = stated
        for term in expansion {
            stated.insert(facets.postings(term, .stated))
            if statedOnly {
                near.insert(facets.postings(term, .inferred))
            } else {
                holds.insert(facets.postings(term, .inferred))
            }
            near.insert(facets.postings(term, .hinted))
        }
        holds |= stated
        for term in ancestors {
            near.insert(facets.postings(term, .stated))
            near.insert(facets.postings(term, .inferred))
        }
        var recorded = sets.recorded(filter.facet, statedOnly: statedOnly)
        if let role = filter.role {
            let allowed = sets.parts(playing: role)
            holds &= allowed
            stated &= allowed
            near &= allowed
            recorded.parts &= allowed
            recorded.records = records(of: recorded.parts)
        }
        var outcome = Outcome(
            holds: holds, stated: stated, near: near, recorded: recorded.parts, recordedRecords: recorded.records)
        honourEmbargoes(&outcome, of: filter)
        return outcome
    }

    /// A filter on its own.
    func condition(for outcome: Outcome, facet: Facet, negated: Bool) -> Condition {
        let holds = records(of: outcome.holds)
        let near = records(of: outcome.near) - holds
        let recorded = outcome.recordedRecords
        if negated {
            return Condition(
                holds: recorded - holds - near, unknown: !(recorded | holds) | near, near: near,
                open: Bitset(capacity: facets.recordCount))
        }
        let unknown = (near | !recorded) - holds
        return Condition(holds: holds, unknown: unknown, near: near, open: open(facet) - holds - unknown)
    }

    /// Datasets, where the facet is one of which a deposit names some values and seldom all: a region in `about` does
    /// not say that no other was recorded.
    private func open(_ facet: Facet) -> Bitset {
        guard facet.descriptor.traits.contains(.openEnded) else { return Bitset(capacity: facets.recordCount) }
        return datasets
    }

    /// A range: holds where any recorded interval reaches into the bounds.
    func condition(for range: Plan.Range) -> Condition {
        let lower = range.min?.value ?? -.infinity
        let upper = range.max?.value ?? .infinity
        let holds = Bitset(
            capacity: facets.recordCount, words: facets.records(with: range.field, from: lower, to: upper))
        let recorded = sets.records(with: range.field)
        let none = Bitset(capacity: facets.recordCount)
        return Condition(holds: holds, unknown: !recorded, near: none, open: none)
    }

    /// The records that parts belong to.
    func records(of parts: Bitset) -> Bitset { facets.records(of: parts) }

    /// The folded words of a literal value, `text:person:<words>`; nil for a term of the vocabulary.
    static func literalWords(id: String, facet: Facet) -> [Substring]? {
        let prefix = "text:\(facet.rawValue):"
        guard id.hasPrefix(prefix) else { return nil }
        return id.dropFirst(prefix.count).split(separator: " ")
    }
}
