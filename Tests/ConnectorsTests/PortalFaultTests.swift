import Connectors
import Foundation
import Records
import TestSupport
import Testing

/// What a harvest does when a portal misbehaves; the stand-in portals do so on request.
struct PortalFaultTests {
    private let checks: PortalChecks
    private let sessions: Int

    init() throws {
        checks = try Portals.checks("brainstem")
        sessions = try #require(checks.records["session"])
        // Faults of the last page say little where it is the first.
        #expect(sessions > 100)
    }

    @Test(arguments: ["meta", "count", "next", "none"])
    func `every style of paging brings the whole of BrainSTEM`(style: String) throws {
        let portal = try Portals("--brainstem-paging", style)
        let harvested = try Harvested("brainstem", portal.base + "/brainstem")
        #expect(harvested.report.records == checks.records)
        #expect(harvested.report.isComplete)
    }

    @Test func `a folder gives the same records as the portal`() throws {
        let portal = try Portals()
        let web = try Harvested("brainstem", portal.base + "/brainstem")
        let folder = try Harvested("brainstem", Portals.folder("brainstem"))
        #expect(web.records.map(\.id).sorted() == folder.records.map(\.id).sorted())
        for record in folder.records {
            var twin = try #require(web[record.id.description])
            twin.url = nil
            #expect(twin == record)
        }
    }

    @Test func `a cut page is asked for again`() throws {
        let portal = try Portals("--fault", "truncate")
        let harvested = try Harvested("brainstem", portal.base + "/brainstem")
        #expect(harvested.report.records["session"] == sessions)
        #expect(harvested.report.retries > 0)
        #expect(harvested.report.isComplete)
    }

    @Test func `a page that is always rubbish costs what cannot be read, and is reported`() throws {
        let portal = try Portals("--fault", "garbage")
        let harvested = try Harvested("brainstem", portal.base + "/brainstem")
        #expect(harvested.report.records["session"] == sessions - 1)
        #expect(harvested.report.records["subject"] == checks.records["subject"])
        #expect(!harvested.report.isComplete)
        #expect(harvested.report.rejects.contains { $0.id.hasPrefix("session") && $0.reason.contains("no JSON") })
        #expect(harvested.report.incomplete.contains { $0.hasPrefix("session") })
    }

    @Test func `a portal that fails now and then is read to the end`() throws {
        let portal = try Portals("--fault", "flaky")
        let harvested = try Harvested("brainstem", portal.base + "/brainstem")
        #expect(harvested.report.records["session"] == sessions)
        #expect(harvested.report.isComplete)
    }

    @Test func `a request that is never answered is given up and asked again`() throws {
        let portal = try Portals("--fault", "hang", "--hang-seconds", "30")
        var limits = HarvestLimits.forTests
        limits.answerSeconds = 0.5
        let harvested = try Harvested("brainstem", portal.base + "/brainstem", limits)
        #expect(harvested.report.records["session"] == sessions)
        #expect(harvested.report.isComplete)
    }

