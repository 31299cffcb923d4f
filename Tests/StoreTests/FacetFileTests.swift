import Records
import Testing

@testable import Store

/// SplitMix64: the same numbers every run.
struct Numbers: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

struct FacetFileTests {
    /// Ten terms a facet; term n lies below n / 2.
    private static func ancestors(_ id: String) -> [TermName] {
        guard let dot = id.lastIndex(of: "."), var number = Int(id[id.index(after: dot)...]) else { return [] }
        var names: [TermName] = []
        while number > 1 {
            number /= 2
            let above = "\(id[...dot])\(number)"
            names.append(TermName(id: above, label: "label of \(above)"))
        }
        return names
    }

    private static func randomRecords(_ count: Int, seed: UInt64) -> [(Record, [Records.Tag])] {
        var numbers = Numbers(seed: seed)
        let facets: [Facet] = [.region, .species, .state, .agent]
        return (0..<count).map { index in
            let parts = (0..<Int.random(in: 0...4, using: &numbers)).map { _ in
                Part(role: Part.Role.allCases.randomElement(using: &numbers)!, type: "t", label: "l")
            }
            var made = record("\(10_000 + index)", parts: parts)
            func part() -> Int? { Bool.random(using: &numbers) ? nil : Int.random(in: -1...5, using: &numbers) }
            made.quantities = (0..<Int.random(in: 0...3, using: &numbers)).map { _ in
                let low = Double.random(in: -5...5, using: &numbers)
                return Quantity(
                    RangeField.allCases.randomElement(using: &numbers)!, low...(low + 1), part: part(), provenance: "q")
            }
            let tags = (0..<Int.random(in: 0...12, using: &numbers)).map { _ in
                let facet = facets.randomElement(using: &numbers)!
                return tag(
                    facet, "x:\(facet).\(Int.random(in: 1...10, using: &numbers))", part: part(),
                    Evidence.Kind.allCases.randomElement(using: &numbers)!)
            }
            return (made, tags)
        }
    }

