import FoundationEssentials
import Records
import Testing

@testable import Store

struct IndexFolderTests {
    private func kind(_ body: () throws -> Void) -> StoreError.Kind? {
        do {
            try body()
            return nil
        } catch let error as StoreError {
            return error.kind
        } catch {
            return nil
        }
    }

    @Test func `a folder without an index says what to run`() throws {
        let temporary = try TemporaryIndex()
        let error = #expect(throws: StoreError.self) { try temporary.index.current() }
        #expect(error?.kind == .missing)
        #expect(error?.detail.contains("discover ingest") == true)
    }

    @Test func `only one run changes an index at a time`() throws {
        let temporary = try TemporaryIndex()
        do {
            let lock = try temporary.index.lock()
            let error = #expect(throws: StoreError.self) { try temporary.index.lock() }
            #expect(error?.kind == .busy)
            #expect(error?.detail.contains("\(ProcessInfo.processInfo.processIdentifier)") == true)
            withExtendedLifetime(lock) {}
        }
        _ = try temporary.index.lock()
    }

    @Test func `an abandoned or interrupted build changes nothing`() throws {
        let temporary = try TemporaryIndex()
        try temporary.publish([(record("1"), [])])
        let name = try temporary.index.currentName()
        let lock = try temporary.index.lock()
        let writer = try GenerationWriter(
            index: temporary.index, lock: lock, created: .now(), ancestors: { _ in [] })
        _ = try writer.staging.add(record("2"))
        #expect(try temporary.index.currentName() == name)
        #expect(try temporary.index.current().manifest.records == 1)
        let half = try FileManager.default.contentsOfDirectory(atPath: temporary.index.generationsPath)
            .filter { $0.hasSuffix(".tmp") }
        #expect(half == ["\(writer.name).tmp"])
        let next = try GenerationWriter(index: temporary.index, lock: lock, created: .now(), ancestors: { _ in [] })
        try next.abandon()
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: temporary.index.generationsPath) == [try #require(name)]
        )
    }

    @Test func `the last three generations are kept, and one can go back`() throws {
        let temporary = try TemporaryIndex()
        for number in 1...5 { try temporary.publish((0..<number).map { (record("\($0)"), []) }) }
        let names = temporary.index.generationNames()
        #expect(names.map { String($0.prefix(6)) } == ["000003", "000004", "000005"])
        #expect(try temporary.index.current().manifest.records == 5)
        try temporary.index.activate(names[1], lock: try temporary.index.lock())
        #expect(try temporary.index.current().manifest.records == 4)
    }

    @Test(arguments: ["", "nonsense", "../../elsewhere", "000001-20261121T093000Z/../x", "000001"])
    func `a pointer to nowhere is corrupt`(content: String) throws {
        let temporary = try TemporaryIndex()
        try temporary.publish([])
        try Disk.write(Array(content.utf8), to: "\(temporary.index.path)/CURRENT")
        #expect(kind { _ = try temporary.index.current() } == .corrupt)
    }

    @Test(arguments: [Manifest.File.records, Manifest.File.facets, Manifest.File.manifest])
    func `a missing, emptied or shortened file is corrupt`(file: String) throws {
        let temporary = try TemporaryIndex()
        try temporary.publish([(record("1"), [tag(.species, "NCBITaxon:10090")])])
        let path = try temporary.path(file)
        let bytes = try Disk.contents(of: path)
        for damaged in [Array(bytes.dropLast(2)), Array(bytes.prefix(bytes.count / 2)), []] {
            try Disk.write(damaged, to: path)
            #expect(kind { _ = try temporary.index.current() } == .corrupt)
        }
        try Disk.remove(path)
        #expect(kind { _ = try temporary.index.current() } == .corrupt)
    }

    @Test(arguments: [nil, #"{"schema": "later", "generation": 7}"#])
    func `an index of another schema is refused`(manifest: String?) throws {
        let temporary = try TemporaryIndex()
        try temporary.publish([])
        let path = try temporary.path(Manifest.File.manifest)
        let text = String(decoding: try Disk.contents(of: path), as: UTF8.self)
        let other = manifest ?? text.replacing(Schema.fingerprint, with: "0")
        try Disk.write(Array(other.utf8), to: path)
        #expect(kind { _ = try temporary.index.current() } == .schema)
    }

    @Test func `an index with a source that this program does not know opens and keeps its records`() throws {
        let temporary = try TemporaryIndex()
        let tomorrow = try #require(Source(rawValue: "tomorrow"))
        var other = record("1", title: "theta")
        other.id = RecordID(tomorrow, .dataset, "1")
        other.links = [Link(.sameAs, "dandi:dataset:2")]
        try temporary.publish([(record("2"), []), (other, [tag(.source, "text:source:tomorrow")]), (record("3"), [])])
        let generation = try temporary.index.current()
        #expect(try generation.verify() == [])
        #expect((0..<3).map { generation.facets.source(ofRecord: $0) } == [.dandi, .dandi, tomorrow])
        #expect(try generation.records(rows: [2]).map(\.record) == [other])
        #expect(try generation.row(of: other.id) == 2)
        #expect(try generation.rows(ofNative: "1") == [2])
        var harvested: [Source?] = []
        try generation.forEachHarvested { harvested.append($0.source) }
        #expect(harvested == [.dandi, .dandi, tomorrow], "the next build carries them over")
    }

    @Test func `codes of sources are places in the names of the file, not in the program's list`() throws {
        let temporary = try TemporaryIndex()
        var builder = FacetFileBuilder(ancestors: { _ in [] })
        let sources = [Source.openneuro, .brainstem, .openneuro, .beir, .brainstem]
        for (number, source) in sources.enumerated() {
            builder.append(Record(id: RecordID(source, .dataset, "\(number)"), title: ""), tags: [])
        }
        try Disk.makeFolder(temporary.index.path)
        let path = "\(temporary.index.path)/facets.bin"
        try builder.write(to: path)
        let file = try FacetFile(path: path)
        #expect(sources.indices.map { file.source(ofRecord: $0) } == sources)
        let bytes = String(decoding: try Disk.contents(of: path), as: UTF8.self)
        #expect(bytes.contains("openneuro\nbrainstem\nbeir") && !bytes.contains("dandi"))
    }

    @Test func `verify finds one changed byte anywhere`() throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish([(record("1", title: "theta"), [])])
        let path = try temporary.path(Manifest.File.records)
        let bytes = try Disk.contents(of: path)
        var generator = Numbers(seed: 7)
        for _ in 0..<20 {
            var damaged = bytes
            damaged[Int.random(in: 200..<bytes.count, using: &generator)] ^= 1
            try Disk.write(damaged, to: path)
            #expect(((try? generation.verify()) ?? ["unreadable"]) != [])
        }
    }
}

struct DigestTests {
    /// Vectors of FIPS 180-4 and of the lengths around a block.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func `digests are those of the standard`(text: String, digest: String) {
        #expect(Digest.sha256(of: Array(text.utf8)) == digest)
    }
}

struct TimestampTests {
    @Test func `moments are written in UTC`() {
        #expect(Timestamp(secondsSince1970: 0).iso == "1970-01-01T00:00:00Z")
        #expect(Timestamp(secondsSince1970: 1_795_253_400).compact == "20261121T093000Z")
        #expect(Timestamp(secondsSince1970: -1).iso == "1969-12-31T23:59:59Z")
    }
}
