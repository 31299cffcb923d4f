import Records
import Text

/// Vocabulary: the terms of every facet, what they are called, how they hang together, and the recogniser that finds
/// them in text.
///
/// Terms come from the tables in `vocab/` (see `vocab/README.md` for the format).  Loaded once, immutable, shared.
/// Term numbers are dense and mean nothing outside one loaded vocabulary.
package final class Vocabulary: Sendable {
    /// Number of terms.
    package let count: Int
    /// Hash of all files; two vocabularies with one fingerprint give the same plans.
    package var fingerprint: String { fingerprintWhenAsked.value }

    private let fingerprintWhenAsked: Lazily<String>
    /// Words that are plain English; see ``EnglishWords``.
    package let english: EnglishWords
    /// Words that decide how a question is read.
    package let lexicon: Lexicon
    /// Names that concepts share on purpose.
    package let homonyms: [Homonym]

    let homonymsByKey: [UInt64: Homonym]
    /// Everyday words that name terms in some places only, by the key of their words.
    let everyday: [UInt64: [EverydayName]]
    let everydayLines: [EverydayName.Line]
    let tables: [TermTable]
    /// First term number of each table.
    let tableStarts: [Int]
    let ids: HashIndex
    /// Names that text is read for.
    let names: NameIndex
    /// Names that only sources and operators use, most of them of atlas structures: a question seldom needs them, so
    /// they are read when the first one does.
    let silentNames: Lazily<NameIndex>
    let flags: [Term.Flags]
    /// Parents and children as flat lists: those of term n are `…Lists[…Starts[n]..<…Starts[n + 1]]`.
    let parents: Adjacency
    let children: Adjacency
    /// What the atlases place elsewhere than the species-neutral tree does.
    package let atlasPlacements: [Placement]
    /// By a term its parents of the same atlas inside which no species-neutral term finds it.
    let outside: [Int32: [Int32]]
    /// The terms that are such a parent.
    let holdsOutside: Set<Int32>
    /// Terms whose cross-references name a term.
    let counterpartsByName: Adjacency
    /// Parent and implication ids that no table has; `vocab check` reports them.
    package let dangling: [Dangling]

    /// A reference to a term that does not exist.
    package struct Dangling: Sendable, Hashable {
        package let term: String
        package let column: String
        package let id: String
    }

    init(
        tables: [TermTable], english: EnglishWords, lexicon: Lexicon, homonyms: [Homonym],
        everyday lines: [EverydayName.Line], placements: [Placement]
    ) {
        self.tables = tables
        self.english = english
        self.lexicon = lexicon
        self.homonyms = homonyms
        homonymsByKey = Dictionary(
            homonyms.compactMap { homonym in Tokenizer.key(ofName: homonym.name).map { ($0, homonym) } },
            uniquingKeysWith: { first, _ in first })
        var starts: [Int] = []
        var total = 0
        for table in tables {
            starts.append(total)
            total += table.count
        }
        tableStarts = starts
        count = total

        var ids = HashIndex(capacity: total * 3)
        for (table, start) in zip(tables, starts) {
            for line in 0..<table.count { ids.insert(start + line, for: Self.idKey(table.cell(line, .id))) }
        }
        var xrefs: [(term: Int32, key: UInt64)] = []
        xrefs.reserveCapacity(total * 2)
        for (table, start) in zip(tables, starts) {
            for line in 0..<table.count {
                table.forEachValue(line, .xrefs) { xref in
                    let key = Self.idKey(table.bytes[xref])
                    ids.insert(start + line, for: key)
                    xrefs.append((Int32(start + line), key))
                }
            }
        }
        self.ids = ids

        var flags: [Term.Flags] = []
        flags.reserveCapacity(total)
        var edges: [(child: Int32, parent: Int32)] = []
        edges.reserveCapacity(total * 2)
        var dangling: [Dangling] = []
        for (table, start) in zip(tables, starts) {
            for line in 0..<table.count {
                let cell = table.cell(line, .flags)
                flags.append(
                    cell.isEmpty
                        ? [] : Self.flags(table.values(line, .flags).map { String(decoding: $0, as: UTF8.self) }))
                table.forEachValue(line, .parents) { parent in
                    let parent = table.bytes[parent]
                    if let number = ids[Self.idKey(parent)] {
                        if number != start + line { edges.append((Int32(start + line), Int32(number))) }
                    } else {
                        dangling.append(
                            Dangling(
                                term: String(decoding: table.cell(line, .id), as: UTF8.self), column: "parents",
                                id: String(decoding: parent, as: UTF8.self)))
                    }
                }
                table.forEachValue(line, .implies) { range in
                    let text = String(decoding: table.bytes[range], as: UTF8.self)
                    if let implied = Self.implication(text), ids[Self.idKey(implied.id)] != nil { return }
                    dangling.append(
                        Dangling(
                            term: String(decoding: table.cell(line, .id), as: UTF8.self), column: "implies", id: text))
                }
            }
        }
        var everyday: [UInt64: [EverydayName]] = [:]
        for line in lines {
            guard let key = Tokenizer.key(ofName: line.name), let term = ids[Self.idKey(line.term)] else {
                dangling.append(Dangling(term: line.name, column: "everyday.tsv", id: line.term))
                continue
            }
            everyday[key, default: []].append(
                EverydayName(term: term, neighbors: line.neighbors, countsAsKeyword: line.countsAsKeyword))
        }
        (self.everyday, everydayLines) = (everyday, lines)
        self.flags = flags
        let parents = Adjacency(count: total, edges: edges.map { ($0.child, $0.parent) })
        let children = Adjacency(count: total, edges: edges.map { ($0.parent, $0.child) })
        (self.parents, self.children, atlasPlacements) = (parents, children, placements)
        let tree = PlacedTree(
            parents: parents, children: children,
            isNeutral: tables.flatMap { [Bool](repeating: $0.species == nil, count: $0.count) })
        outside = tree.outside(
            placements.compactMap { placement in
                guard !placement.isInside, let whole = ids[Self.idKey(placement.whole)],
                    let part = ids[Self.idKey(placement.part)]
                else { return nil }
                return (whole, part)
            })
        holdsOutside = Set(outside.values.joined())
        for placement in placements {
            for id in [placement.whole, placement.part] where ids[Self.idKey(id)] == nil {
                dangling.append(Dangling(term: id, column: "placements.tsv", id: id))
            }
        }
        self.dangling = dangling
        var equals: [(Int32, Int32)] = []
        for (term, key) in xrefs {
            guard let number = ids[key], number != Int(term) else { continue }
            equals.append((Int32(number), term))
        }
        counterpartsByName = Adjacency(count: total, edges: equals)
        names = NameIndex(silent: false, tables: tables, starts: starts, flags: flags)
        silentNames = Lazily { [flags, starts] in NameIndex(silent: true, tables: tables, starts: starts, flags: flags)
        }
        fingerprintWhenAsked = Lazily {
            Self.fingerprint(
                tables: tables, english: english, lexicon: lexicon, homonyms: homonyms, everyday: lines,
                placements: placements)
        }
    }

    private static func fingerprint(
        tables: [TermTable], english: EnglishWords, lexicon: Lexicon, homonyms: [Homonym],
        everyday: [EverydayName.Line], placements: [Placement]
    ) -> String {
        var hash = WordHash.chain(WordHash.ofContents(english.bytes), lexicon.hash)
        for table in tables {
            hash = WordHash.chain(hash, WordHash.of(table.name))
            hash = WordHash.chain(hash, WordHash.ofContents(table.bytes))
        }
        for homonym in homonyms {
            hash = WordHash.chain(hash, WordHash.of(homonym.name))
            for (id, words) in homonym.cues.sorted(by: { $0.key < $1.key }) {
                let bound = homonym.bound.contains(id) ? "!" : ""
                hash = WordHash.chain(hash, WordHash.of(id + bound + words.sorted().joined(separator: " ")))
            }
        }
        for line in everyday {
            hash = WordHash.chain(hash, WordHash.of("\(line.name) \(line.term) \(line.countsAsKeyword)"))
            for facet in line.neighbors { hash = WordHash.chain(hash, WordHash.of(facet.rawValue)) }
        }
        for placement in placements where !placement.isInside {
            hash = WordHash.chain(hash, WordHash.of("\(placement.whole) \(placement.part)"))
        }
        return String(hash, radix: 16)
    }

    /// The position of a term.
    func place(of number: Int) -> (table: TermTable, line: Int) {
        var low = 0
        var high = tableStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if tableStarts[middle] <= number { low = middle } else { high = middle }
        }
        return (tables[low], number - tableStarts[low])
    }

    static func idKey(_ bytes: ArraySlice<UInt8>) -> UInt64 { WordHash.of(bytes) }

    static func idKey(_ id: String) -> UInt64 { WordHash.of(id) }
}

