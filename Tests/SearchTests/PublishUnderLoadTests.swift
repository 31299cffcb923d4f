import Foundation
import Indexing
import Planner
import Records
import Store
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Search

/// Readers that ask without pause while generation after generation is published.  `make test-race` runs it with the
/// thread sanitizer and 100 publishes.
struct PublishUnderLoadTests {
    /// What the threads share.
    private final class Load: Sendable {
        let vocabulary: Vocabulary
        let plan: Plan
        let shelf: Mutex<Generation>
        let isDone = Atomic<Bool>(false)
        let answers = Atomic<Int>(0)
        let problems = Mutex<[String]>([])

        init(vocabulary: Vocabulary, plan: Plan, first: Generation) {
            self.vocabulary = vocabulary
            self.plan = plan
            shelf = Mutex(first)
        }

        /// One question, answered from one generation from its start to its end: all its records tell its number.
        func ask() {
            let generation = shelf.withLock { $0 }
            do {
                let searcher = Searcher(generation: generation, vocabulary: vocabulary)
                let result = try searcher.search(SearchRequest(plan: plan, limit: 100))
                let titles = Set(result.hits.map(\.title))
                let isWhole =
                    titles.count == 1 && result.generation == generation.manifest.generation
                    && result.total == generation.manifest.records && result.hits.count == result.total
                    && result.sources.map(\.records) == [result.total]
                if !isWhole { problems.withLock { $0.append("\(result.generation): \(titles) of \(result.total)") } }
            } catch {
                problems.withLock { $0.append("\(error)") }
            }
            answers.wrappingAdd(1, ordering: .relaxed)
        }
    }

    @Test func `no answer mixes two generations, however many are published meanwhile`() throws {
        let folder = try TemporaryFolder()
        let index = IndexFolder(path: folder.path + "/index")
        let vocabulary = try Vocabulary.load(folder: Places.vocabularies)
        let plan = try Planner(vocabulary: vocabulary).plan("invented nights", today: 20_000)
        func publish(_ number: Int) throws -> Generation {
            _ = try Ingest(index: index, vocabulary: vocabulary).run(source: .brainstem, location: "test") { sink in
                for record in 0..<(5 + number % 7) {
                    try sink(
                        Record(
                            id: RecordID(.brainstem, .session, "\(record)"), title: "invented night \(number)",
                            parts: [Part(role: .recording, type: "Probe", label: "p")]))
                }
                return nil
            }
            return try index.current()
        }
        let load = Load(vocabulary: vocabulary, plan: plan, first: try publish(0))
        let threads = (0..<3).map { _ in
            let thread = Thread { while !load.isDone.load(ordering: .relaxed) { load.ask() } }
            thread.start()
            return thread
        }
        for number in 1...100 {
            let next = try publish(number)
            load.shelf.withLock { $0 = next }
        }
        // Each thread has asked since the last publish.
        let seen = load.answers.load(ordering: .relaxed)
        while load.answers.load(ordering: .relaxed) < seen + 6 { Thread.sleep(forTimeInterval: 0.001) }
        load.isDone.store(true, ordering: .relaxed)
        while !threads.allSatisfy(\.isFinished) { Thread.sleep(forTimeInterval: 0.001) }
        #expect(load.problems.withLock { $0 } == [])
        #expect(load.answers.load(ordering: .relaxed) > 100)
        #expect(index.generationNames().count == GenerationWriter.kept)
    }
}
