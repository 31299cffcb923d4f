import Connectors
import FoundationEssentials
import Records
import Store
import Testing
import Vectors
import Vocabulary

@testable import Indexing

struct IngestTests {
    private let folder: TemporaryFolder
    private let index: IndexFolder

    init() throws {
        folder = try TemporaryFolder()
        index = IndexFolder(path: folder.path + "/index")
    }

    private func ingest(
        _ records: [Record], of source: Source = .brainstem, allowsEmpty: Bool = false, incomplete: [String] = []
    ) throws -> IngestReport {
        let ingest = Ingest(index: index, vocabulary: try SmallVocabulary.shared.get(), allowsEmpty: allowsEmpty)
        return try ingest.run(source: source, location: "test") { sink in
            for record in records { try sink(record) }
            var report = HarvestReport(source: source, location: "test")
            report.incomplete = incomplete
            return report
        }
    }

    private func ids() throws -> [String] {
        let generation = try index.current()
        return try generation.ids(rows: Array(0..<generation.manifest.records)).map(\.native)
    }

    @Test func `records become a published generation with postings and text`() throws {
        var first = session("1", title: "Neuropixels in a sleeping mouse")
        first.parts = [Part(role: .recording, type: "Probe", label: "p")]
        first.statements = [Statement(.region, "thalamus", part: 0, provenance: "brain_region")]
        first.quantities = [Quantity(.ageDays, 60, provenance: "age")]
        let report = try ingest([session("2"), first])
        #expect(report.added == 2 && report.total == 2 && report.isComplete)
        let generation = try index.current()
        #expect(generation.manifest.generation == report.generation)
        #expect(generation.manifest.vocabulary == (try SmallVocabulary.shared.get().fingerprint))
        #expect(generation.manifest.sources.map(\.records) == [2])
        #expect(try generation.verify() == [])
        let facets = generation.facets
        let thalamus = try #require(facets.terms.number(of: "UBERON:0001897"))
        #expect(Array(facets.postings(thalamus, .stated)) == [1])
        #expect(facets.role(ofPart: 1) == .recording)
        let brain = try #require(facets.terms.number(of: "UBERON:0000955"))
        #expect(facets.postings(brain, .stated).isEmpty, "terms above are not posted")
        #expect(facets.closure(ofRecord: 0).contains(brain), "but they are in the closure")
        #expect(facets.terms.label(brain) == "brain")
        let sleep = try #require(facets.terms.number(of: "discover:state.sleep"))
        #expect(Array(facets.postings(sleep, .inferred)) == [0])
        let words = try #require(MatchExpression(anyOf: ["neuropixels"]))
        #expect(try generation.match(words).map(\.row) == [0])
    }

    @Test func `a run replaces its own source and keeps all others`() throws {
        let other = Record(id: RecordID(.dandi, .dataset, "d"), title: "Mouse")
        _ = try ingest([session("1"), session("2"), session("3")])
        _ = try ingest([other], of: .dandi)
        let report = try ingest([session("1"), session("2", title: "new"), session("4")])
        #expect([report.unchanged, report.changed, report.added, report.removed] == [1, 1, 1, 1])
        #expect(report.total == 4)
        #expect(try ids() == ["1", "2", "4", "d"])
        let states = try index.current().manifest.sources
        #expect(states.map(\.source) == [.brainstem, .dandi] && states.map(\.records) == [3, 1])
    }

    @Test func `an incomplete harvest takes nothing away`() throws {
        _ = try ingest([session("1"), session("2")])
        let report = try ingest([session("2")], incomplete: ["sessions: timed out"])
        #expect(report.kept == 1 && report.removed == 0 && !report.isComplete)
        #expect(try ids() == ["1", "2"])
        #expect(try index.current().manifest.sources.map(\.stale) == [true])
    }

    @Test func `the first of two records with one id stays and the second is listed`() throws {
        let report = try ingest([session("1", title: "first"), session("1", title: "second"), session("2")])
        #expect(report.duplicates.map(\.native) == ["1"])
        #expect(!report.isComplete)
        #expect(try index.current().records(rows: [0]).map(\.record.title) == ["first"])
    }

