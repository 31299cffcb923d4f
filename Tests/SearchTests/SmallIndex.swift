import Indexing
import Planner
import Records
import Search
import Store
import TestSupport
import Vocabulary

/// A real index of invented records, built by the real indexing in a throw-away folder.
final class SmallIndex: Sendable {
    let folder: TemporaryFolder
    let searcher: Searcher
    let planner: Planner

    init(_ records: [Record], meaning: (any Meaning)? = nil) throws {
        let vocabulary = try Vocabulary.load(folder: Places.vocabularies)
        folder = try TemporaryFolder()
        let index = IndexFolder(path: folder.path)
        _ = try Ingest(index: index, vocabulary: vocabulary, allowsEmpty: true)
            .run(source: .brainstem, location: "invented") { sink in
                for record in records { try sink(record) }
                return nil
            }
        searcher = Searcher(generation: try index.current(), vocabulary: vocabulary, meaning: meaning)
        planner = Planner(vocabulary: vocabulary)
    }

    /// Plans and searches.
    func search(
        _ query: String, choices: [FacetChoice] = [], strict: Bool = false, statedOnly: Bool = false, limit: Int = 100,
        cursor: String? = nil
    ) throws -> SearchResult {
        var request = try SearchRequest(asking: query, choices: choices, planner: planner)
        request.isStrict = strict
        request.statedOnly = statedOnly
        request.limit = limit
        request.cursor = cursor
        return try searcher.search(request)
    }

    /// Native ids of the match tier.
    func matches(_ query: String, choices: [FacetChoice] = []) throws -> Set<String> {
        try natives(.match, of: search(query, choices: choices))
    }

    /// Native ids of one tier.
    func natives(_ tier: Hit.Tier, of result: SearchResult) -> Set<String> {
        Set(result.hits.filter { $0.tier == tier }.map(\.id.native))
    }

    /// The hand-made records, shared by the tests that only read.
    static let shared = Result { try SmallIndex(Invented.records) }
    /// Sixty sessions with values drawn at random, always the same.
    static let random = Result { try SmallIndex(Invented.random(count: 60)) }
}
