import Foundation
import Records
import Store
import TestSupport
import Testing

@testable import Indexing

/// ReindexRuns on a disk that fails at a write: harvest, raw answers, vectors, records, facets, manifest, pointer,
/// report.  With one source the whole run is done by one thread, which is the one whose writes fail.
struct ReindexFaultTests {
    /// Fails at write after write, `step` apart, until a run makes none of them fail.
    private func exhaust(_ runs: ReindexRuns, _ fault: DiskFault, step: Int, change: (Int) throws -> Int) throws {
        var number = 1
        var failures = 0
        while true {
            let before = try runs.index.currentName()
            let held = try runs.ids().count
            let wanted = try change(number)
            let broken = DiskFault.inject(fault, at: number) { try runs.run() }
            let live = try runs.index.current()
            #expect(try live.verify() == [], "write \(number)")
            #expect(try runs.ids().count == (live.manifest.generation == before ? held : wanted), "write \(number)")
            if case .success(let report) = broken.result {
                if report.outcome != .done { failures += 1 }
                let isPublished = live.manifest.generation != before
                #expect(report.outcome != .done || isPublished, "write \(number): \(report.message)")
            } else {
                failures += 1
            }
            if broken.writes < number { break }
            number += step
        }
        #expect(failures > 10)
        let wanted = try change(0)
        let next = try runs.run()
        #expect(next.outcome == .done, "\(next.message)")
        #expect(try runs.ids().count == wanted)
        #expect(runs.index.generationNames().count <= 3)
        #expect(runs.unfinished == [])
    }

    @Test(arguments: DiskFault.allCases, [20, 1000])
    func `whichever write of a run fails, the live generation is whole and the next run succeeds`(
        fault: DiskFault, listsFrom: Int
    ) throws {
        let runs = try ReindexRuns()
        runs.threads = 1
        runs.embedding = TextEmbedding(identity: "m", dimensions: 2) { $0.map { [Float($0.utf8.count), 1] } }
        runs.embedding?.listsFrom = listsFrom
        try runs.add("dandi", try runs.dump(1...20))
        #expect(try runs.run().outcome == .done)
        try exhaust(runs, fault, step: 5) { number in
            _ = try runs.dump(1...(20 + number % 3), title: { "Invented \($0) at \(number)" })
            return 20 + number % 3
        }
    }

    @Test(arguments: DiskFault.allCases)
    func `raw answers that cannot be kept cost no record`(fault: DiskFault) throws {
        let portal = try Portals()
        let runs = try ReindexRuns([(name: "dandi", location: portal.base + "/dandi")])
        let counted = DiskFault.inject(nil, at: 0) { try runs.run() }
        #expect(try counted.result.get().outcome == .done)
        let ids = try runs.ids()
        for number in stride(from: 1, through: counted.writes, by: max(1, counted.writes / 12)) {
            _ = DiskFault.inject(fault, at: number) { try runs.run() }
            #expect(try runs.ids() == ids, "write \(number)")
        }
        #expect(try runs.run().outcome == .done)
        #expect(try runs.ids() == ids)
    }

    @Test(arguments: [8, 1000])
    func `one flipped byte in any file, vectors too, is found, and the generation before is served`(
        listsFrom: Int
    ) throws {
        let runs = try ReindexRuns()
        runs.embedding = TextEmbedding(identity: "m", dimensions: 2) { $0.map { [Float($0.utf8.count), 1] } }
        runs.embedding?.listsFrom = listsFrom
        try runs.add("dandi", try runs.dump(1...8))
        let before = try runs.run().generation
        _ = try runs.dump(1...9)
        let name = try #require(try runs.run().generation)
        let folder = "\(runs.index.path)/generations/\(name)"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(
            files == [
                "facets.bin", "manifest.json", "manifest.sha256", "records.sqlite", "text.postings", "vectors.bin",
            ] + (listsFrom < 1000 ? ["vectors.ivf"] : []))
        for file in files {
            let url = URL(fileURLWithPath: "\(folder)/\(file)")
            let bytes = try Data(contentsOf: url)
            for place in Set((0...7).map { min($0 * bytes.count / 7, bytes.count - 1) }).sorted() {
                var damaged = bytes
                damaged[place] ^= 1 << UInt8(place % 8)
                try damaged.write(to: url)
                let found: [String]
                do throws(StoreError) { found = try runs.index.current().verify() } catch { found = [error.detail] }
                #expect(!found.isEmpty, "\(file) byte \(place)")
                for isThorough in [false, true] {
                    let (generation, problems) = try runs.index.whole(isThorough: isThorough)
                    #expect(generation.manifest.generation == before && !problems.isEmpty, "\(file) byte \(place)")
                }
            }
            try bytes.write(to: url)
        }
        #expect(try runs.index.whole().problems == [])
    }
}
