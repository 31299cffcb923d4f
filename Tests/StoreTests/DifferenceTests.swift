import FoundationEssentials
import Records
import Testing

@testable import Store

/// What generations tell of their difference to the one before.
struct DifferenceTests {
    private func build(_ temporary: TemporaryIndex, _ records: [Record], base: Generation?) throws -> Generation {
        let lock = try temporary.index.lock()
        let writer = try GenerationWriter(
            index: temporary.index, lock: lock, created: Timestamp(secondsSince1970: 1_795_253_400), base: base,
            ancestors: { _ in [] })
        for record in records { _ = try writer.staging.add(record) }
        try writer.staging.forEach { record, json in
            try writer.append(record, json: json, tags: [], vectorKey: 0)
        }
        return try writer.publish(sources: [], vocabulary: "v", model: nil)
    }

    private func make(_ number: Int, version: Int) -> Record {
        record("\(number)", title: "record \(number) version \(version)")
    }

    @Test func `a generation tells what changed, and of what left only numbers`() throws {
        let temporary = try TemporaryIndex()
        let first = try build(temporary, (0..<10).map { make($0, version: 1) }, base: nil)
        #expect(try first.difference().base == nil)
        #expect(try first.difference().rows(.added).count == 10)
        let entries = (2..<12).map { make($0, version: $0 == 5 ? 2 : 1) }
        let second = try build(temporary, entries, base: first)
        let stored = try second.difference()
        #expect(stored == (try second.difference(since: first)))
        #expect(try second.ids(rows: stored.rows(.added)).map(\.native) == ["10", "11"])
        #expect(try second.ids(rows: stored.rows(.changed)).map(\.native) == ["5"])
        #expect(stored.departures == [.init(source: .dandi, type: .dataset, records: 2)])
    }

    @Test func `generations that hold what was taken back are removed, others stay`() throws {
        let temporary = try TemporaryIndex()
        let first = try build(temporary, (0..<3).map { make($0, version: 1) }, base: nil)
        let second = try build(temporary, (1..<3).map { make($0, version: 1) }, base: first)
        let third = try build(temporary, (1..<5).map { make($0, version: 1) }, base: second)
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
