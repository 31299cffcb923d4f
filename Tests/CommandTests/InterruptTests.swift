import Foundation
import TestSupport
import Testing

/// A harvest of a portal that is never ready, and what an interrupt makes of it.
struct InterruptTests {
    /// Answers every request with "busy, come back in a minute" and prints who asked.
    private static let busyPortal = """
        import http.server
        class Busy(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(503)
                self.send_header("Retry-After", "60")
                self.send_header("Content-Length", "0")
                self.end_headers()
                print(self.headers.get("User-Agent"), flush=True)
            def log_message(self, *words): pass
        server = http.server.HTTPServer(("127.0.0.1", 0), Busy)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    @Test(arguments: [SIGINT, SIGTERM])
    func `an interrupted harvest ends with 130 and leaves no rest`(signal: Int32) throws {
        let portal = Process()
        portal.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        portal.arguments = ["python3", "-c", Self.busyPortal]
        let said = Pipe()
        portal.standardOutput = said
        try portal.run()
        defer { portal.end() }
        var port = ""
        while !port.contains("\n") {
            port += String(decoding: said.fileHandleForReading.availableData, as: UTF8.self)
        }
        port.removeLast()

        let folder = try TemporaryFolder()
        let harvest = Process()
        harvest.executableURL = URL(fileURLWithPath: Program.path ?? "")
        harvest.arguments = [
            "ingest", "dandi", "http://127.0.0.1:\(port)/", "--no-vectors", "--contact", "https://example.org/us",
        ]
        harvest.environment = ["DISCOVER_INDEX": folder.path + "/index", "DISCOVER_VOCAB": Places.vocabularies]
        let complaints = Pipe()
        harvest.standardError = complaints
        try harvest.run()
        var agent = ""
        while !agent.contains("\n") {
            agent += String(decoding: said.fileHandleForReading.availableData, as: UTF8.self)
        }
        #expect(agent.contains("(+https://example.org/us)"))
        kill(harvest.processIdentifier, signal)
        harvest.waitUntilExit()

        #expect(harvest.terminationReason == .exit && harvest.terminationStatus == 130)
        let complaint = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(complaint.contains("interrupted"))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/index/generations")
        #expect(left.isEmpty)
    }

    @Test func `a contact that is no address is refused before anything is asked`() throws {
        let outcome = try Program.run(["ingest", "dandi", "http://127.0.0.1:1/", "--contact", "me"])
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("--contact"))
    }
}
