import Foundation
import LatentSemantics
import Records
import Store
import Testing
import Vectors

@testable import Indexing

/// Indexes whose vectors come from the records themselves.
struct LatentIndexTests {
    private let runs: ReindexRuns

    init() throws {
        runs = try ReindexRuns()
        runs.embedding = .latent()
    }

    private static let subjects = [
        "sleep spindle thalamus", "spindle rhythm thalamus", "rhythm sleep", "sleep thalamus", "reward striatum",
        "learning dopamine striatum", "dopamine reward", "reward learning striatum",
    ]

    private func records(_ titles: [String]) -> [Record] {
        titles.enumerated().map { Record(id: RecordID(.brainstem, .session, "s\($0.offset)"), title: $0.element) }
    }

    @discardableResult
    private func ingest(_ records: [Record], embedding: TextEmbedding? = .latent()) throws -> IngestReport {
        try Ingest(
            index: runs.index, vocabulary: SmallVocabulary.shared.get(), embedding: embedding, allowsEmpty: true
        ).run(source: .brainstem, location: "t") { sink in
            for record in records { try sink(record) }
            return nil
        }
    }

    private func model() throws -> LatentModel {
        let generation = try runs.index.current()
        return try LatentModel(
            path: try #require(generation.projectionPath), identity: generation.manifest.model)
    }

    private func bytes() throws -> [Data?] {
        let generation = try runs.index.current()
        let paths = [try #require(generation.projectionPath), try #require(generation.vectorsPath)]
        return (paths + [generation.listsPath].compactMap(\.self)).map { FileManager.default.contents(atPath: $0) }
    }

    @Test func `the generation holds the projection, its vectors, and nothing of the work`() throws {
        let report = try ingest(records(Self.subjects))
        #expect(report.embedded == 8 && report.reused == 0)
        let generation = try runs.index.current()
        #expect(try generation.verify() == [])
        #expect(
            Set(generation.manifest.files.keys) == [
                "records.sqlite", "text.postings", "facets.bin", "vectors.bin", "lsa.model",
            ])
        let model = try model()
        #expect(generation.manifest.dimensions == model.dimensions && model.texts == 8)
        let vectors = try VectorFile(path: try #require(generation.vectorsPath), identity: model.identity)
        #expect(vectors.count == 8)
        try vectors.verify()
    }

    @Test(arguments: [8, 1000])
    func `the files are a function of the records: how they came into the index leaves no trace`(
        listsFrom: Int
    ) throws {
        var embedding = TextEmbedding.latent()
        embedding.listsFrom = listsFrom
        try ingest(records(Self.subjects), embedding: embedding)
        let expected = try bytes()
        #expect(expected.count == (listsFrom == 8 ? 3 : 2))
        try ingest(
            records(Array(Self.subjects.prefix(5)) + ["something else", "sleep of something else"]),
            embedding: embedding)
        #expect(try bytes() != expected)
        try ingest(records(Self.subjects), embedding: embedding)
        #expect(try bytes() == expected)
    }

    @Test func `what a forgotten record alone held, or held with one other, is in no model any more`() throws {
        try ingest(
            records(
                Self.subjects + ["sleep xenolith quokka", "reward quokka numbat", "dopamine numbat", "numbat sleep"]))
        #expect(try model().knows("quokka") && model().knows("numbat") && !model().knows("xenolith"))
        let report = try runs.forgetting().forget(RecordID(.brainstem, .session, "s8"), extent: .record)
        #expect(report.records == 1)
        let after = try model()
        #expect(after.texts == 11 && after.knows("numbat"))
        #expect(!after.knows("quokka") && !after.knows("xenolith"))
        #expect(try runs.index.current().verify() == [])
        #expect(runs.index.generationNames().count == 1)
        let left = try bytes()
        // The same as if it had never been there.
        let fresh = try LatentIndexTests()
        var others = records(
            Self.subjects + ["sleep xenolith quokka", "reward quokka numbat", "dopamine numbat", "numbat sleep"])
        others.remove(at: 8)
        try fresh.ingest(others)
        #expect(try fresh.bytes() == left)
    }

    @Test func `a record is forgotten without a model at hand`() throws {
        try ingest(records(Self.subjects))
        runs.embedding = nil
        _ = try runs.forgetting().forget(RecordID(.brainstem, .session, "s1"), extent: .record)
        #expect(try model().texts == 7)
    }

    @Test(arguments: [[], ["one record alone"], ["apples", "pears"], ["", ""]])
    func `records that share no word are ranked by words, and the index is whole`(titles: [String]) throws {
        try ingest(records(titles))
        let generation = try runs.index.current()
        #expect(generation.manifest.model == nil && generation.manifest.dimensions == 0)
        #expect(generation.vectorsPath == nil && generation.projectionPath == nil)
        #expect(try generation.verify() == [])
        try ingest(records(Self.subjects))
        #expect(try model().texts == 8)
        try ingest(records(titles))
        #expect(try runs.index.current().projectionPath == nil)
    }

    @Test func `a record without words has no vector`() throws {
        try ingest(records(Self.subjects + [""]))
        let generation = try runs.index.current()
        let vectors = try VectorFile(
            path: try #require(generation.vectorsPath), identity: generation.manifest.model)
        #expect(try vectors.row(8).allSatisfy { $0 == 0 })
    }

    @Test func `vectors of a model and of the analysis are never mixed`() throws {
        let sentences = TextEmbedding(identity: "m", dimensions: 2) { $0.map { [Float($0.utf8.count), 1] } }
        try ingest(records(Self.subjects))
        let later = try ingest(records(Self.subjects), embedding: sentences)
        #expect(later.embedded == 8 && later.reused == 0)
        let generation = try runs.index.current()
        #expect(generation.manifest.model == "m" && generation.projectionPath == nil)
        #expect(try generation.verify() == [])
        #expect(try ingest(records(Self.subjects), embedding: sentences).isUnchanged)
        #expect(try ingest(records(Self.subjects + ["more"]), embedding: sentences).reused == 8)
        let back = try ingest(records(Self.subjects))
        #expect(back.embedded == 8 && back.reused == 0)
        #expect(try model().texts == 8)
        #expect(try ingest(records(Self.subjects), embedding: sentences).embedded == 8)
    }

    @Test func `a run keeps the vectors of a model unless their loss is accepted`() throws {
        try runs.add("dandi", try runs.dump(1...6, title: { "Invented sleep of \($0 % 3)" }))
        runs.embedding = TextEmbedding(identity: "m", dimensions: 2) { $0.map { [Float($0.utf8.count), 1] } }
        try runs.run()
        runs.embedding = .latent()
        let held = try runs.run()
        #expect(held.outcome == .held)
        #expect(held.gates.filter(\.holds).map(\.name) == ["vectors"])
        #expect(try runs.index.current().manifest.model == "m")
        #expect(try runs.run(accept: ["vectors"]).outcome == .done)
        #expect(try runs.index.current().projectionPath != nil)
        #expect(try runs.run().outcome == .done, "from then on they are what is kept")
        runs.embedding = nil
        #expect(try runs.run().outcome == .held)
    }

    @Test func `a damaged projection is found and nothing is built upon it`() throws {
        try ingest(records(Self.subjects))
        let path = try #require(try runs.index.current().projectionPath)
        var bytes = try #require(FileManager.default.contents(atPath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        let problems = try runs.index.current().verify()
        #expect(problems.contains { $0.hasPrefix("lsa.model") })
    }
}
