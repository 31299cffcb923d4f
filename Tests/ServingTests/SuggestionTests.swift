import Encoder
import Foundation
import Indexing
import Planner
import Records
import Search
import Serving
import Store
import TestSupport
import Testing
import Vocabulary

/// Words that no vocabulary has, over HTTP.
@Suite(.enabled(if: ModelCache.find() != nil, "the sentence model is not on this machine: run 'make model'"))
struct SuggestionTests {
    private let folder: TemporaryFolder
    private let service: Service

    init() throws {
        folder = try TemporaryFolder()
        try Invented.writeVocabulary(to: folder)
        let vocabulary = try Vocabulary.load(folder: folder.path + "/vocab")
        let index = IndexFolder(path: folder.path + "/index")
        _ = try Ingest(index: index, vocabulary: vocabulary)
            .run(source: .dandi, location: "invented") { sink in
                for record in Invented.dated { try sink(record) }
                return nil
            }
        let encoder = try SentenceEncoder(folder: try ModelCache.folder())
        let names = folder.path + "/names"
        _ = try NearNames.write(vocabulary: vocabulary, encoder: encoder, folder: names)
        let searcher = Searcher(
            generation: try index.current(), vocabulary: vocabulary,
            linking: NearNames(vocabulary: vocabulary, folder: names) { encoder })
        service = Service(
            served: ServedGenerations(searcher), settings: .init(version: "test", site: "http://localhost"))
    }

    private func text(_ target: String) -> String {
        guard case .work(let work) = service.receive(RawRequest(target: target), client: []) else { return "" }
        return String(decoding: work(.zero).body, as: UTF8.self)
    }

    @Test func `a search and a plan warn of an unknown word and name what is close`() throws {
        let result = try JSONDecoder().decode(
            SearchResult.self, from: Data(text("/v1/search?q=gonadectomy").utf8))
        let warning = try #require(result.warnings.first)
        #expect(warning.code == "unknown_word")
        #expect(warning.suggestions == ["ovariectomy"])
        let plan = try JSONDecoder().decode(Plan.self, from: Data(text("/v1/plan?q=gonadectomy").utf8))
        #expect(plan.warnings == [warning])
    }

    @Test func `a cursor goes on where there are no suggestions`() throws {
        let target = "/v1/search?limit=1&q=\("dandi gonadectomy".encoded)"
        let first = try JSONDecoder().decode(SearchResult.self, from: Data(text(target).utf8))
        #expect(!first.plan.warnings.isEmpty)
        let snapshot = service.served.live
        let plain = Searcher(
            generation: snapshot.searcher.generation, vocabulary: snapshot.searcher.vocabulary)
        var request = try SearchRequest(asking: "dandi gonadectomy", planner: plain.planner)
        request.limit = 1
        request.cursor = first.next
        #expect(first.next != nil)
        let second = try plain.search(request)
        #expect(second.plan.warnings.isEmpty)
        #expect(second.hits.count == 1)
        #expect(second.hits.map(\.id) != first.hits.map(\.id))
    }

    @Test func `the page tells it once`() {
        let page = text("/?q=gonadectomy")
        #expect(page.contains("perhaps meant: ovariectomy"))
        #expect(!page.contains("Did you mean"))
    }

    @Test func `a question of known words warns of nothing`() throws {
        let result = try JSONDecoder().decode(SearchResult.self, from: Data(text("/v1/search?q=headpost").utf8))
        #expect(result.plan.warnings.isEmpty)
    }
}