    @Test func `a portal that never answers is left with a word about it`() throws {
        let portal = try Portals("--fault", "slow", "--slow-seconds", "30")
        var limits = HarvestLimits.forTests
        limits.retries = 1
        #expect { try Harvested("brainstem", portal.base + "/brainstem", limits) } throws: { error in
            (error as? ConnectorError)?.kind == .unavailable
        }
    }

    @Test func `a limit on the rate is kept to`() throws {
        let portal = try Portals("--fault", "ratelimit", "--rate", "20")
        var limits = HarvestLimits.forTests
        limits.requestsPerSecond = 40
        let harvested = try Harvested("brainstem", portal.base + "/brainstem", limits)
        #expect(harvested.report.records["session"] == sessions)
        #expect(harvested.report.isComplete)
    }

    @Test func `a redirect to another host is not followed`() throws {
        let portal = try Portals("--fault", "redirect")
        #expect { try Harvested("brainstem", portal.base + "/brainstem") } throws: { error in
            (error as? ConnectorError)?.kind == .unusableLocation && "\(error)".contains("another host")
        }
        #expect(try !portal.requests.contains("\"followed_redirect\": true"))
    }

    @Test func `an answer over the limit costs one record`() throws {
        let portal = try Portals("--fault", "huge")
        var limits = HarvestLimits.forTests
        limits.maximumAnswerBytes = 1 << 20
        let harvested = try Harvested("brainstem", portal.base + "/brainstem", limits)
        #expect(harvested.report.records["session"] == sessions - 1)
        #expect(!harvested.report.isComplete)
    }

    @Test func `a text over the limit is cut, and the record kept`() throws {
        let portal = try Portals("--fault", "huge")
        for (name, path) in [("brainstem", "/brainstem"), ("dandi", "/dandi")] {
            let harvested = try Harvested(name, portal.base + path)
            #expect(harvested.report.isComplete)
            #expect(harvested.report.rejectedFields > 0)
            #expect(harvested.records.allSatisfy { $0.description.utf8.count <= 100_000 })
        }
    }

    @Test func `empty lists give no records and no error`() throws {
        let portal = try Portals("--fault", "empty")
        for (name, path) in [("brainstem", "/brainstem"), ("dandi", "/dandi")] {
            let harvested = try Harvested(name, portal.base + path)
            #expect(harvested.records.isEmpty)
            #expect(harvested.report.isComplete)
        }
    }

    @Test func `what a portal no longer shows is no longer harvested`() throws {
        let revoked = try Portals("--fault", "revoked")
        let harvested = try Harvested("brainstem", revoked.base + "/brainstem")
        let revokedProject = try #require(checks.revokedProject)
        #expect(harvested.report.records["dataset"] == checks.records["dataset"].map { $0 - 1 })
        #expect(try !harvested.idWords.contains(revokedProject[...]))
        let shrunk = try Portals("--fault", "shrink")
        let half = try Harvested("brainstem", shrunk.base + "/brainstem")
        #expect(try #require(half.report.records["session"]) < sessions)
    }

    @Test(arguments: [
        ("brainstem", "brainstem"), ("dandi", "dandi"), ("ebrains", "kg"), ("openneuro", "openneuro"),
    ])
    func `rows that move between pages are not lost`(source: String, path: String) throws {
        let portal = try Portals("--fault", "shift")
        let harvested = try Harvested(source, "\(portal.base)/\(path)")
        #expect(try harvested.report.records == Portals.checks(path).records)
        #expect(harvested.report.isComplete && harvested.report.retries > 0)
    }

    @Test func `a dataset that OpenNeuro cannot show is named, and the others are read`() throws {
        let portal = try Portals("--fault", "partial")
        let harvested = try Harvested("openneuro", portal.base + "/openneuro")
        let broken = try Portals.documents("openneuro").enumerated().filter { $0.offset % 7 == 3 }
            .compactMap { $0.element["id"] as? String }
        #expect(broken.count > 5)
        #expect(harvested.records.count + broken.count == (try Portals.checks("openneuro").total))
        #expect(Set(harvested.report.rejects.map(\.id)) == Set(broken.map { "dataset \($0)" }))
        #expect(harvested.report.incomplete.count == broken.count)
        #expect(Set(harvested.records.map(\.id.native)).isDisjoint(with: broken))
    }

    @Test(arguments: [
        ("brainstem", "brainstem"), ("dandi", "dandi"), ("ebrains", "kg"), ("alyx", "alyx"), ("openneuro", "openneuro"),
    ])
    func `hostile values are rejected or made harmless, and the rest is read`(source: String, path: String) throws {
        let portal = try Portals("--fault", "hostile")
        let harvested = try Harvested(source, "\(portal.base)/\(path)")
        let usual = try Portals()
        let all = try withExtendedLifetime(usual) {
            // BrainSTEM and Alyx are read from their dumps, which are the same and need no requests.
            let isDumped = ["brainstem", "alyx"].contains(path)
            let location = try isDumped ? Portals.folder(path) : "\(usual.base)/\(path)"
            return try Set(Harvested(source, location).records.map(\.id))
        }
        #expect(try all.count == Portals.checks(path).total)
        #expect(all.isSubset(of: Set(harvested.records.map(\.id))))
        #expect(harvested.report.rejectedRecords > 0)
        let text = try harvested.text
        #expect(!text.contains("@"))
        #expect(!text.contains("<script") && !text.contains("onerror=") && !text.contains("\\u0000"))
        for record in harvested.records {
            #expect(record.statements.allSatisfy { ($0.part ?? 0) < max(1, record.parts.count) })
            #expect(record.title.utf8.count <= 2_000)
        }
    }

    @Test(arguments: ["truncate", "flaky", "ratelimit"])
    func `passing faults of DANDI cost no record`(fault: String) throws {
        let portal = try Portals("--fault", fault, "--rate", "40")
        let harvested = try Harvested("dandi", portal.base + "/dandi")
        #expect(harvested.report.retries > 0)
        #expect(try harvested.records.count == Portals.checks("dandi").total)
        #expect(harvested.report.isComplete)
    }

    @Test func `a page of DANDI's list that cannot be read costs what is on it`() throws {
        let portal = try Portals("--fault", "garbage")
        let harvested = try Harvested("dandi", portal.base + "/dandi")
        #expect(try harvested.records.count == Portals.checks("dandi").total - 1)
        #expect(!harvested.report.isComplete)
        #expect(harvested.report.incomplete.contains { $0.hasPrefix("list of dandisets") })
    }

    @Test(arguments: ["flaky", "truncate", "garbage"])
    func `the other portals survive`(fault: String) throws {
        let portal = try Portals("--fault", fault)
        for (name, path) in [("ebrains", "kg"), ("alyx", "alyx"), ("openneuro", "openneuro")] {
            let harvested = try Harvested(name, "\(portal.base)/\(path)")
            let lost = try Portals.checks(path).total - harvested.records.count
            #expect(fault == "garbage" ? (1...2).contains(lost) : lost == 0, "\(name)")
            #expect(harvested.report.isComplete == (fault != "garbage"))
        }
    }

    @Test func `the embargoed dandisets of an archive that shows them are listed as such`() throws {
        let portal = try Portals("--open-embargo")
        let harvested = try Harvested("dandi", portal.base + "/dandi")
        let checks = try Portals.checks("dandi")
        let expected = try #require(checks.embargoed)
        #expect(expected.count > 3 && expected.values.contains(nil) && !expected.values.allSatisfy { $0 == nil })
        for record in harvested.records {
            let until = expected[record.id.native]
            #expect(record.access == (until == nil ? .open : .embargoed))
            #expect(record.embargoedUntil == (until ?? nil).flatMap { CalendarDay.number(iso: $0) })
        }
        #expect(harvested.records.count == checks.total + expected.count)
        for hidden in try #require(checks.hiddenIDs) { #expect(harvested["dandi:dataset:\(hidden)"] == nil) }
    }

    @Test func `an archive that shows its embargoed dandisets to their owners only is read to the end`() throws {
        let portal = try Portals()
        let harvested = try Harvested("dandi", portal.base + "/dandi")
        #expect(try harvested.records.count == Portals.checks("dandi").total)
        #expect(harvested.records.allSatisfy { $0.access == .open })
        #expect(harvested.report.isComplete)
    }
}
