import Foundation
import Records
import Store
import Testing

@testable import Indexing

/// ReindexRuns whose sources are files.
struct ReindexTests {
    @Test func `a first run publishes, and one that finds nothing changed publishes nothing and says so`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...10))
        let first = try runs.run()
        #expect(first.outcome == .done && first.exitCode == 0 && first.linked == 10, "\(first.message)")
        #expect(first.records.map(\.added) == [10])
        let second = try runs.run()
        #expect(second.outcome == .done && second.exitCode == 0 && second.isUnchanged && second.generation == nil)
        #expect(second.linked == 0 && second.total == 10 && second.previous == first.generation)
        #expect(second.message == "nothing changed; generation \(first.generation ?? "") stays")
        #expect(second.records.map(\.unchanged) == [10])
        #expect(try runs.index.currentName() == first.generation && runs.unfinished == [])
        let full = try runs.run(full: true)
        #expect(full.linked == 10 && full.generation != nil && !full.isUnchanged)
        #expect(try runs.index.current().difference().changes.isEmpty)
        let state = try #require(RunState.last(of: runs.index))
        #expect(state.isGood && state.lastSuccess != nil && state.metrics.contains("discover_reindex_success 1\n"))
        let reports = try FileManager.default.contentsOfDirectory(atPath: runs.index.path + "/runs")
        #expect(reports.contains { $0.hasSuffix(".md") } && reports.contains { $0.hasPrefix("run-") })
    }

    @Test func `a run that changes one in a hundred embeds no more`() throws {
        let runs = try ReindexRuns()
        runs.embedding = TextEmbedding(identity: "m", dimensions: 2) { $0.map { [Float($0.utf8.count), 1] } }
        try runs.add("dandi", try runs.dump(1...200))
        #expect(try runs.run().embedded == 200)
        _ = try runs.dump(1...202, title: { $0 == 7 ? "Renamed" : "Invented \($0)" })
        let report = try runs.run()
        #expect(report.embedded == 3 && report.reused == 199 && report.linked == 202)
        let changes = try runs.index.current().difference()
        #expect(changes.rows(.added).count == 2 && changes.rows(.changed).count == 1)
        #expect(try runs.index.current().verify() == [])
    }

    @Test func `a run that finds nothing changed makes known that it looked`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3))
        let name = try #require(try runs.run().generation)
        let live = try runs.index.current()
        let long = HarvestTimes(
            generation: name,
            states: live.manifest.sources.map { state in
                var state = state
                state.harvested = "2001-01-01T00:00:00Z"
                return state
            })
        try long.write(to: runs.index, lock: runs.index.lock())
        #expect(live.sources.map(\.harvested) == ["2001-01-01T00:00:00Z"], "also while it is open")
        #expect(try runs.run().isUnchanged)
        #expect(live.sources.allSatisfy { $0.harvested >= live.manifest.sources[0].harvested })
        #expect(try live.verify() == [])
        // Of another generation the file says nothing.
        _ = try runs.dump(1...4)
        try runs.run()
        let next = try runs.index.current()
        #expect(next.sources == next.manifest.sources)
    }

    @Test func `a run builds although no record changed when a source is called otherwise or was stale`() throws {
        let runs = try ReindexRuns()
        let path = try runs.dump(1...3)
        try runs.add("dandi", path)
        let first = try runs.run()
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        let stale = try runs.run()
        #expect(stale.exitCode == 5 && stale.generation != nil)
        let still = try runs.run()
        #expect(still.exitCode == 5 && still.isUnchanged && still.message.contains("could not be read: dandi"))
        let live = try runs.index.current()
        #expect(live.sources == live.manifest.sources, "what could not be read is as old as it was")
        try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
        #expect(try !runs.run().isUnchanged)
        runs.configuration.sources[0].location = try runs.dump(1...3, to: "elsewhere")
        let moved = try runs.run()
        #expect(moved.generation != nil && moved.generation != first.generation)
        #expect(try runs.index.current().manifest.sources[0].location.hasSuffix("elsewhere.jsonl"))
    }

    @Test func `gates are judged although nothing changed`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3, also: " TOP-SECRET"))
        let before = try runs.run().generation
        runs.configuration.privateMarkers = ["TOP-SECRET"]
        let held = try runs.run()
        #expect(held.outcome == .held && held.failedGates.map(\.name) == ["private:markers"])
        #expect(try runs.index.currentName() == before)
    }

    @Test(arguments: [2, 5]) func `the number of threads changes no byte`(threads: Int) throws {
        let (one, many) = (try ReindexRuns(), try ReindexRuns())
        (one.threads, many.threads) = (1, threads)
        func files(_ runs: ReindexRuns) throws -> [String: Manifest.FileState] {
            try runs.index.current().manifest.files
        }
        for runs in [one, many] {
            runs.embedding = TextEmbedding(identity: "m", dimensions: 2) { $0.map { [Float($0.utf8.count), 1] } }
            try runs.add("dandi", try runs.dump(1...1500, title: { "Invented thalamus and sleep of mouse \($0 % 37)" }))
            // Some are the same thing as a record of another source.
            _ = try Ingest(index: runs.index, vocabulary: SmallVocabulary.shared.get()).run(
                source: .brainstem, location: "test"
            ) { sink in
                for number in 1...600 {
                    var record = Record(
                        id: RecordID(.brainstem, .dataset, "\(number)"), title: "Neuropixels in the cortex of a rat")
                    if number % 3 == 0 { record.links = [Link(.sameAs, "dandi:dataset:\(900_000 + number)")] }
                    try sink(record)
                }
                return nil
            }
            let report = try runs.run()
            #expect(report.outcome == .done && report.joined == 200, "\(report.message)")
        }
        #expect(try files(one) == files(many))
        for runs in [one, many] {
            _ = try runs.dump(20...1510, title: { "Invented sleep of mouse \($0 % 41)" })
            #expect(try runs.run().outcome == .done)
        }
        #expect(try files(one) == files(many))
        #expect(try many.index.current().verify() == [])
    }

    @Test func `a source that shrinks is held back until it is accepted by name`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...20))
        let before = try runs.run().generation
        _ = try runs.dump(1...10)
        let held = try runs.run()
        #expect(held.outcome == .held && held.exitCode == 1 && held.generation == nil)
        #expect(held.message.contains("--accept shrink:dandi"))
        #expect(try runs.index.currentName() == before)
        #expect(RunState.last(of: runs.index)?.gates.keys.sorted() == ["shrink:dandi"])
        #expect(try runs.run(accept: ["shrink:ibl"]).outcome == .held)
        #expect(try runs.run(dry: true).outcome == .held)
        let accepted = try runs.run(accept: ["shrink:dandi"])
        #expect(accepted.outcome == .done && accepted.records.map(\.removed) == [10])
        #expect(try runs.ids().count == 10)
        let kept = try #require(accepted.generation)
        #expect(runs.index.generationNames() == [kept], "nothing that was taken back is kept")
    }

    @Test func `a few records may leave, and then leave from everywhere`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...20))
        try runs.run()
        _ = try runs.dump((1...20).filter { $0 != 13 })
        let report = try runs.run()
        #expect(report.outcome == .done && report.records.map(\.removed) == [1] && report.generationsErased == 1)
        #expect(try runs.files(holding: ["900013", "Invented 13"]) == [])
    }

    @Test func `what a killed run left half-written goes with the next one, wherever its reports are`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3))
        runs.configuration.reportFolder = runs.folder.path + "/reports"
        try runs.run()
        let halves = [
            "index/CURRENT.tmp", "index/runs/last.json.tmp", "index/runs/run-20260101T000000Z.md.tmp",
            "index/forgotten.json.tmp", "reports/run-20260101T000000Z.json.tmp",
        ]
        for half in halves {
            try Data("half".utf8).write(to: URL(filePath: "\(runs.folder.path)/\(half)"))
        }
        try FileManager.default.createDirectory(
            atPath: runs.index.path + "/generations/000009-20260101T000000Z-beef.tmp",
            withIntermediateDirectories: true)
        #expect(runs.unfinished.count == 6)
        #expect(try runs.run().outcome == .done)
        #expect(runs.unfinished == [])
    }

    @Test func `a source that cannot be read keeps its records, marked stale, and comes back`() throws {
        let runs = try ReindexRuns()
        let path = try runs.dump(1...5)
        try runs.add("dandi", path)
        try runs.run()
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        let report = try runs.run()
        #expect(report.outcome == .partial && report.exitCode == 5)
        #expect(try runs.ids().count == 5)
        #expect(try runs.index.current().manifest.sources.map(\.stale) == [true])
        try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
        try runs.run()
        #expect(try runs.index.current().manifest.sources.map(\.stale) == [false])
    }

    @Test func `no source and no index is a failure that leaves nothing`() throws {
        let runs = try ReindexRuns([("dandi", "/nonexistent/file.jsonl")])
        let report = try runs.run()
        #expect(report.outcome == .failed && report.exitCode == 1)
        #expect(try runs.index.currentName() == nil && runs.index.generationNames() == [])
    }

    @Test func `records that no entry of the configuration gives stay`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3))
        _ = try Ingest(index: runs.index, vocabulary: SmallVocabulary.shared.get()).run(
            source: .brainstem, location: "test"
        ) { sink in
            try sink(session("1"))
            return nil
        }
        #expect(try runs.run().records.map(\.source) == [.dandi])
        #expect(try runs.ids().contains("brainstem:session:1"))
        #expect(try runs.index.current().manifest.sources.map(\.source) == [.brainstem, .dandi])
    }

    @Test func `a run of one entry takes nothing from another of its kind`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...5))
        try runs.add("more", try runs.dump(6...10, to: "more"), connector: "dandi")
        #expect(try runs.run().total == 10)
        let report = try runs.run(sources: ["more"])
        #expect(report.outcome == .done && report.total == 10 && report.records.map(\.kept) == [5])
        #expect(try runs.index.current().manifest.sources.map(\.stale) == [false])
        #expect(try runs.run(sources: ["nowhere"]).exitCode == 2)
    }

    @Test func `a canary that is not answered keeps the old generation`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3))
        runs.configuration.canaries = [
            .init(name: "one", question: "Invented", includes: ["dandi:dataset:900002"], minimum: 3),
            .init(name: "two", question: "Sleep", includes: ["dandi:dataset:999999"], minimum: 0),
        ]
        let report = try runs.run()
        #expect(report.failedGates.map(\.name) == ["canary:two"])
        #expect(try runs.index.currentName() == nil)
        #expect(try runs.run(accept: ["canary:two"]).outcome == .done)
    }

    @Test func `what the operator calls private is not published`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3, also: " TOP-SECRET"))
        runs.configuration.privateMarkers = ["TOP-SECRET"]
        let report = try runs.run()
        #expect(report.failedGates.map(\.name) == ["private:markers"])
        #expect(try runs.index.currentName() == nil)
    }

    @Test func `an address that a connector let through is not published`() throws {
        let runs = try ReindexRuns()
        _ = try Ingest(index: runs.index, vocabulary: SmallVocabulary.shared.get()).run(
            source: .brainstem, location: "t"
        ) {
            try $0(session("1", title: "write to somebody@example.org"))
            return nil
        }
        try runs.add("dandi", try runs.dump(1...3))
        #expect(try runs.run().failedGates.map(\.name) == ["private:addresses"])
    }

    @Test func `vectors are not lost for want of a model`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3))
        runs.embedding = TextEmbedding(identity: "m", dimensions: 1) { $0.map { _ in [1] } }
        try runs.run()
        runs.embedding = nil
        #expect(try runs.run().failedGates.map(\.name) == ["vectors"])
        #expect(try runs.run(accept: ["vectors"]).outcome == .done)
    }

    @Test func `a disk without room is seen before anything is begun`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3))
        let before = try runs.run().generation
        runs.configuration.reserveBytes = 1 << 60
        let report = try runs.run()
        #expect(report.exitCode == 6 && report.message.contains("nothing was begun"))
        #expect(try runs.index.currentName() == before && runs.index.generationNames() == [before])
    }

    @Test func `an interrupted run changes nothing`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3))
        let before = try runs.run().generation
        #expect(try runs.run(cancelled: { true }).exitCode == 130)
        #expect(try runs.index.currentName() == before && runs.index.generationNames() == [before])
        let lock = try runs.index.lock()
        #expect(throws: StoreError.self) { try runs.run() }
        withExtendedLifetime(lock) {}
    }

    @Test func `a run builds after the newest whole generation`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3))
        let first = try runs.run().generation ?? ""
        _ = try runs.dump(1...4)
        let second = try runs.run().generation ?? ""
        let path = "\(runs.index.path)/generations/\(second)/records.sqlite"
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count - 10] ^= 1
        try bytes.write(to: URL(filePath: path))
        let report = try runs.run()
        #expect(report.previous == first && report.notes.contains { $0.contains("damaged") })
        #expect(try runs.index.current().verify() == [])
    }

    @Test func `a run that was killed is told as interrupted`() throws {
        let runs = try ReindexRuns()
        try runs.add("dandi", try runs.dump(1...3))
        try runs.run()
        try RunState(outcome: .running, started: 1).write(to: runs.index)
        #expect(RunState.last(of: runs.index)?.outcome == .interrupted)
        let lock = try runs.index.lock()
        #expect(RunState.last(of: runs.index)?.outcome == .running)
        withExtendedLifetime(lock) {}
    }

    @Test func `the page is plain text whatever a source writes`() {
        var report = ReindexReport(started: Timestamp(secondsSince1970: 0))
        report.message = "<script>alert(1)</script> | [x](y)"
        #expect(!report.page.contains("<script>") && !report.page.contains("[x](y)"))
    }
}
