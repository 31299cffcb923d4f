import Connectors
import Foundation
import Records
import TestSupport
import Testing

/// Nothing private leaves a connector, wherever it stands.
@Suite(.enabled(if: shared != nil, "the stand-in portals of ../shared are not there"))
struct PrivacyTests {
    @Test(arguments: ["", "hostile", "revoked", "shrink"])
    func `a portal's private things stay private`(fault: String) throws {
        let portal = try fault.isEmpty ? Portals() : Portals("--fault", fault)
        for (name, path) in [("brainstem", "/brainstem"), ("dandi", "/dandi"), ("ebrains", "/kg")] {
            try expectNothingPrivate(in: Harvested(name, portal.base + path))
        }
    }

    @Test func `a folder's private rows stay private`() throws {
        try expectNothingPrivate(
            in: Harvested("brainstem", #require(shared).appending(path: "data/portal/brainstem").path))
    }

    @Test func `a dump of DANDI gives no address away`() throws {
        let file = try #require(shared).appending(path: "data/dandi/dandisets.jsonl")
        let harvested = try Harvested("dandi", file.path)
        #expect(harvested.report.total == 401)
        #expect(harvested.report.isComplete)
        try expectNothingPrivate(in: harvested)
    }

    @Test func `only public paths are asked for, and no users`() throws {
        let portal = try Portals()
        _ = try Harvested("brainstem", portal.base + "/brainstem")
        let asked = try portal.requests
        #expect(!asked.contains("/private/") && !asked.contains("/users/"))
        #expect(!asked.contains("\"auth\": true"))
        #expect(asked.contains("\"gzip\": true") && asked.contains("\"agent\": \"discover/"))
    }

    private func expectNothingPrivate(in harvested: Harvested) throws {
        let checks = try Checks()
        let text = try harvested.text
        #expect(try harvested.idWords.isDisjoint(with: (checks.privateIDs + checks.danglingIDs).map { $0[...] }))
        for marker in checks.privateMarkers { #expect(!text.contains(marker)) }
        #expect(!text.contains("@") && !text.contains("operator1"))
        let report = String(decoding: try JSONEncoder().encode(harvested.report), as: UTF8.self)
        for marker in checks.privateMarkers { #expect(!report.contains(marker)) }
        #expect(!report.contains("@"))
    }
}