/// A directed graph over terms as two flat arrays.
struct Adjacency: Sendable {
    private let starts: [Int32]
    private let targets: [Int32]

    init(count: Int, edges: [(Int32, Int32)]) {
        var starts = [Int32](repeating: 0, count: count + 1)
        for (from, _) in edges { starts[Int(from) + 1] += 1 }
        for index in 0..<count { starts[index + 1] += starts[index] }
        var next = starts
        var targets = [Int32](repeating: 0, count: edges.count)
        for (from, to) in edges {
            targets[Int(next[Int(from)])] = to
            next[Int(from)] += 1
        }
        self.starts = starts
        self.targets = targets
    }

    subscript(number: Int) -> ArraySlice<Int32> { targets[Int(starts[number])..<Int(starts[number + 1])] }

    /// Everything reachable from a term, itself excluded, sorted.  Total also over graphs with cycles.
    func reach(from number: Int) -> [Int] { reach(from: number) { _, _ in false } }

    /// The same without the edges that are passed over.
    func reach(from number: Int, passingOver isPassedOver: (Int32, Int32) -> Bool) -> [Int] {
        // Most terms have nothing to go to; the rest mark a bit a term, which is cheaper than a set of numbers.
        if self[number].isEmpty { return [] }
        var seen = [UInt64](repeating: 0, count: starts.count / 64 + 1)
        var found: [Int] = []
        var open = [number]
        while let next = open.popLast() {
            for target in self[next] where target != number {
                let (word, bit) = (Int(target) / 64, UInt64(1) << UInt64(target % 64))
                if seen[word] & bit != 0 || isPassedOver(Int32(next), target) { continue }
                seen[word] |= bit
                found.append(Int(target))
                open.append(Int(target))
            }
        }
        return found.sorted()
    }
}

