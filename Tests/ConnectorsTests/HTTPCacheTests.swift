import Foundation
import JSON
import Records
import TestSupport
import Testing

@testable import Connectors

/// Answers kept between runs.
struct HTTPCacheTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "discover-\(UUID())/deep/down")

    private var limits: HarvestLimits {
        var limits = HarvestLimits.forTests
        limits.cacheFolder = folder.path
        return limits
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func `a second run asks only for what has changed, and gives the same records`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let portal = try Portals()
        let first = try Harvested("brainstem", portal.base + "/brainstem", limits)
        let second = try Harvested("brainstem", portal.base + "/brainstem", limits)
        #expect(first.report.unchanged == 0)
        #expect(second.report.unchanged == second.report.requests && second.report.bytes == 0)
        #expect(first.records == second.records)
    }

    @Test func `nothing of people is kept`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let portal = try Portals("--fault", "hostile")
        for (name, path) in [("brainstem", "brainstem"), ("dandi", "dandi"), ("ebrains", "kg")] {
            _ = try Harvested(name, "\(portal.base)/\(path)", limits)
        }
        for file in try files() {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            #expect(!EmailAddresses.occur(in: text), "\(file)")
            #expect(!text.contains("operator1") && !text.contains("\"users\""))
        }
    }

    @Test func `what the portal no longer shows leaves the cache`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let portal = try Portals()
        _ = try Harvested("dandi", portal.base + "/dandi", limits)
        let before = try files().count
        _ = try Harvested("brainstem", portal.base + "/brainstem", limits)
        // A complete run of another source in the same folder leaves only its own answers.
        #expect(try files().count != before)
        for file in try files() {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            #expect(text.contains("/brainstem/"))
        }
    }

    @Test func `a spoilt file of the cache is asked for anew`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let portal = try Portals()
        let first = try Harvested("dandi", portal.base + "/dandi", limits)
        for file in try files() {
            try "half a fi".write(to: folder.appending(path: file), atomically: true, encoding: .utf8)
        }
        let second = try Harvested("dandi", portal.base + "/dandi", limits)
        #expect(second.report.unchanged == 0 && first.records == second.records)
    }

    @Test func `JSON that is written is read back`() throws {
        let value = try JSONReader.value(#"{"b": [1, 2.5, -3e20, null, true], "a": "q\"\\\n\u0001é😀"}"#.utf8)
        #expect(try JSONReader.value(value.json) == value)
    }
}