    @Test func `a source that had records is not emptied unasked`() throws {
        _ = try ingest([session("1")])
        let before = try index.currentName()
        let error = #expect(throws: IndexingError.self) { try ingest([]) }
        #expect(error?.kind == .empty)
        #expect(try index.currentName() == before)
        _ = try ingest([], allowsEmpty: true)
        #expect(try index.current().manifest.records == 0)
    }

    @Test func `a failing source leaves the live index and no rest`() throws {
        _ = try ingest([session("1")])
        let before = try index.currentName()
        let ingest = Ingest(index: index, vocabulary: try SmallVocabulary.shared.get())
        #expect(throws: ConnectorError.self) {
            try ingest.run(source: .brainstem, location: "test") { sink in
                try sink(session("2"))
                throw ConnectorError(.unavailable, "gone")
            }
        }
        #expect(try index.currentName() == before)
        #expect(index.generationNames() == [before])
        _ = try self.ingest([session("3")])
    }

    @Test(arguments: [1, 3, 5]) func `an interrupted run leaves the live index`(steps: Int) throws {
        _ = try ingest([session("0")])
        let before = try index.currentName()
        var left = steps
        let ingest = Ingest(
            index: index, vocabulary: try SmallVocabulary.shared.get(),
            embedding: TextEmbedding(identity: "m", dimensions: 1) { texts in texts.map { _ in [1] } })
        let error = #expect(throws: IndexingError.self) {
            try ingest.run(
                source: .brainstem, location: "test",
                cancelled: {
                    left -= 1
                    return left < 0
                }
            ) { sink in
                for number in 1...4 { try sink(session("\(number)")) }
                return nil
            }
        }
        #expect(error?.kind == .cancelled)
        #expect(try index.currentName() == before)
    }

    @Test func `an index of another schema is replaced, and the report says so`() throws {
        _ = try ingest([session("1")])
        let path = "\(index.path)/generations/\(try index.currentName() ?? "")/manifest.json"
        try Data(#"{"schema": "other"}"#.utf8).write(to: URL(filePath: path))
        let report = try ingest([session("2")])
        #expect(report.replaced != nil && report.total == 1)
        #expect(try ids() == ["2"])
    }

    @Test func `two runs at once do not mix`() throws {
        let lock = try index.lock()
        let error = #expect(throws: StoreError.self) { try ingest([session("1")]) }
        #expect(error?.kind == .busy)
        withExtendedLifetime(lock) {}
    }

    @Test func `the same records give the same bytes`() throws {
        let records = (0..<20).map { session("\($0)", description: "sleep in the thalamus of a mouse \($0)") }
        _ = try ingest(records)
        let first = try index.current().manifest.files
        let fresh = try IngestTests()
        _ = try fresh.ingest(records.reversed())
        #expect(try fresh.index.current().manifest.files == first)
    }

    @Test func `the same records again publish nothing, from wherever they came`() throws {
        let first = try ingest([session("1"), session("2")])
        #expect(!first.isUnchanged)
        let again = try ingest([session("2"), session("1")])
        #expect(again.isUnchanged && again.generation == first.generation && again.total == 2)
        #expect([again.unchanged, again.added, again.changed, again.removed] == [2, 0, 0, 0])
        #expect(index.generationNames() == [first.generation])
        #expect(try !ingest([session("1"), session("2", title: "other")]).isUnchanged)
    }
}

struct VectorReuseTests {
    private let folder: TemporaryFolder
    private let index: IndexFolder

    init() throws {
        folder = try TemporaryFolder()
        index = IndexFolder(path: folder.path + "/index")
    }

    /// A model whose vector tells the length of its text.
    private func model(_ identity: String) -> TextEmbedding {
        TextEmbedding(identity: identity, dimensions: 2) { texts in texts.map { [Float($0.utf8.count), 1] } }
    }

    private func ingest(_ records: [Record], _ embedding: TextEmbedding?) throws -> IngestReport {
        try Ingest(index: index, vocabulary: SmallVocabulary.shared.get(), embedding: embedding)
            .run(source: .brainstem, location: "test") { sink in
                for record in records { try sink(record) }
                return nil
            }
    }

