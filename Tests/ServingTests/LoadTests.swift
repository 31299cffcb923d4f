import Foundation
import Planner
import Records
import Search
@testable import Serving
import Store
import TestSupport
import Testing

/// Clients that ask too much, and indexes that change meanwhile.
struct LoadTests {
    @Test func `a client over its rate gets 429 and is told when to come back`() throws {
        let server = try TestServer(rate: (perSecond: 0.01, burst: 3))
        for left in [2, 1, 0] {
            let answer = try server.send("GET", "/v1/sources")
            #expect(answer.status == 200)
            #expect(answer["ratelimit-policy"] == "\"client\";q=3;w=300")
            #expect(answer["ratelimit"]?.hasPrefix("\"client\";r=\(left);t=") == true)
        }
        let answer = try server.send("GET", "/v1/sources")
        #expect(answer.status == 429)
        #expect(try answer.json()["code"] as? String == "rate_limited")
        #expect(answer["retry-after"].flatMap { Int($0) }.map { (1...100).contains($0) } == true)
        #expect(answer["ratelimit"]?.hasPrefix("\"client\";r=0;") == true)
        // Health is not counted.
        #expect(try server.send("GET", "/livez").status == 200)
    }

    @Test func `behind a proxy every client has a rate of its own`() throws {
        let server = try TestServer(rate: (perSecond: 0.01, burst: 1)) { $0.trustsForwarded = true }
        func status(_ forwarded: String) throws -> Int {
            try server.send("GET", "/v1/sources", headers: ["X-Forwarded-For": forwarded]).status
        }
        #expect(try status("192.0.2.1") == 200)
        #expect(try status("192.0.2.2") == 200)
        #expect(try status("192.0.2.1") == 429)
        // What the client itself put before the proxy's entry does not help it.
        #expect(try status("198.51.100.9, 192.0.2.1") == 429)
    }

    @Test func `without a proxy nobody can pretend to be another`() throws {
        let server = try TestServer(rate: (perSecond: 0.01, burst: 1))
        #expect(try server.send("GET", "/v1/sources", headers: ["X-Forwarded-For": "192.0.2.1"]).status == 200)
        #expect(try server.send("GET", "/v1/sources", headers: ["X-Forwarded-For": "192.0.2.2"]).status == 429)
    }

    @Test func `a bucket fills up again, and a flood of clients does not grow the table`() {
        let limiter = RateLimiter(rate: 10, burst: 2, mostClients: 8)
        let now = ContinuousClock.now
        #expect(limiter.take([1], at: now).isAllowed && limiter.take([1], at: now).isAllowed)
        #expect(!limiter.take([1], at: now).isAllowed)
        #expect(limiter.take([1], at: now + .milliseconds(101)).isAllowed)
        #expect(!limiter.take([1], at: now + .milliseconds(101)).isAllowed)
        for client in UInt8(0)...255 { _ = limiter.take([2, client], at: now + .seconds(1)) }
        // One subscriber has a whole network of IPv6.
        let network: [UInt8] = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 1]
        for host in UInt8(0)..<2 { #expect(limiter.take(network + [0, 0, 0, 0, 0, 0, 0, host], at: now).isAllowed) }
        #expect(!limiter.take(network + [0, 0, 0, 0, 0, 0, 0, 9], at: now).isAllowed)
    }

    @Test func `when the queue is full the rest gets 503, and what was taken is answered`() throws {
        let server = try TestServer {
            $0.workers = 1
            $0.queue = 1
        }
        let queue = server.server.queue
        // One job keeps the worker busy, one fills the queue.
        let release = DispatchSemaphore(value: 0)
        #expect(queue.push { _ in release.wait() })
        while queue.load.working == 0 { usleep(1_000) }
        #expect(queue.push { _ in })
        let refused = try server.send("GET", "/v1/coverage?rows=region&cols=device")
        #expect(refused.status == 503 && refused["retry-after"] == "1")
        #expect(try server.send("GET", "/livez").status == 200, "what costs nothing is answered still")
        release.signal()
        while queue.load != (0, 0) { usleep(1_000) }
        #expect(try server.send("GET", "/v1/coverage?rows=region&cols=device").status == 200)
    }

    @Test func `work that takes longer than the limit is stopped`() throws {
        let server = try TestServer(timeLimit: .nanoseconds(1))
        for target in ["/v1/search?q=sleep", "/v1/facets", "/v1/suggest?q=t", "/v1/similar/brainstem:session:hit"] {
            let raw = RawRequest(target: target)
            guard case .work(let work) = server.service.receive(raw, client: []) else {
                Issue.record("\(target) is work")
                continue
            }
            let reply = work(.zero)
            #expect(reply.status == 422 && reply.problem == .timeLimit, "\(target)")
        }
    }

