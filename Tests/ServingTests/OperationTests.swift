import Foundation
import Records
import Search
@testable import Serving
import Store
import TestSupport
import Testing

/// What an operator sees of the service.
struct OperationTests {
    /// A last run in the index folder, as a killed or a held run leaves it.
    private func write(_ state: RunState, to server: TestServer) throws { try state.write(to: server.folder.index) }

    @Test func `without a run there is nothing to tell of one`() throws {
        let server = try TestServer.shared.get()
        #expect(try !server.send("GET", "/readyz?verbose").text.contains("last run"))
        #expect(try !server.send("GET", "/metrics").text.contains("discover_reindex_"))
    }

    @Test func `a run that went well and one that did not are told apart`() throws {
        let server = try TestServer()
        var state = RunState(outcome: .done, started: 1_795_000_000)
        state.finished = 1_795_000_600
        state.lastSuccess = 1_795_000_600
        state.exitCode = 0
        try write(state, to: server)
        #expect(try server.send("GET", "/readyz?verbose").text.contains("+ last run: done 2026-11-18T"))
        #expect(try server.send("GET", "/metrics").text.contains("discover_reindex_success 1\n"))

        state.outcome = .held
        state.exitCode = 1
        state.gates = ["shrink:brainstem": "told in the report"]
        state.message = "/home/operator/index: told in the report"
        var source = RunState.SourceState(name: "dandi")
        source.failure = "no answer"
        source.stale = true
        state.sources = [source]
        try write(state, to: server)
        let verbose = try server.send("GET", "/readyz?verbose")
        #expect(verbose.status == 200, "old answers are answers")
        #expect(verbose.text.contains("- last run: held"))
        #expect(verbose.text.contains("gates that failed: shrink:brainstem; not read: dandi\n"))
        #expect(!verbose.text.contains("/home/operator"))
        let metrics = try server.send("GET", "/metrics").text
        #expect(metrics.contains("discover_reindex_success 0\n"))
        #expect(metrics.contains("discover_reindex_gate_failed{gate=\"shrink:brainstem\"} 1\n"))
        #expect(metrics.contains("discover_reindex_source_failed{source=\"dandi\"} 1\n"))
    }

    @Test func `a run that was killed is told as interrupted`() throws {
        let server = try TestServer()
        try write(RunState(outcome: .running, started: 1_795_000_000), to: server)
        #expect(try server.send("GET", "/readyz?verbose").text.contains("- last run: interrupted"))
    }

    @Test func `every metric is declared once, before its samples`() throws {
        let server = try TestServer()
        try write(RunState(outcome: .failed, started: 1_795_000_000), to: server)
        var declared: Set<String> = []
        for line in try server.send("GET", "/metrics").text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.starts(with: ["#", "TYPE"]) {
                #expect(declared.insert(String(words[2])).inserted, "\(words[2]) twice")
            } else if words[0] != "#" {
                let name = line.prefix { $0 != "{" && $0 != " " }
                let family = ["_bucket", "_sum", "_count"].first { name.hasSuffix($0) }.map { name.dropLast($0.count) }
                #expect(declared.contains(String(name)) || declared.contains(String(family ?? "")), "\(line)")
            }
        }
    }

    @Test func `a server that starts on a damaged generation serves the newest whole one and says so`() throws {
        let folder = try ServedFolder(Invented.random(count: 8))
        let good = try folder.index.currentName()
        try folder.publish(Invented.random(count: 9))
        let bad = try #require(try folder.index.currentName())
        let path = "\(folder.folder.path)/generations/\(bad)"
        for file in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))
            for position in [0, bytes.count / 2, bytes.count - 1] {
                var damaged = bytes
                damaged[position] ^= 1
                try damaged.write(to: URL(fileURLWithPath: "\(path)/\(file)"))
                let served = try ServedGenerations(folder.source, identity: "test")
                #expect(served.live.generation == good, "\(file) byte \(position)")
                #expect(served.refusal?.isEmpty == false)
                #expect(served.refresh() == nil, "it is not tried again every second")
                #expect(served.live.generation == good && served.refusal != nil)
            }
            try bytes.write(to: URL(fileURLWithPath: "\(path)/\(file)"))
        }
        #expect(try ServedGenerations(folder.source, identity: "test").live.generation == bad)
    }

    @Test func `addresses name the port that was taken, unless the operator says another`() throws {
        let server = try TestServer(site: "")
        let robots = try server.send("GET", "/robots.txt").text
        #expect(robots.contains("http://127.0.0.1:\(server.port)/sitemap.xml"))
        #expect(try TestServer.shared.get().send("GET", "/robots.txt").text.contains("http://localhost/sitemap.xml"))
    }

    @Test(
        arguments: [
            ("http://localhost:3000", 204, "http://localhost:3000"), ("https://evil.example.org", 403, nil),
        ] as [(String, Int, String?)])
    func `a browser's preflight for a language model's endpoint is answered for pages that may ask`(
        origin: String, status: Int, allowed: String?
    ) throws {
        let answer = try TestServer.shared.get().send(
            "OPTIONS", "/mcp", headers: ["Origin": origin, "Access-Control-Request-Method": "POST"])
        #expect(answer.status == status)
        #expect(answer["access-control-allow-origin"] == allowed)
        if status == 204 {
            #expect(answer["access-control-allow-methods"] == "POST")
            #expect(answer["access-control-allow-headers"]?.contains("MCP-Protocol-Version") == true)
            #expect(answer["allow"] == "POST, OPTIONS")
        }
    }
}
