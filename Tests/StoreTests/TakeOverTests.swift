import FoundationEssentials
import Records
import Testing

@testable import Store

/// Rows that are taken over from the generation before must be what they would be when built anew.
struct TakeOverTests {
    private static let regions = ["UBERON:0001897", "UBERON:0002421", "UBERON:0000956", "text:region:lot"]
    private static let above = ["UBERON:0001897": [TermName(id: "UBERON:0000955", label: "brain")]]

    private func make(_ number: Int, version: Int) -> (Record, [Records.Tag]) {
        var generator = Numbers(seed: UInt64(number * 7 + version))
        var record = record("\(number)", title: "record \(number) version \(version)")
        record.parts = (0..<Int.random(in: 0..<4, using: &generator)).map {
            Part(role: Part.Role.allCases.randomElement(using: &generator) ?? .epoch, type: "t", label: "part \($0)")
        }
        record.quantities = [
            Quantity(.ageDays, Double(number), part: record.parts.isEmpty ? nil : 0, provenance: "age")
        ]
        let tags = (0..<Int.random(in: 0..<6, using: &generator)).map { _ in
            tag(
                .region, Self.regions.randomElement(using: &generator) ?? "",
                part: record.parts.isEmpty ? nil : Int.random(in: record.parts.indices, using: &generator),
                Evidence.Kind.allCases.randomElement(using: &generator) ?? .stated)
        }
        return (record, tags)
    }

    private func build(_ temporary: TemporaryIndex, _ entries: [(Record, [Records.Tag])], base: Generation?) throws
        -> (generation: Generation, takenOver: Int)
    {
        let lock = try temporary.index.lock()
        let writer = try GenerationWriter(
            index: temporary.index, lock: lock, created: Timestamp(secondsSince1970: 1_795_253_400), base: base,
            ancestors: { Self.above[$0] ?? [] }, names: { $0.hasPrefix("text:") ? nil : ["\($0) too", "known"] })
        try writer.takeOverTerms()
        let tags = Dictionary(entries.map { ($0.0.id, $0.1) }, uniquingKeysWith: { first, _ in first })
        for (record, _) in entries { _ = try writer.staging.add(record) }
        var takenOver = 0
        try writer.staging.forEach { record, json in
            if let earlier = try writer.unchangedRow(id: record.id.description, json: json) {
                try writer.reuse(earlier)
                takenOver += 1
            } else {
                try writer.append(record, json: json, tags: tags[record.id] ?? [], vectorKey: 0)
            }
        }
        return (try writer.publish(sources: [], vocabulary: "v", model: nil), takenOver)
    }

    @Test(arguments: [1, 2, 3]) func `a generation that takes rows over has the facets of one built anew`(seed: Int)
        throws
    {
        let (grown, anew) = (try TemporaryIndex(), try TemporaryIndex())
        let before = (0..<60).map { make($0, version: seed) }
        let after = (10..<75).map { make($0, version: $0 % 5 == 0 ? seed + 100 : seed) }
        let base = try build(grown, before, base: nil).generation
        let (generation, takenOver) = try build(grown, after, base: base)
        #expect(takenOver == 40)
        let (fresh, _) = try build(anew, after, base: nil)
        #expect(
            try Disk.contents(of: grown.path(Manifest.File.facets))
                == Disk.contents(of: anew.path(Manifest.File.facets)))
        #expect(try generation.records(rows: Array(0..<65)) == fresh.records(rows: Array(0..<65)))
        #expect(try generation.verify() == [])
        let words = try #require(MatchExpression(anyOf: ["version"]))
        #expect(try generation.match(words).count == 65)
    }

    @Test func `a generation tells what changed, and of what left only numbers`() throws {
        let temporary = try TemporaryIndex()
        let first = try build(temporary, (0..<10).map { make($0, version: 1) }, base: nil).generation
        #expect(try first.difference().base == nil)
        #expect(try first.difference().rows(.added).count == 10)
        let entries = (2..<12).map { make($0, version: $0 == 5 ? 2 : 1) }
        let second = try build(temporary, entries, base: first).generation
        let stored = try second.difference()
        #expect(stored == (try second.difference(since: first)))
        #expect(try second.ids(rows: stored.rows(.added)).map(\.native) == ["10", "11"])
        #expect(try second.ids(rows: stored.rows(.changed)).map(\.native) == ["5"])
        #expect(stored.departures == [.init(source: .dandi, type: .dataset, records: 2)])
    }

    @Test func `generations that hold what was taken back are removed, others stay`() throws {
        let temporary = try TemporaryIndex()
        let first = try build(temporary, (0..<3).map { make($0, version: 1) }, base: nil).generation
        let second = try build(temporary, (1..<3).map { make($0, version: 1) }, base: first).generation
        let third = try build(temporary, (1..<5).map { make($0, version: 1) }, base: second).generation
        let lock = try temporary.index.lock()
        #expect(try temporary.index.eraseTakenBack(from: third, lock: lock) == [first.manifest.generation])
        #expect(temporary.index.generationNames() == [second, third].map(\.manifest.generation))
        #expect(try temporary.index.eraseTakenBack(from: third, lock: lock) == [])
        let error = #expect(throws: StoreError.self) {
            try temporary.index.generation(named: first.manifest.generation)
        }
        #expect(error?.kind == .missing && error?.detail.contains("is not kept") == true)
    }
}
