import Foundation
import Search
import Serving
import Store
import TestSupport
import Testing

struct CachingTests {
    let server: TestServer

    init() throws { server = try TestServer.shared.get() }

    @Test(arguments: ["/v1/search?q=sleep", "/v1/plan?q=sleep", "/v1/records/dandi:dataset:000900", "/v1/facets"])
    func `a matching tag gets 304 without a body`(target: String) throws {
        let tag = try #require(try server.send("GET", target)["etag"])
        for field in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            let answer = try server.send("GET", target, headers: ["If-None-Match": field])
            #expect(answer.status == 304 && answer.body.isEmpty)
            #expect(answer["etag"] == tag)
            #expect(answer["content-length"] == nil || answer["content-length"] != "0")
        }
        #expect(try server.send("GET", target, headers: ["If-None-Match": "\"other\""]).status == 200)
    }

    @Test func `a matching tag costs no work`() throws {
        let target = "/v1/search?q=\("rats in the thalamus".encoded)"
        let tag = try #require(try server.send("GET", target)["etag"])
        let raw = RawRequest(target: target, headers: Headers(ifNoneMatch: tag))
        guard case .answer(let reply) = server.service.receive(raw, client: []) else {
            Issue.record("a 304 waits for no worker")
            return
        }
        #expect(reply.status == 304)
    }

    @Test func `a run that found nothing changed renews what answers tell of their sources`() throws {
        let own = try TestServer()
        let target = "/v1/search?q=sleep"
        let tag = try #require(try own.send("GET", target)["etag"])
        let live = try own.folder.index.current()
        let states = live.manifest.sources.map { state in
            var state = state
            state.harvested = "2101-01-01T00:00:00Z"
            return state
        }
        let lock = try own.folder.index.lock()
        try HarvestTimes(generation: live.manifest.generation, states: states).write(to: own.folder.index, lock: lock)
        withExtendedLifetime(lock) {}
        let after = try own.send("GET", target, headers: ["If-None-Match": tag])
        #expect(after.status == 200 && after["etag"] != tag)
        #expect(String(decoding: after.body, as: UTF8.self).contains("2101-01-01T00:00:00Z"))
    }

    @Test func `the same request written otherwise has the same tag, another request another`() throws {
        func tag(_ target: String) throws -> String? { try server.send("GET", target)["etag"] }
        let first = try tag("/v1/search?q=sleep&limit=5&filter=species=mouse")
        #expect(try tag("/v1/search?limit=5&filter=species%3Dmouse&q=%73leep") == first)
        #expect(try tag("/v1/search?q=sleep&limit=5&filter=species=mouse&mode=hybrid&type=") == first)
        #expect(try tag("/v1/search?q=sleep&limit=6&filter=species=mouse") != first)
        #expect(try tag("/v1/search?q=sleep&limit=5&not=species=mouse") != first)
        #expect(try tag("/v1/search?q=sleep&limit=5") != first)
    }

    @Test func `gzip is another coding with another tag and the same content`() throws {
        let plain = try server.send("GET", "/openapi.json")
        let packed = try server.send("GET", "/openapi.json", headers: ["Accept-Encoding": "br, gzip;q=0.8"])
        #expect(packed["content-encoding"] == "gzip")
        #expect(packed["vary"]?.contains("Accept-Encoding") == true)
        #expect(packed["etag"] != plain["etag"])
        #expect(packed.body.count < plain.body.count / 2)
        #expect(try Gzip.unpacked(packed.body) == plain.body)
        let tag = try #require(packed["etag"])
        #expect(try server.send("GET", "/openapi.json", headers: ["If-None-Match": tag]).status == 304)
    }

    @Test(arguments: ["gzip;q=0", "identity", "br", "*;q=0"])
    func `who does not take gzip gets none`(field: String) throws {
        let answer = try server.send("GET", "/openapi.json", headers: ["Accept-Encoding": field])
        #expect(answer["content-encoding"] == nil)
    }
}

/// `gzip -d`, a reader that is not ours.
enum Gzip {
    static func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/body.gz"))
        let process = Foundation.Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-d", folder.path + "/body.gz"]
        try process.run()
        process.waitUntilExit()
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + "/body")))
    }
}
