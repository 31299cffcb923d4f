import FoundationEssentials
import Indexing
import LatentSemantics
import Planner
import Records
import Search
import Store
import TestSupport
import Testing
import Vectors
import Vocabulary

/// Searches of an index whose vectors come from its own records.
struct LatentSearchTests {
    private let folder: TemporaryFolder
    private let searcher: Searcher

    init() throws {
        folder = try TemporaryFolder()
        let texts = [
            "sleep spindle thalamus", "spindle rhythm thalamus", "rhythm sleep", "sleep thalamus", "reward striatum",
            "learning dopamine striatum", "dopamine reward", "reward learning striatum",
        ]
        let vocabulary = try Vocabulary.load(folder: Places.vocabularies)
        let index = IndexFolder(path: folder.path + "/index")
        var settings = LatentSettings()
        settings.dimensions = 2
        _ = try Ingest(index: index, vocabulary: vocabulary, embedding: .latent(settings))
            .run(source: .brainstem, location: "invented") { sink in
                for (number, text) in texts.enumerated() {
                    try sink(Record(id: RecordID(.brainstem, .document, "\(number)"), title: text, access: .open))
                }
                return nil
            }
        let generation = try index.current()
        let identity = try #require(generation.manifest.model)
        searcher = Searcher(
            generation: generation, vocabulary: vocabulary,
            meaning: LatentMeaning(
                file: try VectorFile(path: try #require(generation.vectorsPath), identity: identity),
                model: try LatentModel(path: try #require(generation.projectionPath), identity: identity)))
    }

    private func search(_ words: String, mode: SearchMode = .hybrid) throws -> SearchResult {
        try searcher.search(SearchRequest(plan: Plan(query: words, text: words), mode: mode))
    }

    @Test func `records are found by the company of a word, and the answer says how`() throws {
        let result = try search("spindle", mode: .vector)
        #expect(Set(result.hits.prefix(4).map(\.id.native)) == ["0", "1", "2", "3"])
        #expect(result.warnings.map(\.code) == ["lsa_vectors"])
        #expect(try search("spindle").warnings.map(\.code) == ["lsa_vectors"])
        #expect(try search("spindle", mode: .text).warnings.isEmpty)
    }

    @Test func `words that wrap a question do not move it`() throws {
        let plain = try search("spindle rhythm")
        let wrapped = try search("please show me the spindle rhythm")
        #expect(plain.hits.map(\.id) == wrapped.hits.map(\.id))
        #expect(plain.hits.map(\.score) == wrapped.hits.map(\.score))
    }

    @Test(arguments: [SearchMode.hybrid, .vector])
    func `a question of unknown words is ranked by words, and says so`(mode: SearchMode) throws {
        let result = try search("xenolith", mode: mode)
        #expect(result.hits.isEmpty)
        #expect(result.warnings.map(\.code) == ["lsa_unknown_words"])
    }

    @Test func `what is told of the snapshot names the kind of its vectors`() throws {
        #expect(searcher.facts.vectors == .lsa)
        #expect(searcher.facts.model?.hasPrefix("lsa-") == true)
    }

    @Test func `weights for such vectors are settings of their own`() throws {
        let settings = try RankingSettings(json5: "{ latent: { lexicalWeight: 0.9, cosineCutoff: 0.2 } }")
        #expect(settings.latent.lexicalWeight == 0.9 && settings.lexicalWeight == RankingSettings().lexicalWeight)
    }
}
