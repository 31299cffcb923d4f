import Foundation

/// A stand-in portal on a free port, stopped when it goes out of scope.
package final class Portals {
    private let process = Process()
    /// What the portals' paths are appended to: `http://127.0.0.1:49152`.
    package let base: String
    private let log = FileManager.default.temporaryDirectory.appending(path: "discover-portals-\(UUID()).log")

    /// - Parameters:
    ///   - options: `--fault`, `hostile` and the like.
    ///   - data: `data` adds 401 real dandisets to the seven made-up ones of `data/portal`.
    package init(_ options: String..., data: String = "data/portal") throws {
        guard let shared = Places.shared.map({ URL(filePath: $0) }) else { throw CocoaError(.fileNoSuchFile) }
        let announcements = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["python3", "-B", shared.appending(path: "tools/portals.py").path]
            + ["--data", shared.appending(path: data).path, "--port", "0", "--log", log.path] + options
        process.standardError = announcements
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.contains("serving on "),
            let more = String(
                data: announcements.fileHandleForReading.availableData, encoding: .utf8), !more.isEmpty
        { said += more }
        guard let address = said.split(separator: " ").first(where: { $0.hasPrefix("http://") }) else {
            throw CocoaError(.fileReadUnknown)
        }
        base = address.trimmingCharacters(in: ["/", "\n"])
    }

    /// Changes what they do wrong; an empty text is nothing.
    package func set(fault: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import sys, urllib.request as u; u.urlopen(u.Request(sys.argv[1], method='POST')).read()",
            "\(base)/_portal/fault?profile=\(fault)",
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    deinit {
        process.end()
        try? FileManager.default.removeItem(at: log)
    }

    /// The requests so far, one JSON object a line.
    package var requests: String { get throws { try String(contentsOf: log, encoding: .utf8) } }
}