    private func lengths() throws -> [Float] {
        let generation = try index.current()
        let file = try VectorFile(
            path: try #require(generation.vectorsPath), lists: generation.listsPath,
            identity: generation.manifest.model)
        try file.verify()
        return try (0..<file.count).map { try file.row($0)[0] }
    }

    @Test func `each row has the vector of its own text, new or used again`() throws {
        func records(_ range: Range<Int>) -> [Record] {
            range.map { session("\(1000 + $0)", title: String(repeating: "x", count: $0 + 1)) }
        }
        let first = try ingest(records(100..<400), model("a"))
        #expect(first.embedded == 300 && first.reused == 0)
        #expect(try lengths() == (100..<400).map { Float($0 + 1) })
        let second = try ingest(records(0..<500), model("a"))
        #expect(second.embedded == 200 && second.reused == 300)
        #expect(try lengths() == (0..<500).map { Float($0 + 1) })
        #expect(try index.current().verify() == [])
        #expect(try ingest(records(0..<500), model("b")).reused == 0)
        #expect(try index.current().manifest.model == "b")
    }

    @Test func `lists over the vectors are made of enough of them, proven, and gone with them`() throws {
        var embedding = model("a")
        let records = (0..<40).map { session("\(1000 + $0)", title: String(repeating: "x", count: $0 + 1)) }
        _ = try ingest(records, embedding)
        #expect(try index.current().listsPath == nil)
        embedding.listsFrom = 40
        _ = try ingest(records, embedding)
        let generation = try index.current()
        #expect(try generation.verify() == [])
        let lists = try #require(generation.listsPath)
        let file = try VectorFile(
            path: try #require(generation.vectorsPath), lists: lists, identity: generation.manifest.model)
        try file.verify()
        #expect(try file.nearest(to: [1, 0], limit: 1).map(\.row) == [39])
        let digest = generation.manifest.files["vectors.ivf"]
        // Built again with a record more, and again without it.
        _ = try ingest(records + [session("9999", title: "x")], embedding)
        _ = try ingest(records, embedding)
        #expect(try index.current().manifest.files["vectors.ivf"] == digest)
        _ = try ingest(records, nil)
        #expect(try index.current().listsPath == nil)
    }

    @Test func `vectors that are used again leave the bytes of vectors that are made`() throws {
        // Numbers of several sizes in a row, which settle in steps of their greatest.
        let embedding = { (name: String) in
            var embedding = TextEmbedding(identity: name, dimensions: 5) { texts in
                texts.map { text in
                    let length = Float(text.utf8.count)
                    return [length, 1 / length, -0.37 * length, 12.3, .pi]
                }
            }
            embedding.listsFrom = 30
            return embedding
        }
        let records = (0..<50).map { session("\(1000 + $0)", title: String(repeating: "x", count: $0 + 1)) }
        func files() throws -> [Data] {
            let generation = try index.current()
            #expect(try generation.verify() == [])
            return try [#require(generation.vectorsPath), #require(generation.listsPath)].map {
                try Data(contentsOf: URL(filePath: $0))
            }
        }
        #expect(try ingest(records, embedding("a")).embedded == 50)
        let first = try files()
        #expect(try ingest(Array(records[1...]), embedding("a")).reused == 49)
        #expect(try ingest(records, embedding("a")).reused == 49)
        #expect(try files() == first)
        // Some of half floats that were written without lists, the others new.
        var without = embedding("b")
        without.listsFrom = 51
        #expect(try ingest(Array(records[..<20]), without).embedded == 20)
        #expect(try index.current().listsPath == nil)
        #expect(try ingest(records, embedding("b")).reused == 20)
        #expect(try files()[1] == first[1], "lists name the rests by their fingerprint")
    }

    @Test func `an index may have no vectors, and get them later`() throws {
        #expect(try ingest([session("1")], nil).embedded == 0)
        #expect(try index.current().vectorsPath == nil)
        #expect(try ingest([session("1")], model("a")).embedded == 1)
    }

    @Test func `an encoder that loses a text publishes nothing`() throws {
        let broken = TextEmbedding(identity: "c", dimensions: 2) { _ in [] }
        let error = #expect(throws: IndexingError.self) { try ingest([session("1")], broken) }
        #expect(error?.kind == .encoder)
        #expect(try index.currentName() == nil)
    }
}
