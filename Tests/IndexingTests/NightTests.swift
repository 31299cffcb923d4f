import Foundation
import Records
import Store
import Testing

@testable import Indexing

/// Nights whose sources are files.
struct NightTests {
    @Test func `a first night publishes, a second one takes all over`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...10))
        let first = try nights.run()
        #expect(first.outcome == .done && first.exitCode == 0 && first.linked == 10, "\(first.message)")
        #expect(first.records.map(\.added) == [10])
        let second = try nights.run()
        #expect(second.takenOver == 10 && second.linked == 0 && second.previous == first.generation)
        #expect(second.records.map(\.unchanged) == [10])
        #expect(try nights.index.current().difference().changes.isEmpty)
        #expect(try nights.run(full: true).linked == 10)
        let state = try #require(RunState.last(of: nights.index))
        #expect(state.isGood && state.lastSuccess != nil && state.metrics.contains("discover_reindex_success 1\n"))
        let reports = try FileManager.default.contentsOfDirectory(atPath: nights.index.path + "/runs")
        #expect(reports.contains { $0.hasSuffix(".md") } && reports.contains { $0.hasPrefix("run-") })
    }

    @Test func `a night that changes one in a hundred embeds no more`() throws {
        let nights = try Nights()
        nights.embedding = TextEmbedding(identity: "m", dimensions: 2) { $0.map { [Float($0.utf8.count), 1] } }
        try nights.add("dandi", try nights.dump(1...200))
        #expect(try nights.run().embedded == 200)
        _ = try nights.dump(1...202, title: { $0 == 7 ? "Renamed" : "Invented \($0)" })
        let report = try nights.run()
        #expect(report.embedded == 3 && report.reused == 199 && report.linked == 3 && report.takenOver == 199)
        let changes = try nights.index.current().difference()
        #expect(changes.rows(.added).count == 2 && changes.rows(.changed).count == 1)
        #expect(try nights.index.current().verify() == [])
    }

    @Test func `a source that shrinks is held back until it is accepted by name`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...20))
        let before = try nights.run().generation
        _ = try nights.dump(1...10)
        let held = try nights.run()
        #expect(held.outcome == .held && held.exitCode == 1 && held.generation == nil)
        #expect(held.message.contains("--accept shrink:dandi"))
        #expect(try nights.index.currentName() == before)
        #expect(RunState.last(of: nights.index)?.gates.keys.sorted() == ["shrink:dandi"])
        #expect(try nights.run(accept: ["shrink:ibl"]).outcome == .held)
        #expect(try nights.run(dry: true).outcome == .held)
        let accepted = try nights.run(accept: ["shrink:dandi"])
        #expect(accepted.outcome == .done && accepted.records.map(\.removed) == [10])
        #expect(try nights.ids().count == 10)
        let kept = try #require(accepted.generation)
        #expect(nights.index.generationNames() == [kept], "nothing that was taken back is kept")
    }

    @Test func `a few records may leave, and then leave from everywhere`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...20))
        try nights.run()
        _ = try nights.dump((1...20).filter { $0 != 13 })
        let report = try nights.run()
        #expect(report.outcome == .done && report.records.map(\.removed) == [1] && report.generationsErased == 1)
        #expect(try nights.files(holding: ["900013", "Invented 13"]) == [])
    }

    @Test func `what a killed night left half-written goes with the next one, wherever its reports are`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...3))
        nights.configuration.reportFolder = nights.folder.path + "/reports"
        try nights.run()
        let halves = [
            "index/CURRENT.tmp", "index/runs/last.json.tmp", "index/runs/run-20260101T000000Z.md.tmp",
            "index/forgotten.json.tmp", "reports/run-20260101T000000Z.json.tmp",
        ]
        for half in halves {
            try Data("half".utf8).write(to: URL(filePath: "\(nights.folder.path)/\(half)"))
        }
        try FileManager.default.createDirectory(
            atPath: nights.index.path + "/generations/000009-20260101T000000Z-beef.tmp",
            withIntermediateDirectories: true)
        #expect(nights.unfinished.count == 6)
        #expect(try nights.run().outcome == .done)
        #expect(nights.unfinished == [])
    }

    @Test func `a source that cannot be read keeps its records, marked stale, and comes back`() throws {
        let nights = try Nights()
        let path = try nights.dump(1...5)
        try nights.add("dandi", path)
        try nights.run()
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        let report = try nights.run()
        #expect(report.outcome == .partial && report.exitCode == 5)
        #expect(try nights.ids().count == 5)
        #expect(try nights.index.current().manifest.sources.map(\.stale) == [true])
        try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
        try nights.run()
        #expect(try nights.index.current().manifest.sources.map(\.stale) == [false])
    }

    @Test func `no source and no index is a failure that leaves nothing`() throws {
        let nights = try Nights([("dandi", "/nonexistent/file.jsonl")])
        let report = try nights.run()
        #expect(report.outcome == .failed && report.exitCode == 1)
        #expect(try nights.index.currentName() == nil && nights.index.generationNames() == [])
    }

    @Test func `records that no entry of the configuration gives stay`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...3))
        _ = try Ingest(index: nights.index, vocabulary: SmallVocabulary.shared.get()).run(
            source: .brainstem, location: "test"
        ) { sink in
            try sink(session("1"))
            return nil
        }
        #expect(try nights.run().records.map(\.source) == [.dandi])
        #expect(try nights.ids().contains("brainstem:session:1"))
        #expect(try nights.index.current().manifest.sources.map(\.source) == [.brainstem, .dandi])
    }

    @Test func `a run of one entry takes nothing from another of its kind`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...5))
        try nights.add("more", try nights.dump(6...10, to: "more"), connector: "dandi")
        #expect(try nights.run().total == 10)
        let report = try nights.run(sources: ["more"])
        #expect(report.outcome == .done && report.total == 10 && report.records.map(\.kept) == [5])
        #expect(try nights.index.current().manifest.sources.map(\.stale) == [false])
        #expect(try nights.run(sources: ["nowhere"]).exitCode == 2)
    }

    @Test func `a canary that is not answered keeps the old generation`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...3))
        nights.configuration.canaries = [
            .init(name: "one", question: "Invented", includes: ["dandi:dataset:900002"], minimum: 3),
            .init(name: "two", question: "Sleep", includes: ["dandi:dataset:999999"], minimum: 0),
        ]
        let report = try nights.run()
        #expect(report.failedGates.map(\.name) == ["canary:two"])
        #expect(try nights.index.currentName() == nil)
        #expect(try nights.run(accept: ["canary:two"]).outcome == .done)
    }

    @Test func `what the operator calls private is not published`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...3, also: " TOP-SECRET"))
        nights.configuration.privateMarkers = ["TOP-SECRET"]
        let report = try nights.run()
        #expect(report.failedGates.map(\.name) == ["private:markers"])
        #expect(try nights.index.currentName() == nil)
    }

    @Test func `an address that a connector let through is not published`() throws {
        let nights = try Nights()
        _ = try Ingest(index: nights.index, vocabulary: SmallVocabulary.shared.get()).run(
            source: .brainstem, location: "t"
        ) {
            try $0(session("1", title: "write to somebody@example.org"))
            return nil
        }
        try nights.add("dandi", try nights.dump(1...3))
        #expect(try nights.run().failedGates.map(\.name) == ["private:addresses"])
    }

    @Test func `vectors are not lost for want of a model`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...3))
        nights.embedding = TextEmbedding(identity: "m", dimensions: 1) { $0.map { _ in [1] } }
        try nights.run()
        nights.embedding = nil
        #expect(try nights.run().failedGates.map(\.name) == ["vectors"])
        #expect(try nights.run(accept: ["vectors"]).outcome == .done)
    }

    @Test func `a disk without room is seen before anything is begun`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...3))
        let before = try nights.run().generation
        nights.configuration.reserveBytes = 1 << 60
        let report = try nights.run()
        #expect(report.exitCode == 6 && report.message.contains("nothing was begun"))
        #expect(try nights.index.currentName() == before && nights.index.generationNames() == [before])
    }

    @Test func `an interrupted night changes nothing`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...3))
        let before = try nights.run().generation
        #expect(try nights.run(cancelled: { true }).exitCode == 130)
        #expect(try nights.index.currentName() == before && nights.index.generationNames() == [before])
        let lock = try nights.index.lock()
        #expect(throws: StoreError.self) { try nights.run() }
        withExtendedLifetime(lock) {}
    }

    @Test func `a night builds after the newest whole generation`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...3))
        let first = try nights.run().generation ?? ""
        let second = try nights.run().generation ?? ""
        let path = "\(nights.index.path)/generations/\(second)/records.sqlite"
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count - 10] ^= 1
        try bytes.write(to: URL(filePath: path))
        let report = try nights.run()
        #expect(report.previous == first && report.notes.contains { $0.contains("damaged") })
        #expect(try nights.index.current().verify() == [])
    }

    @Test func `a run that was killed is told as interrupted`() throws {
        let nights = try Nights()
        try nights.add("dandi", try nights.dump(1...3))
        try nights.run()
        try RunState(outcome: .running, started: 1).write(to: nights.index)
        #expect(RunState.last(of: nights.index)?.outcome == .interrupted)
        let lock = try nights.index.lock()
        #expect(RunState.last(of: nights.index)?.outcome == .running)
        withExtendedLifetime(lock) {}
    }

    @Test func `the page is plain text whatever a source writes`() {
        var report = NightReport(started: Timestamp(secondsSince1970: 0))
        report.message = "<script>alert(1)</script> | [x](y)"
        #expect(!report.page.contains("<script>") && !report.page.contains("[x](y)"))
    }
}
