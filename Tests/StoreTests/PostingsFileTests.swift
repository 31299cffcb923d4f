import FoundationEssentials
import Records
import TestSupport
import Testing

@testable import Store

struct PostingsFileTests {
    private func read(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

    private func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }

    @Test func `the same records give the same bytes`() throws {
        let files = try (0..<2).map { _ in
            let temporary = try TemporaryIndex()
            try temporary.publish(BM25ScorerTests.corpus(500, seed: 1))
            return try read(temporary.path(Manifest.File.postings))
        }
        #expect(files[0] == files[1])
        #expect(files[0].count > 1000)
    }

    @Test func `one flipped byte is found by verify, wherever it is`() throws {
        let temporary = try TemporaryIndex()
        let generation = try temporary.publish(BM25ScorerTests.corpus(60, seed: 2))
        let path = try temporary.path(Manifest.File.postings)
        let whole = try read(path)
        #expect(try generation.verify() == [])
        for position in stride(from: 0, to: whole.count, by: 97) {
            var bytes = whole
            bytes[position] ^= 0x10
            try write(bytes, to: path)
            let problems = try generation.verify()
            #expect(problems.contains { $0.hasPrefix(Manifest.File.postings) }, "byte \(position)")
        }
    }

    @Test func `a flipped byte never brings a reader down`() throws {
        let temporary = try TemporaryIndex()
        try temporary.publish(BM25ScorerTests.corpus(300, seed: 5))
        let path = try temporary.path(Manifest.File.postings)
        let whole = try read(path)
        let questions = try ["theta", "mouse run", "word1 word2 word3", "über"].map {
            try #require(MatchExpression(anyWordOf: $0))
        }
        var random = SplitMix(seed: 6)
        for _ in 0..<150 {
            var bytes = whole
            bytes[random.below(bytes.count)] ^= UInt8(1 << random.below(8))
            try write(bytes, to: path)
            do throws(StoreError) {
                let generation = try temporary.index.current()
                for question in questions {
                    _ = try generation.match(question, limit: 5)
                    _ = try generation.scores(question)
                    _ = try generation.scores(question, among: [UInt64](repeating: 0x5555_5555_5555_5555, count: 5))
                }
            } catch {
                #expect(error.kind == .corrupt || error.kind == .schema)
            }
        }
    }

    @Test(arguments: [0, 7, 100, 159, 200])
    func `a truncated file is refused with its name`(length: Int) throws {
        let temporary = try TemporaryIndex()
        try temporary.publish(BM25ScorerTests.corpus(20, seed: 2))
        let path = try temporary.path(Manifest.File.postings)
        try write(Array(try read(path).prefix(length)), to: path)
        let error = try #require(throws: StoreError.self) { try temporary.index.current() }
        #expect(error.kind == .corrupt)
        #expect(error.detail.contains(Manifest.File.postings))
        // Also where nobody has compared its size.
        let direct = try #require(throws: StoreError.self) { try PostingsFile(path: path, records: 20) }
        #expect(direct.kind == .corrupt)
    }

    @Test func `a file of another version is refused`() throws {
        let temporary = try TemporaryIndex()
        try temporary.publish([(record("1", title: "one"), [])])
        let path = try temporary.path(Manifest.File.postings)
        var bytes = try read(path)
        bytes[PostingsLayout.Offset.version] = 99
        try write(bytes, to: path)
        let error = try #require(throws: StoreError.self) { try temporary.index.current() }
        #expect(error.kind == .schema)
    }

    @Test func `a generation without postings is refused`() throws {
        let temporary = try TemporaryIndex()
        try temporary.publish(BM25ScorerTests.corpus(10, seed: 9))
        try FileManager.default.removeItem(atPath: temporary.path(Manifest.File.postings))
        let manifestPath = try temporary.path(Manifest.File.manifest)
        var manifest = try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: URL(filePath: manifestPath)))
        manifest.files[Manifest.File.postings] = nil
        try write(manifest.encoded(), to: manifestPath)
        try write(Manifest.sealed(manifest.encoded()), to: temporary.path(Manifest.File.seal))
        let error = try #require(throws: StoreError.self) { try temporary.index.current() }
        #expect(error.kind == .corrupt && error.detail.contains(Manifest.File.postings))
    }

    @Test func `a word that only a removed record held is in no byte of the file`() throws {
        let temporary = try TemporaryIndex()
        let secret = record("2", title: "quetzalcoatl theta")
        let first = try temporary.publish([(record("1", title: "theta"), []), (secret, [])])
        let word = try #require(MatchExpression(anyOf: ["quetzalcoatl"]))
        #expect(try first.match(word).map(\.row) == [1])
        let second = try temporary.publish([(record("1", title: "theta"), [])])
        #expect(try second.match(word).isEmpty)
        let bytes = String(decoding: try read(temporary.path(Manifest.File.postings)), as: UTF8.self)
        #expect(!bytes.contains("quetzal"))
        #expect(bytes.contains("theta"))
        let theta = try #require(MatchExpression(anyOf: ["theta"]))
        #expect(try second.match(theta).map(\.row) == [0])
    }

    @Test func `rows and numbers come back as they were given`() {
        let scores = RowScores(capacity: 200, [(row: 130, value: 3.0), (row: 0, value: 1), (row: 64, value: 2)])
        #expect([0, 64, 130, 1, 199, 200, -1].map { scores[$0] } == [1, 2, 3, nil, nil, nil, nil])
        var seen: [Int] = []
        scores.forEach { row, _ in seen.append(row) }
        #expect(seen == [0, 64, 130])
        #expect(scores.mapValues { $0 * 2 }[64] == 4)
        #expect(RowScores(capacity: 0).isEmpty)
    }
}
