import Records
import TestSupport
import Testing

@testable import Store

/// Tags are read back as they were written, whatever their record and whether a vocabulary has their terms.
struct StoredTagsTests {
    /// Gives every second term a number.
    private final class Terms {
        private(set) var all: [StoredTerm] = []

        func number(of tag: Records.Tag) -> Int? {
            guard tag.term.utf8.count % 2 == 0 else { return nil }
            all.append(StoredTerm(facet: tag.facet, id: tag.term, label: tag.label, names: []))
            return all.count - 1
        }
    }

    private static func read(_ bytes: [UInt8], of record: Record, _ terms: [StoredTerm] = []) throws -> [Records.Tag] {
        try StoredTags.decoded(bytes, of: record) { (number) throws(StoreError) in
            guard terms.indices.contains(number) else { throw StoreError(.corrupt, "no term \(number)") }
            return terms[number]
        }
    }

    @Test(arguments: 0..<200)
    func `tags are read as they were encoded`(seed: Int) throws {
        var draw = Draw(random: SplitMix(seed: UInt64(seed)))
        let record = draw.record()
        var tags = draw.list { $0.tag() }
        for index in tags.indices {
            // Some evidence lies in the record, near its ends and beyond them.
            guard draw.below(2) == 0 else { continue }
            let text = draw.below(2) == 0 ? record.title : record.description
            tags[index].evidence.provenance = text == record.title ? "title" : "description"
            let start = draw.below(text.utf8.count + 2)
            let end = start + draw.below(4)
            (tags[index].evidence.start, tags[index].evidence.end) = (start, end)
            let bytes = Array(text.utf8).dropFirst(start).prefix(end - start)
            tags[index].evidence.words = String(decoding: bytes, as: UTF8.self)
        }
        let terms = Terms()
        let bytes = StoredTags.encoded(tags, terms: tags.map(terms.number(of:)), of: record)
        #expect(try Self.read(bytes, of: record, terms.all) == tags)
    }

    @Test func `negative offsets and great ones come back`() throws {
        let record = record("1")
        let tags = [(Int.min, Int.min), (-1, 5), (Int.max, Int.max), (0, -3)].map { start, end in
            Records.Tag(
                facet: .region, term: "MBA:385", label: "V1",
                evidence: Evidence(.inferred, provenance: "title", words: "x", start: start, end: end))
        }
        #expect(try Self.read(StoredTags.encoded(tags, terms: tags.map { _ in nil }, of: record), of: record) == tags)
    }

    @Test func `words of the title take no room of their own`() throws {
        let record = record("1", title: "Recordings in the primary visual cortex of mice")
        func size(_ words: String) -> Int {
            let tag = Records.Tag(
                facet: .region, term: "MBA:385", label: "V1",
                evidence: Evidence(.inferred, provenance: "title", rule: "label", words: words, start: 18, end: 39))
            return StoredTags.encoded([tag], terms: [7], of: record).count
        }
        #expect(size("primary visual cortex") + 20 < size("Primary visual cortex"))
        #expect(size("primary visual cortex") < 24)
    }

    @Test func `tags that end anywhere before their end, and those of another record, are an error`() throws {
        var draw = Draw(random: SplitMix(seed: 11))
        let record = record("1", title: "sleep in mice")
        var tags = (0..<6).map { _ in draw.tag() }
        tags[5].evidence = Evidence(.inferred, provenance: "title", words: "mice", start: 9, end: 13)
        let bytes = StoredTags.encoded(tags, terms: tags.map { _ in nil }, of: record)
        for end in bytes.indices {
            #expect(throws: StoreError.self) { try Self.read(Array(bytes[..<end]), of: record) }
        }
        #expect(throws: StoreError.self) { try Self.read(bytes + [0], of: record) }
        #expect(throws: StoreError.self) { try Self.read(bytes, of: StoreTests.record("2", title: "sleep")) }
    }

    @Test(arguments: 0..<300)
    func `damage is an error or other tags, never a crash`(seed: Int) throws {
        var draw = Draw(random: SplitMix(seed: UInt64(seed)))
        let record = draw.record()
        let tags = (0..<4).map { _ in draw.tag() }
        var bytes = StoredTags.encoded(tags, terms: tags.map { _ in nil }, of: record)
        for _ in 0...draw.below(3) { bytes[draw.below(bytes.count)] = UInt8(draw.below(256)) }
        do {
            _ = try Self.read(bytes, of: record)
        } catch let error as StoreError {
            #expect(error.kind == .corrupt)
        }
    }
}