    @Test(arguments: 1...8) func `the file equals a naive recomputation`(seed: UInt64) throws {
        let temporary = try TemporaryIndex()
        let entries = FacetFileTests.randomRecords(40, seed: seed)
        var builder = FacetFileBuilder(ancestors: FacetFileTests.ancestors)
        for (record, tags) in entries { builder.append(record, tags: tags) }
        let path = "\(temporary.index.path)/facets.bin"
        try builder.write(to: path)
        let file = try FacetFile(path: path)

        #expect(file.recordCount == entries.count)
        var next = 0
        var first: [Int] = []
        for (row, (record, _)) in entries.enumerated() {
            first.append(next)
            #expect(file.partRange(ofRecord: row) == next..<(next + record.parts.count + 1))
            #expect(file.role(ofPart: next) == nil)
            for (index, part) in record.parts.enumerated() { #expect(file.role(ofPart: next + 1 + index) == part.role) }
            next += record.parts.count + 1
            #expect(file.record(ofPart: next - 1) == row)
            #expect(file.type(ofRecord: row) == record.id.type)
            #expect(file.source(ofRecord: row) == record.id.source)
        }
        #expect(file.partCount == next)

        func part(_ row: Int, _ index: Int?) -> UInt32 {
            let count = entries[row].0.parts.count
            return UInt32(first[row] + (index.map { (0..<count).contains($0) ? $0 + 1 : 0 } ?? 0))
        }
        func kind(_ row: Int, _ tag: Records.Tag) -> PostingKind {
            switch tag.evidence.kind {
            case .stated, .mapped: return .stated
            case .hinted: return .hinted
            case .inferred:
                let hasOne = tag.facet.descriptor.traits.contains(.oneValue)
                let isStated = entries[row].1.contains { $0.facet == tag.facet && $0.evidence.kind < .inferred }
                return hasOne && isStated ? .hinted : .inferred
            }
        }
        var direct: [String: Set<UInt32>] = [:]
        var recorded: [String: Set<UInt32>] = [:]
        var ids: Set<String> = []
        for (row, (_, tags)) in entries.enumerated() {
            var closure: [String: ClosureFlags] = [:]
            for tag in tags {
                let kind = kind(row, tag)
                ids.insert(tag.term)
                direct["\(tag.term) \(kind)", default: []].insert(part(row, tag.part))
                if kind == .hinted { continue }
                recorded["\(tag.facet) \(kind)", default: []].insert(part(row, tag.part))
                let stated: ClosureFlags = kind == .stated ? .stated : []
                closure[tag.term, default: []].formUnion(stated.union(.direct))
                for above in FacetFileTests.ancestors(tag.term) { closure[above.id, default: []].formUnion(stated) }
            }
            ids.formUnion(closure.keys)
            let found = file.flaggedClosure(ofRecord: row)
            #expect(file.closure(ofRecord: row) == found.map(\.term))
            #expect(found.map(\.term) == found.map(\.term).sorted())
            #expect(Set(found.map { file.terms.id($0.term) }) == Set(closure.keys))
            for entry in found { #expect(entry.flags == closure[file.terms.id(entry.term)]) }
        }
        #expect(file.terms.count == ids.count)
        for id in ids {
            let term = try #require(file.terms.number(of: id))
            #expect(file.terms.id(term) == id)
            #expect(id.hasPrefix("x:\(file.terms.facet(term))"))
            for kind in PostingKind.allCases {
                let list = file.postings(term, kind)
                #expect(Array(list) == (direct["\(id) \(kind)"] ?? []).sorted())
                #expect(list.allSatisfy { list.has($0) } && !list.has(UInt32.max))
            }
        }
        #expect(file.terms.number(of: "x:absent") == nil)
        for facet in Facet.allCases {
            for kind in [PostingKind.stated, .inferred] {
                #expect(members(file.parts(with: facet, [kind])) == (recorded["\(facet) \(kind)"] ?? []).sorted())
            }
        }
        for field in RangeField.allCases {
            let expected = entries.enumerated().flatMap { row, entry in
                entry.0.quantities.filter { $0.field == field }.map {
                    QuantityList.Element(part: part(row, $0.part), min: $0.min, max: $0.max)
                }
            }.sorted { ($0.part, $0.min, $0.max) < ($1.part, $1.min, $1.max) }
            #expect(Array(file.quantities(field)) == expected)
        }
    }

    @Test func `a changed byte or a missing end is noticed`() throws {
        let temporary = try TemporaryIndex()
        var builder = FacetFileBuilder(ancestors: FacetFileTests.ancestors)
        for (record, tags) in FacetFileTests.randomRecords(5, seed: 3) { builder.append(record, tags: tags) }
        let path = "\(temporary.index.path)/facets.bin"
        try builder.write(to: path)
        let bytes = try Disk.contents(of: path)
        _ = try FacetFile(path: path)
        for position in bytes.indices where position % 7 == 0 || position < 64 {
            var damaged = bytes
            damaged[position] ^= 0x10
            try Disk.write(damaged, to: path)
            #expect(throws: StoreError.self, "byte \(position)") { _ = try FacetFile(path: path) }
        }
        for length in [0, 1, 31, 32, 100, bytes.count - 1] {
            try Disk.write(Array(bytes.prefix(length)), to: path)
            #expect(throws: StoreError.self, "length \(length)") { _ = try FacetFile(path: path) }
        }
    }

    @Test func `of a facet with one value, texts beside a stated one are hints; of others they count`() throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish([
            (
                record("1"),
                [
                    tag(.species, "mouse"), tag(.species, "human", .inferred), tag(.state, "awake"),
                    tag(.state, "sleep", .inferred), tag(.state, "seizure", .hinted),
                ]
            )
        ])
        let facets = generation.facets
        let human = try #require(facets.terms.number(of: "human"))
        #expect(Array(facets.postings(human, .hinted)) == [0])
        #expect(facets.postings(human, .inferred).isEmpty)
        #expect(members(facets.parts(with: .species, [.inferred])) == [])
        #expect(members(facets.parts(with: .state, [.inferred])) == [0])
        let seizure = try #require(facets.terms.number(of: "seizure"))
        #expect(Array(facets.postings(seizure, .hinted)) == [0])
        #expect(facets.closure(ofRecord: 0).count == 3)
    }
}

/// The members of a bitmap, ascending.
private func members(_ bitmap: [UInt64]) -> [UInt32] {
    (0..<UInt32(64 * bitmap.count)).filter { bitmap[Int($0 >> 6)] & 1 << UInt64($0 & 63) != 0 }
}
