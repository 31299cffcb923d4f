import Planner
import Records
import Store
import Synchronization
import Vocabulary

/// Sets that depend on the generation alone.  Each is made when a question first needs it, and kept: a pass over a
/// million records for every question would be most of its time.
final class SnapshotSets: Sendable {
    private let facets: FacetFile
    private let vocabulary: Vocabulary
    private let locals = Mutex<[Int32]?>(nil)
    private let numbers = Mutex<[Int32]?>(nil)
    private let totals = Mutex<[Int]?>(nil)
    private let types = Mutex<[RecordType: Bitset]>([:])
    private let roles = Mutex<[Part.Role: Bitset]>([:])
    private let fields = Mutex<[RangeField: Bitset]>([:])
    private let recorded = Mutex<[RecordedFacet: (parts: Bitset, records: Bitset)]>([:])
    private let peopleIndex = Mutex<PeopleIndex?>(nil)
    private let relatives = Mutex<[Relation: [Int]]>([:])

    private struct RecordedFacet: Hashable, Sendable {
        let facet: Facet
        let statedOnly: Bool
    }

    /// The relations of the generation's terms to a term of the vocabulary, by its number.
    enum Relation: Hashable, Sendable {
        /// The term and everything below it.
        case within(Int)
        /// The term and what is the same in other tables.
        case same(Int)
        /// Everything wider.
        case above(Int)
        /// What fulfils a filter on a person or a laboratory, which is given by its own local number.
        case meant(Int)
    }

    init(_ facets: FacetFile, _ vocabulary: Vocabulary) {
        self.facets = facets
        self.vocabulary = vocabulary
    }

    /// For each term of the vocabulary its number in the generation, -1 where no record has it.
    func localTerms() -> [Int32] {
        if let known = locals.withLock({ $0 }) { return known }
        var made = [Int32](repeating: -1, count: vocabulary.count)
        for local in 0..<facets.terms.count {
            if let number = vocabulary.number(of: facets.terms.id(local)) { made[number] = Int32(local) }
        }
        locals.withLock { $0 = made }
        return made
    }

    /// For each term of the generation its number in the vocabulary, -1 for what no vocabulary has.
    func vocabularyNumbers() -> [Int32] {
        if let known = numbers.withLock({ $0 }) { return known }
        var made = [Int32](repeating: -1, count: facets.terms.count)
        for (number, local) in localTerms().enumerated() where local >= 0 { made[Int(local)] = Int32(number) }
        numbers.withLock { $0 = made }
        return made
    }

    /// Local numbers of the terms in a relation, without those that no record has.  Kept, because the walk through the
    /// vocabulary is longer than what is found, and a plan's terms are asked for several times.
    func terms(_ relation: Relation) -> [Int] {
        SnapshotSets.kept(relatives, relation) {
            let numbers: [Int]
            switch relation {
            case .within(let number): numbers = vocabulary.descendants(of: number)
            case .same(let number): numbers = [number] + vocabulary.counterparts(of: number)
            case .above(let number): numbers = vocabulary.wider(than: number)
            case .meant(let local):
                let value = Plan.Value(id: facets.terms.id(local), label: facets.terms.label(local))
                return terms(meantBy: value, facet: facets.terms.facet(local)).sorted()
            }
            let locals = localTerms()
            return numbers.compactMap { locals[$0] >= 0 ? Int(locals[$0]) : nil }
        }
    }

    /// How many records of a set have each term, itself or through one below it.  Of a large set the rest is counted.
    func countTerms(of set: Bitset) -> [Int] {
        guard set.count > facets.recordCount / 2 else { return facets.countTerms(of: set.words) }
        var counts = totalsOfTerms()
        for (term, count) in facets.countTerms(of: (!set).words).enumerated() { counts[term] -= count }
        return counts
    }

    /// How many records of the generation have each term.
    func totalsOfTerms() -> [Int] {
        if let known = totals.withLock({ $0 }) { return known }
        let made = facets.countTerms(of: Bitset(all: facets.recordCount).words)
        totals.withLock { $0 = made }
        return made
    }