    @Test func `a request that waited too long for a worker is not begun`() throws {
        let server = try TestServer.shared.get()
        guard case .work(let work) = server.service.receive(RawRequest(target: "/v1/facets"), client: []) else {
            Issue.record("facets are work")
            return
        }
        let reply = work(.seconds(3))
        #expect(reply.status == 503 && reply.problem == .busy)
        #expect(reply["Retry-After"] == "1")
    }

    @Test func `new generations are taken up under load without dropping a request`() throws {
        let server = try TestServer(records: Invented.random(count: 20))
        let isDone = Locked(false)
        let failures = Locked<[String]>([])
        let seen = Locked<Set<String>>([])
        let threads = (0..<4).map { index in
            let thread = Thread {
                guard let connection = try? Connection(port: server.port) else { return }
                while !isDone.withLock({ $0 }) {
                    do {
                        let answer = try connection.send("GET", "/v1/search?limit=100&facets=\(index % 2 == 0)")
                        let page: SearchResult = try answer.decoded()
                        // One snapshot from first to last: the count of a generation is that of its own records.
                        let isWhole = page.total + page.possible == page.hits.count
                        if answer.status != 200 || !isWhole || answer["discover-generation"] != page.generation {
                            failures.withLock { $0.append("\(answer.status): \(page.total)") }
                        }
                        seen.withLock { _ = $0.insert(page.generation) }
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                        return
                    }
                }
            }
            thread.start()
            return thread
        }
        for count in 21...25 {
            try server.folder.publish(Invented.random(count: count))
            let name = try server.folder.index.currentName()
            let end = Date() + 20
            while server.service.served.live.generation != name, Date() < end { usleep(20_000) }
            #expect(server.service.served.live.generation == name)
        }
        isDone.withLock { $0 = true }
        while threads.contains(where: { !$0.isFinished }) { usleep(10_000) }
        #expect(failures.withLock { $0 } == [])
        #expect(seen.withLock { $0 }.count >= 5)
        #expect(server.service.served.switches == 5)
    }

    @Test func `a cursor of the generation before goes on while that is kept, then is gone`() throws {
        let server = try TestServer(records: Invented.random(count: 30))
        let first: SearchResult = try server.send("GET", "/v1/search?limit=10").decoded()
        let cursor = try #require(first.next)
        func renew() throws {
            try server.folder.publish(Invented.random(count: 31))
            #expect(server.service.served.refresh() != nil || server.service.served.refusal == nil)
            let name = try server.folder.index.currentName()
            while server.service.served.live.generation != name { usleep(10_000) }
        }
        try renew()
        let second: SearchResult = try server.send("GET", "/v1/search?limit=10&cursor=\(cursor)").decoded()
        #expect(second.generation == first.generation)
        #expect(Set(second.hits.map(\.id)).isDisjoint(with: first.hits.map(\.id)))
        try renew()
        let answer = try server.send("GET", "/v1/search?limit=10&cursor=\(cursor)")
        #expect(answer.status == 410)
        #expect(try answer.json()["code"] as? String == "old_cursor")
        let other = try server.send("GET", "/v1/search?limit=10&q=rat&cursor=\(cursor)")
        #expect(other.status == 410 || other.status == 400)
    }

    @Test func `a damaged generation is refused and the one before stays`() throws {
        let server = try TestServer(records: Invented.random(count: 12))
        let good = server.service.served.live.generation
        // Published by hand: a copy of the live one with one byte turned, as a failing disk would leave it.
        let generations = server.folder.folder.path + "/generations"
        let bad = "000002-20260101T000000Z-beef"
        try FileManager.default.copyItem(atPath: "\(generations)/\(good)", toPath: "\(generations)/\(bad)")
        let manifest = "\(generations)/\(bad)/manifest.json"
        let text = try String(contentsOfFile: manifest, encoding: .utf8).replacingOccurrences(of: good, with: bad)
        try text.write(toFile: manifest, atomically: true, encoding: .utf8)
        let records = "\(generations)/\(bad)/records.sqlite"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: records))
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(fileURLWithPath: records))
        try "\(bad)\n".write(toFile: server.folder.folder.path + "/CURRENT", atomically: true, encoding: .utf8)
        _ = server.service.served.refresh()
        #expect(server.service.served.refusal != nil)
        #expect(server.service.served.live.generation == good)
        #expect(try server.send("GET", "/v1/search").status == 200)
        let verbose = try server.send("GET", "/readyz?verbose")
        #expect(verbose.status == 200)
        #expect(verbose.text.contains("- a newer generation is damaged"))
        #expect(!verbose.text.contains(server.folder.folder.path))
        #expect(try server.send("GET", "/metrics").text.contains("discover_generation_refused 1"))
    }
}
