import Connectors
import Foundation
import Records
import TestSupport
import Testing

/// Nothing private leaves a connector, wherever it stands.
struct PrivacyTests {
    @Test(arguments: ["", "hostile", "revoked", "shrink"])
    func `a portal's private things stay private`(fault: String) throws {
        let portal = try fault.isEmpty ? Portals("--open-embargo") : Portals("--open-embargo", "--fault", fault)
        for (name, path) in [
            ("brainstem", "brainstem"), ("dandi", "dandi"), ("ebrains", "kg"), ("alyx", "alyx"),
            ("openneuro", "openneuro"),
        ] {
            try expectNothingPrivate(in: Harvested(name, "\(portal.base)/\(path)"), of: path)
        }
    }

    @Test func `a folder's private rows stay private`() throws {
        try expectNothingPrivate(in: Harvested("brainstem", Portals.folder("brainstem")), of: "brainstem")
    }

    @Test func `a dump of DANDI gives no address away`() throws {
        let harvested = try Harvested("dandi", Portals.folder("dandi") + "/dandisets.jsonl")
        #expect(try harvested.report.total == Portals.checks("dandi").dumped)
        #expect(harvested.report.isComplete)
        try expectNothingPrivate(in: harvested, of: "dandi")
    }

    @Test func `only public paths are asked for, and no users`() throws {
        let portal = try Portals()
        _ = try Harvested("brainstem", portal.base + "/brainstem")
        let asked = try portal.requests
        #expect(!asked.contains("/private/") && !asked.contains("/users/"))
        #expect(!asked.contains("\"auth\": true"))
        #expect(asked.contains("\"gzip\": true") && asked.contains("\"agent\": \"discover/"))
    }

    @Test func `nothing is asked for that a portal does not know`() throws {
        let portal = try Portals()
        for (name, path) in [
            ("brainstem", "brainstem"), ("dandi", "dandi"), ("ebrains", "kg"), ("alyx", "alyx"),
            ("openneuro", "openneuro"),
        ] {
            #expect(try Harvested(name, "\(portal.base)/\(path)").report.total == Portals.checks(path).total)
        }
        // The stand-ins answer 400 to a parameter that the real ones would pass over, and to a failure of their own.
        let asked = try portal.requests
        #expect(asked.contains("\"status\": 200") && !asked.contains("\"status\": 400"))
    }

    private func expectNothingPrivate(in harvested: Harvested, of portal: String) throws {
        let checks = try Portals.checks(portal)
        let text = try harvested.text
        #expect(!harvested.records.isEmpty)
        let ids = [checks.privateIDs, checks.danglingIDs, checks.hiddenIDs].compactMap(\.self).joined()
        #expect(try harvested.idWords.isDisjoint(with: ids.map { $0[...] }))
        let markers = checks.privateMarkers ?? []
        for marker in markers { #expect(!text.contains(marker)) }
        #expect(!text.contains("@") && !text.contains("operator1"))
        let report = String(decoding: try JSONEncoder().encode(harvested.report), as: UTF8.self)
        for marker in markers { #expect(!report.contains(marker)) }
        #expect(!report.contains("@"))
    }
}
