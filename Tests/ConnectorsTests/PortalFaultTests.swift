import Connectors
import Foundation
import Records
import TestSupport
import Testing

/// What a harvest does when a portal misbehaves; the stand-in portals do so on request.
@Suite(.enabled(if: shared != nil, "the stand-in portals of ../shared are not there"))
struct PortalFaultTests {
    private static let sessions = 200

    @Test(arguments: ["meta", "count", "next", "none"])
    func `every style of paging brings the whole of BrainSTEM`(style: String) throws {
        let portal = try Portals("--brainstem-paging", style)
        let harvested = try Harvested("brainstem", portal.base + "/brainstem")
        #expect(
            harvested.report.records == [
                "dataset": 14, "session": 200, "subject": 60, "cohort": 9, "collection": 16, "setup": 23,
                "protocol": 53,
            ])
        #expect(harvested.report.isComplete)
    }

    @Test func `a folder gives the same records as the portal`() throws {
        let portal = try Portals()
        let web = try Harvested("brainstem", portal.base + "/brainstem")
        let folder = try Harvested(
            "brainstem", #require(shared).appending(path: "data/portal/brainstem").path)
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
        #expect(harvested.report.records["session"] == Self.sessions)
        #expect(harvested.report.retries > 0)
        #expect(harvested.report.isComplete)
    }

    @Test func `a page that is always rubbish costs what cannot be read, and is reported`() throws {
        let portal = try Portals("--fault", "garbage")
        let harvested = try Harvested("brainstem", portal.base + "/brainstem")
        #expect(harvested.report.records["session"] == Self.sessions - 1)
        #expect(harvested.report.records["subject"] == 60)
        #expect(!harvested.report.isComplete)
        #expect(harvested.report.rejects.contains { $0.id.hasPrefix("session") && $0.reason.contains("no JSON") })
        #expect(harvested.report.incomplete.contains { $0.hasPrefix("session") })
    }

    @Test func `a portal that fails now and then is read to the end`() throws {
        let portal = try Portals("--fault", "flaky")
        let harvested = try Harvested("brainstem", portal.base + "/brainstem")
        #expect(harvested.report.records["session"] == Self.sessions)
        #expect(harvested.report.isComplete)
    }

    @Test func `a request that is never answered is given up and asked again`() throws {
        let portal = try Portals("--fault", "hang", "--hang-s", "30")
        var limits = HarvestLimits.forTests
        limits.answerSeconds = 0.5
        let harvested = try Harvested("brainstem", portal.base + "/brainstem", limits)
        #expect(harvested.report.records["session"] == Self.sessions)
        #expect(harvested.report.isComplete)
    }

    @Test func `a portal that never answers is left with a word about it`() throws {
        let portal = try Portals("--fault", "slow", "--slow-s", "30")
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
        #expect(harvested.report.records["session"] == Self.sessions)
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
        #expect(harvested.report.records["session"] == Self.sessions - 1)
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
        let checks = try Checks()
        #expect(harvested.report.records["dataset"] == 13)
        #expect(try !harvested.idWords.contains(checks.revokedProject[...]))
        let shrunk = try Portals("--fault", "shrink")
        let half = try Harvested("brainstem", shrunk.base + "/brainstem")
        #expect(try #require(half.report.records["session"]) < Self.sessions)
    }

    @Test(arguments: [("brainstem", "brainstem"), ("dandi", "dandi"), ("ebrains", "kg"), ("alyx", "alyx")])
    func `hostile values are rejected or made harmless, and the rest is read`(source: String, path: String) throws {
        let portal = try Portals("--fault", "hostile")
        let harvested = try Harvested(source, "\(portal.base)/\(path)")
        let usual = try Portals()
        let all = try withExtendedLifetime(usual) {
            // BrainSTEM and Alyx are read from their dumps, which are the same and need no requests.
            let dump = try #require(shared).appending(path: "data/portal/\(path)").path
            let isDumped = ["brainstem", "alyx"].contains(path)
            return try Set(Harvested(source, isDumped ? dump : "\(usual.base)/\(path)").records.map(\.id))
        }
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
        let portal = try Portals("--fault", fault)
        let harvested = try Harvested("dandi", portal.base + "/dandi")
        #expect(harvested.records.count == 6)
        #expect(harvested.report.isComplete)
    }

    @Test func `a page of DANDI's list that cannot be read costs what is on it`() throws {
        let portal = try Portals("--fault", "garbage", data: "data")
        let harvested = try Harvested("dandi", portal.base + "/dandi")
        #expect(harvested.records.count == 406)
        #expect(!harvested.report.isComplete)
        #expect(harvested.report.incomplete.contains { $0.hasPrefix("list of dandisets") })
    }

    @Test(arguments: ["flaky", "truncate", "garbage"])
    func `the Knowledge Graph and Alyx survive`(fault: String) throws {
        let portal = try Portals("--fault", fault)
        for (name, path, count) in [("ebrains", "kg", 60), ("alyx", "alyx", 599)] {
            let harvested = try Harvested(name, "\(portal.base)/\(path)")
            #expect(harvested.records.count >= count - 2)
            #expect(harvested.report.isComplete == (fault != "garbage"))
        }
    }

    @Test func `the embargoed dandisets of an archive are listed as such`() throws {
        let portal = try Portals()
        let harvested = try Harvested("dandi", portal.base + "/dandi")
        let embargoed = harvested.records.filter { $0.access == .embargoed }.map(\.id.native).sorted()
        #expect(embargoed == ["900001", "900002", "900003", "900005"])
        #expect(harvested["dandi:dataset:900001"]?.embargoedUntil == CalendarDay.number(iso: "2027-03-01"))
        #expect(harvested["dandi:dataset:900004"] == nil)
        #expect(harvested["dandi:dataset:900010"]?.access == .open)
    }
}

/// `checks.json` of the stand-in's data: what must never be harvested.
struct Checks: Decodable {
    let privateIDs: [String]
    let danglingIDs: [String]
    let privateMarkers: [String]
    let revokedProject: String

    private enum CodingKeys: String, CodingKey {
        case privateIDs = "private_ids"
        case danglingIDs = "dangling_ids"
        case privateMarkers = "private_markers"
        case revokedProject = "revoked_project"
    }

    init() throws {
        let file = try #require(shared).appending(path: "data/portal/checks.json")
        self = try JSONDecoder().decode(Checks.self, from: Data(contentsOf: file))
    }
}
