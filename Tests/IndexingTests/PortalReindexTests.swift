import Connectors
import Foundation
import Records
import Store
import TestSupport
import Testing

@testable import Indexing

/// ReindexRuns with portals that misbehave: the stand-ins, over real HTTP.
struct PortalReindexTests {
    private static let all = [("brainstem", "brainstem"), ("ebrains", "kg"), ("dandi", "dandi")]

    private func runs(_ portal: Portals, _ sources: [(String, String)] = [("brainstem", "brainstem")]) throws
        -> ReindexRuns
    {
        try ReindexRuns(sources.map { (name: $0.0, location: "\(portal.base)/\($0.1)") })
    }

    @Test func `all sources are read at the same time, and asked only for what changed the next run`() throws {
        let portal = try Portals("--open-embargo")
        let runs = try runs(portal, Self.all)
        let first = try runs.run()
        #expect(first.outcome == .done, "\(first.message) \(first.gates)")
        #expect(first.sources.map(\.name) == ["brainstem", "ebrains", "dandi"])
        let second = try runs.run()
        #expect(second.outcome == .done && second.isUnchanged)
        for source in second.sources {
            let harvest = try #require(source.harvest)
            // A posted question has no conditions: EBRAINS' lists, one of which has two pages, are asked for again.
            let posted = source.name == "ebrains" ? 7 : 0
            #expect(harvest.requests - harvest.unchanged == posted, "\(source.name)")
            #expect(posted > 0 || harvest.bytes == 0, "\(source.name)")
        }
    }

    @Test(arguments: [
        ("flaky", 0), ("truncate", 0), ("huge", 0), ("hang", 0), ("ratelimit", 0), ("garbage", 5), ("hostile", 5),
        ("redirect", 5),
    ])
    func `whatever a portal does, nothing is lost that it still has`(fault: String, code: Int) throws {
        let portal = try Portals("--rate", "50", "--hang-seconds", "20")
        let runs = try runs(portal)
        for number in runs.configuration.sources.indices {
            runs.configuration.sources[number].limits.answerSeconds = 1
        }
        let before = try runs.run()
        #expect(before.outcome == .done, "\(before.message)")
        let ids = try runs.ids()
        try portal.set(fault: fault)
        let report = try runs.run()
        #expect(report.exitCode == code, "\(report.message)")
        #expect(try ids.isSubset(of: runs.ids()))
        let problems = try runs.index.current().verify()
        #expect(problems == [])
        #expect(try runs.files(holding: ["@example.org"]) == [])
        try portal.set(fault: "")
        #expect(try runs.run().outcome == .done)
        #expect(try runs.ids() == ids)
    }

    @Test(arguments: ["empty", "shrink"])
    func `a portal that loses its records is not believed`(fault: String) throws {
        let portal = try Portals()
        let runs = try runs(portal, Self.all)
        let before = try runs.run().generation
        try portal.set(fault: fault)
        let held = try runs.run()
        #expect(held.outcome == .held && held.failedGates.contains { $0.name == "shrink:brainstem" })
        #expect(try runs.index.currentName() == before)
        try portal.set(fault: "")
        #expect(try runs.run().outcome == .done)
    }

    /// Ids and titles of a project and of all that is in it and in no other.
    private func secrets(of project: String, in runs: ReindexRuns) throws -> (natives: Set<String>, titles: Set<String>)
    {
        let generation = try runs.index.current()
        let members = try Family.members(of: ["brainstem:dataset:\(project)"], in: generation)
        var titles: Set<String> = []
        let rows = try members.compactMap { try generation.row(of: #require(RecordID($0))) }
        for stored in try generation.records(rows: rows) where stored.record.title.count > 12 {
            titles.insert(stored.record.title)
        }
        return (Set(members.compactMap { RecordID($0)?.native }), titles)
    }

    @Test(arguments: ["revoked", "shrink,revoked"])
    func `a project made private leaves at once with all that is in it, and from every file`(fault: String) throws {
        let portal = try Portals()
        let runs = try runs(portal)
        try runs.run()
        let project = try #require(try Portals.checks("brainstem").revokedProject)
        let secrets = try secrets(of: project, in: runs)
        #expect(secrets.natives.count > 5)
        let before = try runs.ids().count
        try portal.set(fault: fault)
        let report = try runs.run()
        #expect(report.outcome == (fault == "revoked" ? .done : .held), "\(report.message)")
        let holding = try runs.files(holding: secrets.natives)
        #expect(holding == [])
        #expect(try runs.files(holding: [project]) == [])
        #expect(try runs.ids().count == before - secrets.natives.count, "and nothing else left")
        let problems = try runs.index.current().verify()
        #expect(problems == [])
        #expect(try runs.files(holding: Set(#require(Portals.checks("brainstem").privateMarkers))) == [])
        // Titles of animals and sessions may be those of others, too; the project's own words may not.
        let others = try runs.index.current()
        let left = try others.records(rows: Array(0..<others.manifest.records)).map(\.record.title)
        #expect(try runs.files(holding: secrets.titles.subtracting(left)) == [])
    }

    @Test func `a project that is forgotten leaves no raw answer behind, and none comes back`() throws {
        let portal = try Portals()
        let runs = try runs(portal)
        try runs.run()
        let project = try #require(try Portals.checks("brainstem").revokedProject)
        let secrets = try secrets(of: project, in: runs)
        let report = try runs.forgetting().forget(RecordID(.brainstem, .dataset, project), extent: .children)
        #expect(report.records == secrets.natives.count && report.filesRemoved > 0)
        let holding = try runs.files(holding: secrets.natives)
        #expect(holding == [])
        let later = try runs.run()
        #expect(later.outcome == .done, "\(later.message)")
        let left = try runs.files(holding: secrets.natives)
        #expect(left == [])
        #expect(try runs.ids().isDisjoint(with: Set(secrets.natives.map { "brainstem:session:\($0)" })))
    }
}
