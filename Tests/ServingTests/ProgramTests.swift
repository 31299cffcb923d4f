import Foundation
import Glibc
import Store
import TestSupport
import Testing

/// The real program as operators run it: `discover serve` in a process of its own.
struct ProgramTests {
    /// A running `discover serve`.
    private final class Serve {
        let process = Foundation.Process()
        let port: UInt16
        private let errors = Pipe()

        init(index: String) throws {
            let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
            let candidates = [own, CommandLine.arguments[0]].map {
                ($0 as NSString).deletingLastPathComponent + "/discover"
            }
            let path = candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
            process.executableURL = URL(fileURLWithPath: try #require(path, "build the product discover first"))
            process.arguments = ["serve", "--port", "0", "--index", index, "--access-log", "off", "--rate", "0"]
            process.environment = ["DISCOVER_VOCAB": Places.vocabularies, "HOME": "/nonexistent", "TERM": "dumb"]
            process.standardError = errors
            process.standardInput = FileHandle.nullDevice
            try process.run()
            var line = ""
            while !line.contains(" answers from") {
                let data = errors.fileHandleForReading.availableData
                guard !data.isEmpty else { break }
                line += String(decoding: data, as: UTF8.self)
            }
            let address = line.split(separator: " ").first { $0.hasPrefix("http://") }
            port = try #require(address?.split(separator: ":").last.flatMap { UInt16($0) }, "\(line)")
        }

        deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal ends the service gracefully: what is under way is answered, exit code 0`(signal: Int32) throws {
        let folder = try ServedFolder(Invented.random(count: 40))
        let serve = try Serve(index: folder.folder.path)
        let idle = try Connection(port: serve.port)
        #expect(try idle.send("GET", "/livez").status == 200)
        // Sent whole before the signal, answered after it.
        let busy = try (0..<8).map { _ in try Connection(port: serve.port) }
        for connection in busy { #expect(try connection.send("GET", "/livez").status == 200) }
        for (index, connection) in busy.enumerated() {
            try connection.write(
                "GET /v1/coverage?rows=region&cols=device&limit=100&q=sleep\(index) HTTP/1.1\r\nHost: a\r\n\r\n")
        }
        usleep(30_000)
        kill(serve.process.processIdentifier, signal)
        for connection in busy {
            let answer = try connection.answer()
            // 503 where the signal came first.
            #expect(answer.status == 200 || answer.status == 503)
        }
        serve.process.waitUntilExit()
        #expect(serve.process.terminationReason == .exit)
        #expect(serve.process.terminationStatus == 0)
        #expect(throws: (any Error).self) { try Connection(port: serve.port) }
    }

    @Test func `a port that is taken is told, with exit code 1`() throws {
        let folder = try ServedFolder()
        let first = try Serve(index: folder.folder.path)
        let second = Foundation.Process()
        second.executableURL = first.process.executableURL
        second.arguments = ["serve", "--port", "\(first.port)", "--index", folder.folder.path]
        second.environment = first.process.environment
        let errors = Pipe()
        second.standardError = errors
        try second.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        second.waitUntilExit()
        #expect(second.terminationStatus == 1)
        #expect(text.contains("cannot listen on 127.0.0.1:\(first.port)"))
    }

    @Test func `a generation that another process publishes is taken up`() throws {
        let folder = try ServedFolder(Invented.random(count: 10))
        let serve = try Serve(index: folder.folder.path)
        let connection = try Connection(port: serve.port)
        let before = try connection.send("GET", "/v1/sources")["discover-generation"]
        try folder.publish(Invented.random(count: 11))
        let end = Date() + 20
        var after = before
        while after == before, Date() < end {
            usleep(100_000)
            after = try connection.send("GET", "/v1/sources")["discover-generation"]
        }
        #expect(after == (try folder.index.currentName()))
    }
}