    /// Makes what every question needs.
    func warmUp() {
        _ = vocabularyNumbers()
        _ = totalsOfTerms()
        _ = records(of: .dataset)
        for facet in Facet.allCases { _ = recorded(facet, statedOnly: false) }
        _ = people()
    }

    /// The records of one type.
    func records(of type: RecordType) -> Bitset {
        SnapshotSets.kept(types, type) {
            Bitset(capacity: facets.recordCount, words: facets.records(ofType: type))
        }
    }

    /// The parts that play a role, and each record as a whole: what is said of the whole is said of every act in it.
    func parts(playing role: Part.Role) -> Bitset {
        SnapshotSets.kept(roles, role) { Bitset(capacity: facets.partCount, words: facets.parts(playing: role)) }
    }

    /// The records that record a range field.
    func records(with field: RangeField) -> Bitset {
        SnapshotSets.kept(fields, field) {
            Bitset(
                capacity: facets.recordCount,
                words: facets.records(with: field, from: -.infinity, to: .infinity))
        }
    }

    /// The parts where a facet has any value, and their records.
    func recorded(_ facet: Facet, statedOnly: Bool) -> (parts: Bitset, records: Bitset) {
        SnapshotSets.kept(recorded, RecordedFacet(facet: facet, statedOnly: statedOnly)) {
            let parts = Bitset(
                capacity: facets.partCount,
                words: facets.parts(with: facet, statedOnly ? [.stated] : [.stated, .inferred]))
            return (parts, facets.records(of: parts))
        }
    }

    /// Local numbers of the terms that fulfil a filter on a person or a laboratory.
    func terms(meantBy value: Plan.Value, facet: Facet) -> Set<Int> {
        var found = people().terms(meantBy: value, facet: facet)
        if let number = vocabulary.number(of: value.id) { found.formUnion(terms(.within(number))) }
        if let local = facets.terms.number(of: value.id) { found.insert(local) }
        return found
    }

    private func people() -> PeopleIndex {
        if let known = peopleIndex.withLock({ $0 }) { return known }
        let made = PeopleIndex(facets.terms, vocabulary)
        peopleIndex.withLock { $0 = made }
        return made
    }

    /// Two threads may make the same set at once; nobody waits for the other.
    private static func kept<Key: Hashable & Sendable, Value: Sendable>(
        _ store: borrowing Mutex<[Key: Value]>, _ key: Key, _ make: () -> Value
    ) -> Value {
        if let known = store.withLock({ $0[key] }) { return known }
        let made = make()
        store.withLock { $0[key] = made }
        return made
    }
}

/// Which values of a facet hold which word, for values that are names.
struct NameIndex: Sendable {
    private let terms: [Substring: [UInt32]]
    /// Words of each name.
    private let lengths: [UInt32: Int]

    init(_ facet: Facet, in table: TermTable) {
        var terms: [Substring: [UInt32]] = [:]
        var lengths: [UInt32: Int] = [:]
        for number in 0..<table.count where table.facet(number) == facet {
            guard let words = Matcher.literalWords(id: table.id(number), facet: facet) else { continue }
            let distinct = Set(words)
            lengths[UInt32(number)] = distinct.count
            for word in distinct { terms[word, default: []].append(UInt32(number)) }
        }
        self.terms = terms
        self.lengths = lengths
    }

    /// The values whose name holds all the words, in any order.
    func holding(_ words: [Substring]) -> [Int] {
        guard let rarest = words.min(by: { (terms[$0]?.count ?? 0) < (terms[$1]?.count ?? 0) }) else {
            return lengths.keys.map(Int.init).sorted()
        }
        // Lists ascend.  Names are short and lists may be long, but the rarest word's is seldom.
        let others = words.filter { $0 != rarest }.map { terms[$0] ?? [] }
        return (terms[rarest] ?? []).filter { number in others.allSatisfy { $0.hasAscending(number) } }.map(Int.init)
    }
}

extension FacetFile {
    /// The records that parts belong to.
    func records(of parts: Bitset) -> Bitset {
        Bitset(capacity: recordCount, words: records(ofParts: parts.words))
    }
}
