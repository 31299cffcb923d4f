import Foundation
import LinearAlgebra
import TestSupport
import Testing
import Vectors

@testable import LatentSemantics

@Suite struct LatentModelTests {
    private let folder: TemporaryFolder
    private var modelPath: String { folder.path + "/lsa.model" }
    private var vectorsPath: String { folder.path + "/vectors.bin" }

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    private func build(
        _ texts: [String], settings: LatentSettings = LatentSettings(), threads: Int = 2
    ) throws -> LatentModel? {
        let counts = try WordCounts(path: modelPath + ".counts", settings: settings)
        for text in texts { try counts.add(text) }
        let model = try LatentModelBuilder.build(
            counts, model: modelPath, vectors: vectorsPath, threads: threads, progress: { _, _ in })
        counts.remove()
        return model
    }

    private func cosine(_ a: [Float]?, _ b: [Float]?) -> Float { Product.dot(a ?? [], b ?? []) ?? .nan }

    /// Two subjects that share no word.
    private static let subjects = [
        "sleep spindle thalamus", "spindle rhythm thalamus", "rhythm sleep", "sleep thalamus",
        "reward learning striatum", "learning dopamine striatum", "dopamine reward", "reward striatum",
    ]

    @Test func `words that keep the same company lie close, and those of other subjects do not`() throws {
        var settings = LatentSettings()
        settings.dimensions = 2
        let model = try #require(try build(Self.subjects, settings: settings))
        let sleep = model.vector(of: "sleep")
        #expect(cosine(sleep, model.vector(of: "spindle")) > cosine(sleep, model.vector(of: "dopamine")) + 0.5)
        let vectors = try VectorFile(path: vectorsPath, identity: model.identity)
        let near = try vectors.nearest(to: try #require(model.vector(of: "rhythm")), limit: 4).map(\.row)
        #expect(Set(near) == [0, 1, 2, 3], "'sleep thalamus' is found without its word")
    }

    @Test func `the vector of a text is the one that its row has`() throws {
        let texts = Self.corpus(400)
        let model = try #require(try build(texts))
        let vectors = try VectorFile(path: vectorsPath, identity: model.identity)
        #expect(vectors.count == texts.count && vectors.dimensions == model.dimensions)
        for (row, text) in texts.enumerated() {
            let stored = try vectors.row(row)
            let vector = try #require(model.vector(of: text))
            #expect(zip(stored, vector).allSatisfy { abs($0 - $1) < 1e-3 })
            #expect(abs(cosine(vector, vector) - 1) < 1e-5)
        }
    }

    @Test func `the form of a word and the order of words do not matter`() throws {
        let model = try #require(try build(Self.subjects))
        #expect(model.vector(of: "SPINDLES, Thalamus") == model.vector(of: "thalamus (spindle)"))
    }

    @Test func `the same texts give the same bytes, whatever the number of threads`() throws {
        let texts = Self.corpus(300)
        try build(texts, threads: 1)
        let first = [modelPath, vectorsPath].map { FileManager.default.contents(atPath: $0) }
        for threads in [2, 5] {
            try build(texts, threads: threads)
            #expect([modelPath, vectorsPath].map { FileManager.default.contents(atPath: $0) } == first)
        }
        try build(texts + [texts[0]])
        #expect(FileManager.default.contents(atPath: modelPath) != first[0])
    }

    @Test func `a word of one text only is not in the model`() throws {
        let model = try #require(try build(Self.subjects + ["sleep xenolith"]))
        #expect(model.knows("sleep") && !model.knows("xenolith"))
        #expect(model.vector(of: "xenolith") == nil)
    }

    @Test(arguments: [
        [], [""], ["one record alone, of many words"], ["", ""], ["nothing shared", "completely different"],
        // Words that are in every text as often weigh nothing: as little as stop words do.
        ["the of and", "the of and", "the of and"],
    ])
    func `texts that share nothing telling have no model and leave no file`(texts: [String]) throws {
        #expect(try build(texts) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `a text without a known word has no vector and is nobody's neighbour`() throws {
        let model = try #require(try build(Self.subjects + ["", "unheard"]))
        let vectors = try VectorFile(path: vectorsPath, identity: model.identity)
        #expect(try vectors.row(8).allSatisfy { $0 == 0 } && vectors.row(9).allSatisfy { $0 == 0 })
        let near = try vectors.nearest(to: try #require(model.vector(of: "sleep")), limit: 20)
        #expect(near.count == 8)
        #expect(model.vector(of: "") == nil && model.vector(of: "!?") == nil)
    }

    @Test func `fewer texts than dimensions give as many dimensions as there are`() throws {
        let model = try #require(try build(Self.subjects))
        #expect((1...8).contains(model.dimensions))
        let settings = LatentSettings()
        #expect([8, 300, 1000, 100_000].map(settings.dimensions(texts:)) == [32, 37, 125, 384])
    }

    @Test func `words beyond the limit give way to those of more texts`() throws {
        var settings = LatentSettings()
        settings.mostWords = 4
        let model = try #require(try build(Self.subjects, settings: settings))
        #expect(model.words == 4)
        #expect(["sleep", "thalamus", "reward", "striatum"].allSatisfy(model.knows), "in three texts each")
        #expect(!["spindle", "rhythm", "learning", "dopamine"].contains(where: model.knows), "in two")
    }

    @Test func `memory for words is bounded: the rarest are forgotten first`() throws {
        var settings = LatentSettings()
        settings.mostCounted = 100
        let texts = (0..<2000).map { "sleep spindle number\($0)x of cell\($0 % 7)k" }
        let model = try #require(try build(texts, settings: settings))
        #expect(model.words < 100 && model.knows("cell3k") && !model.knows("number5x"))
    }

    /// Texts of a few words out of forty subjects.
    private static func corpus(_ count: Int) -> [String] {
        var random = SplitMix(seed: 11)
        return (0..<count).map { _ in
            let subject = Int(random.next() % 40)
            return (0..<12).map { _ in
                random.next() % 4 == 0
                    ? "common\(random.next() % 50)w" : "word\(subject * 10 + Int(random.next() % 10))w"
            }.joined(separator: " ")
        }
    }

    // MARK: Files

    @Test func `a whole model is whole, and belongs to its identity alone`() throws {
        let model = try #require(try build(Self.corpus(200)))
        try model.verify()
        _ = try LatentModel(path: modelPath, identity: model.identity)
        #expect(throws: VectorsError.self) { try LatentModel(path: modelPath, identity: "lsa-0000000000000000") }
        #expect {
            try VectorFile(path: vectorsPath, identity: "all-MiniLM-L6-v2-0123456789abcdef")
        } throws: {
            ($0 as? VectorsError)?.kind == .foreign
        }
    }

    @Test func `every changed byte is found`() throws {
        try build(Self.corpus(60))
        let bytes = try #require(FileManager.default.contents(atPath: modelPath))
        var random = SplitMix(seed: 4)
        for _ in 0..<300 {
            var changed = bytes
            // The end of the header is blank and not checked.
            var position = Int(random.next() % UInt64(bytes.count))
            if (56..<128).contains(position) { position = 20 }
            changed[position] ^= UInt8(1 << (random.next() % 8))
            try changed.write(to: URL(fileURLWithPath: modelPath))
            #expect(throws: VectorsError.self, "byte \(position)") { try LatentModel(path: modelPath).verify() }
        }
    }

    @Test func `a truncated, unfinished or foreign file is refused`() throws {
        try build(Self.corpus(60))
        let bytes = try #require(FileManager.default.contents(atPath: modelPath))
        for length in [0, 1, 64, 127, 128, bytes.count / 2, bytes.count - 1] {
            try bytes.prefix(length).write(to: URL(fileURLWithPath: modelPath))
            #expect(throws: VectorsError.self) { try LatentModel(path: modelPath) }
        }
        for content in [Data(count: 4096), Data("DSCVRVEC".utf8) + Data(count: 4096), bytes + Data(count: 64)] {
            try content.write(to: URL(fileURLWithPath: modelPath))
            #expect(throws: VectorsError.self) { try LatentModel(path: modelPath) }
        }
        #expect {
            try LatentModel(path: folder.path + "/none")
        } throws: {
            ($0 as? VectorsError)?.kind == .missing
        }
    }

    @Test func `a factor that is not a number makes no question fail`() throws {
        let model = try #require(try build(Self.subjects))
        var bytes = try #require(FileManager.default.contents(atPath: modelPath))
        let offset = LatentModelHeader(words: model.words, dimensions: model.dimensions, texts: 8, checksum: 0)
            .factorsOffset
        for index in 0..<model.words {
            bytes.replaceSubrange(offset + 4 * index..<offset + 4 * index + 4, with: [0, 0, 0xC0, 0x7F])
        }
        try bytes.write(to: URL(fileURLWithPath: modelPath))
        let damaged = try LatentModel(path: modelPath)
        #expect(damaged.vector(of: "sleep") == nil)
        #expect(throws: VectorsError.self) { try damaged.verify() }
    }
}
