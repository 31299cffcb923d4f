import Foundation
import Serving
import TestSupport
import Testing

/// Clients that mean no good, on real sockets.
struct HostileTests {
    @Test func `a client that sends byte by byte is cut off, others are served`() throws {
        let server = try TestServer {
            $0.readLimit = .seconds(1)
        }
        let slow = try Connection(port: server.port)
        try slow.write("GET /v1/sources HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        let end = Date() + 20
        var isClosed = false
        while !isClosed, Date() < end {
            // Something moves all the time, so that only the whole request's deadline can end it.
            do {
                try slow.write("a")
            } catch {
                isClosed = true
            }
            usleep(100_000)
        }
        #expect(isClosed)
        #expect(try server.send("GET", "/v1/sources").status == 200)
    }

    @Test func `an idle connection is closed`() throws {
        let server = try TestServer { $0.readLimit = .seconds(1) }
        let idle = try Connection(port: server.port)
        #expect(try idle.send("GET", "/livez").status == 200)
        #expect(idle.isClosed())
    }

    @Test func `one client has only so many connections`() throws {
        let server = try TestServer { $0.connectionsPerClient = 4 }
        let held = try (0..<4).map { _ in try Connection(port: server.port) }
        for connection in held { #expect(try connection.send("GET", "/livez").status == 200) }
        let fifth = try Connection(port: server.port)
        #expect(throws: (any Error).self) { try fifth.send("GET", "/livez") }
        #expect(try held[0].send("GET", "/livez").status == 200)
    }

    @Test(arguments: [
        "GET /v1/search HTTP/1.1\r\n\r\n", "GET  /v1/search  HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/search HTTP/9.9\r\nHost: a\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n",
        "GET /v1/plan?q=a\u{0}b HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
        "POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        "POST /v1/search HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /v1/search HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "GET /v1/search HTTP/1.1\r\nHost: a\r\nNo colon here\r\n\r\n",
    ])
    func `malformed requests get 4xx or are cut off, and the server goes on`(text: String) throws {
        let server = try TestServer.shared.get()
        let connection = try Connection(port: server.port)
        try connection.write(text)
        if let answer = try? connection.answer() {
            #expect(
                (400..<500).contains(answer.status) || answer.status == 505 || answer.status == 501, "\(answer.status)")
        }
        #expect(try server.send("GET", "/livez").status == 200)
    }

    @Test func `a header without end gets 431 or is cut off`() throws {
        let server = try TestServer.shared.get()
        let connection = try Connection(port: server.port)
        try connection.write("GET /v1/sources HTTP/1.1\r\nHost: a\r\n")
        let line = "X-Padding: \(String(repeating: "a", count: 4000))\r\n"
        var isCut = false
        for _ in 0..<64 where !isCut { do { try connection.write(line) } catch { isCut = true } }
        if !isCut, let answer = try? connection.answer() { #expect(answer.status == 431 || answer.status == 413) }
        #expect(try server.send("GET", "/livez").status == 200)
    }

    @Test func `many requests at once on one connection are answered in their order`() throws {
        let server = try TestServer.shared.get()
        let connection = try Connection(port: server.port)
        let words = (0..<30).map { "word\($0)" }
        try connection.write(words.map { "GET /v1/plan?q=\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        for word in words { #expect(try connection.answer().json()["query"] as? String == word) }
    }

    @Test func `script in a question comes back inert`() throws {
        let server = try TestServer.shared.get()
        let script = "<script>alert(1)</script>"
        let answer = try server.send("GET", "/v1/search?q=\(script.encoded)")
        #expect(answer["content-type"] == "application/json")
        #expect(answer["x-content-type-options"] == "nosniff")
        let missing = try server.send("GET", "/\(script.encoded)")
        #expect(missing.status == 404 && missing["content-type"] == "application/problem+json")
    }

    @Test func `the log and the figures hold neither questions nor addresses`() throws {
        let server = try TestServer()
        let secret = "xylophonesecret"
        _ = try server.send("GET", "/v1/search?q=\(secret)", headers: ["User-Agent": "\(secret)-agent"])
        _ = try server.send("GET", "/\(secret)")
        let metrics = try server.send("GET", "/metrics").text
        #expect(metrics.contains("discover_requests_total{route=\"search\",status=\"200\"} 1"))
        #expect(metrics.contains("discover_stage_duration_seconds_count{stage=\"filter\"} 1"))
        #expect(!metrics.contains(secret))
        let end = Date() + 10
        var log = ""
        while Date() < end {
            log = (try? String(contentsOfFile: server.logPath, encoding: .utf8)) ?? ""
            if log.split(separator: "\n").count >= 3 { break }
            usleep(10_000)
        }
        #expect(log.contains("\"route\":\"search\""))
        #expect(!log.contains(secret) && !log.contains("127.0.0.1"))
        for line in log.split(separator: "\n") {
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        }
    }
}
