import Records
import Store
import Synchronization

/// Sets that depend on the generation alone.  Each is made when a question first needs it, and kept: a pass over a
/// million records for every question would be most of its time.
final class SnapshotSets: Sendable {
    private let facets: FacetFile
    private let types = Mutex<[RecordType: Bitset]>([:])
    private let roles = Mutex<[Part.Role: Bitset]>([:])
    private let fields = Mutex<[RangeField: Bitset]>([:])
    private let recorded = Mutex<[RecordedFacet: (parts: Bitset, records: Bitset)]>([:])
    private let names = Mutex<[Facet: NameIndex]>([:])

    private struct RecordedFacet: Hashable, Sendable {
        let facet: Facet
        let statedOnly: Bool
    }

    init(_ facets: FacetFile) { self.facets = facets }

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
            var parts = Bitset(capacity: facets.partCount)
            parts.insert(facets.recorded(facet, .stated))
            if !statedOnly { parts.insert(facets.recorded(facet, .inferred)) }
            return (parts, facets.records(of: parts))
        }
    }

    /// The names among the values of a facet, by their words.
    func names(of facet: Facet) -> NameIndex {
        SnapshotSets.kept(names, facet) { NameIndex(facet, in: facets.terms) }
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
        var found = Set(terms[rarest] ?? [])
        for word in words where word != rarest && !found.isEmpty {
            // Names are short and lists may be long, but the rarest word's is seldom.
            found.formIntersection(terms[word] ?? [])
        }
        return found.map(Int.init).sorted()
    }
}

extension FacetFile {
    /// The records that parts belong to.
    func records(of parts: Bitset) -> Bitset {
        Bitset(capacity: recordCount, words: records(ofParts: parts.words))
    }
}
