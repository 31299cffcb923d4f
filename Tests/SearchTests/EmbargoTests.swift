import Indexing
import Planner
import Records
import Store
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Search

/// Embargoes that end between two runs: the index is not touched, only the clock.
struct EmbargoTests {
    private static let last = CalendarDay.number(iso: "2027-03-01") ?? 0
    private let folder: TemporaryFolder
    private let searcher: Searcher
    private let planner: Planner
    private let day = Day()

    /// A clock that tests turn.
    private final class Day: Sendable {
        let number = Mutex(0)
    }

    init() throws {
        func record(_ name: String, _ access: Access, until: Int? = nil) -> Record {
            Record(
                id: RecordID(.dandi, .dataset, name), title: "Sleep of \(name)", access: access,
                accessNote: access == .open ? nil : "Ask.", embargoedUntil: until)
        }
        let records = [
            record("dated", .embargoed, until: Self.last), record("later", .embargoed, until: Self.last + 30),
            record("undated", .embargoed), record("restricted", .restricted, until: Self.last),
        ]
        let vocabulary = try Vocabulary.load(folder: Places.vocabularies)
        folder = try TemporaryFolder()
        let index = IndexFolder(path: folder.path)
        _ = try Ingest(index: index, vocabulary: vocabulary).run(source: .dandi, location: "invented") { sink in
            for record in records { try sink(record) }
            return nil
        }
        searcher = Searcher(
            generation: try index.current(), vocabulary: vocabulary, today: { [day] in day.number.withLock { $0 } })
        planner = Planner(vocabulary: vocabulary)
    }

    private func natives(_ question: String, stated: Bool = false) throws -> Set<String> {
        var request = try SearchRequest(asking: question, planner: planner)
        (request.statedOnly, request.isStrict, request.limit) = (stated, true, 100)
        return Set(try searcher.search(request).hits.map(\.id.native))
    }

    @Test(
        arguments: [
            (0, []), (1, ["dated"]), (30, ["dated"]), (31, ["dated", "later"]),
        ] as [(Int, Set<String>)])
    func `what is open follows the day, without a new index`(daysAfter: Int, open: Set<String>) throws {
        day.number.withLock { $0 = Self.last + daysAfter }
        let embargoed = Set(["dated", "later", "undated"]).subtracting(open)
        for stated in [false, true] {
            #expect(try natives("access:open", stated: stated) == open)
            #expect(try natives("access:embargoed", stated: stated) == embargoed)
            #expect(try natives("-access:embargoed", stated: stated) == open.union(["restricted"]))
            #expect(try natives("access:restricted", stated: stated) == ["restricted"])
        }
    }

    @Test(arguments: [0, 1, 31])
    func `every place that shows access shows that of the day, and counts are totals`(daysAfter: Int) throws {
        day.number.withLock { $0 = Self.last + daysAfter }
        var request = try SearchRequest(asking: "sleep", planner: planner)
        request.limit = 100
        let result = try searcher.search(request)
        #expect(result.total == 4)
        for hit in result.hits {
            let isOpen = daysAfter > 0 && hit.id.native == "dated" || daysAfter > 30 && hit.id.native == "later"
            #expect((hit.access == .open) == isOpen, "\(hit.id)")
            #expect((hit.accessNote == nil) == isOpen)
            let shown = try searcher.record(named: hit.id.description)
            #expect(shown.record.access == hit.access)
            #expect(shown.tags.filter { $0.facet == .access }.map(\.term) == [hit.access.term])
        }
        let counts = try #require(result.facets["access"])
        #expect(counts.map(\.count).reduce(0, +) == 4 && result.notRecorded["access"] == 0)
        for value in counts {
            #expect(try natives("access:\(value.id)").count == value.count, "\(value.id)")
        }
        let reasons = try searcher.search(SearchRequest(asking: "access:open", planner: planner)).hits.flatMap(
            \.matched)
        #expect(reasons.allSatisfy { $0.term.id == Access.open.term && $0.evidence.provenance.contains("has passed") })
        let coverage = try searcher.coverage(rows: .access, cols: .source, request: request)
        #expect(coverage.counts.map { $0.reduce(0, +) } == coverage.rowValues.map(\.count))
    }
}