extension Vocabulary {
    /// Numbers of a term and everything below it, sorted.  Of a species-neutral term without what an atlas alone places
    /// there.
    package func descendants(of number: Int) -> [Int] {
        guard species(of: number) == nil, !holdsOutside.isEmpty else {
            return (children.reach(from: number) + [number]).sorted()
        }
        let below = children.reach(from: number) { parent, child in
            holdsOutside.contains(parent) && outside[child]?.contains(parent) == true
        }
        return (below + [number]).sorted()
    }

    /// Numbers of everything above a term, sorted.  Above what an atlas alone places somewhere are only structures of
    /// that atlas.
    package func ancestors(of number: Int) -> [Int] {
        if outside.isEmpty { return parents.reach(from: number) }
        var beyond: [Int32] = []
        let above = parents.reach(from: number) { child, parent in
            guard let places = outside[child], places.contains(parent) else { return false }
            beyond.append(parent)
            return true
        }
        if beyond.isEmpty { return above }
        var all = Set(above)
        for place in beyond {
            all.insert(Int(place))
            all.formUnion(parents.reach(from: Int(place)).filter { species(of: $0) != nil })
        }
        return all.sorted()
    }

    /// Numbers of the terms directly above.
    package func parents(of number: Int) -> [Int] { parents[number].map(Int.init) }

    /// Numbers of the terms directly below.
    package func children(of number: Int) -> [Int] { children[number].map(Int.init) }

    /// Whether one term is another or is below it.
    package func isTerm(_ number: Int, within other: Int) -> Bool {
        number == other || ancestors(of: number).contains(other)
    }
}

extension Vocabulary {
    /// Numbers of the terms that are the same concept elsewhere: those that a term's cross-references name, and those
    /// whose cross-references name it.
    package func counterparts(of number: Int) -> [Int] {
        let (table, line) = place(of: number)
        let named = table.values(line, .xrefs).compactMap { ids[Self.idKey($0)] }
        return Set(named + counterpartsByName[number].map(Int.init)).subtracting([number]).sorted()
    }

    /// Numbers of the terms that are wider than a term, in its own table and in the others: what is recorded only there
    /// may or may not be inside the term.
    package func wider(than number: Int) -> [Int] {
        var wider = Set(ancestors(of: number))
        for term in [number] + Array(wider) { wider.formUnion(counterparts(of: term)) }
        return wider.subtracting(descendants(of: number)).sorted()
    }
}
