import Connectors
import Foundation
import Records
import TestSupport
import Testing

/// The folder `../shared` beside the checkout, with the stand-in portals and their data; nil where there is none.
let shared: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let folder = root.appending(path: "../shared").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.appending(path: "tools/portals.py").path) ? folder : nil
}()

/// Files of this checkout, trimmed from what the sources send.
let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/connectors")

/// A stand-in portal on a free port, stopped when it goes out of scope.
final class Portals {
    private let process = Process()
    let base: String
    private let log = FileManager.default.temporaryDirectory.appending(path: "discover-portals-\(UUID()).log")

    /// - Parameters:
    ///   - options: `--fault`, `hostile` and the like.
    ///   - data: `data` adds 401 real dandisets to the seven made-up ones of `data/portal`.
    init(_ options: String..., data: String = "data/portal") throws {
        guard let shared else { throw CocoaError(.fileNoSuchFile) }
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

    deinit {
        process.end()
        try? FileManager.default.removeItem(at: log)
    }

    /// The requests so far, one JSON object a line.
    var requests: String { get throws { try String(contentsOf: log, encoding: .utf8) } }
}

/// A harvest that keeps what it got.
struct Harvested {
    var records: [Record] = []
    var report: HarvestReport

    init(_ name: String, _ location: String, _ limits: HarvestLimits = .forTests) throws {
        let connector = try #require(Connectors.connector(named: name))
        let place = try Location(location)
        let run = Harvest(source: connector.source, location: place, limits: limits)
        var records: [Record] = []
        var ids: Set<RecordID> = []
        try connector.harvest(place, run: run) { record in
            guard ids.insert(record.id).inserted else { throw DuplicateRecord() }
            records.append(record)
        }
        self.records = records
        self.report = run.report
    }

    subscript(id: String) -> Record? { records.first { $0.id.description == id } }

    /// Words of everything harvested that could be ids: hexadecimal digits and hyphens.
    var idWords: Set<Substring> {
        get throws {
            // By bytes: splitting megabytes into characters would take most of the tests' time.
            let words = try Array(text.utf8).split { byte in
                !((48...57).contains(byte) || (97...102).contains(byte | 32) || byte == UInt8(ascii: "-"))
            }
            return Set(words.lazy.filter { $0.count >= 6 }.map { String(decoding: $0, as: UTF8.self)[...] })
        }
    }

    /// Everything a reader of the index could ever see, as text.
    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try records.map { String(decoding: try encoder.encode($0), as: UTF8.self) }.joined(separator: "\n")
        }
    }
}

extension HarvestLimits {
    /// Fast and impatient: the stand-in is on this machine.
    static var forTests: HarvestLimits {
        var limits = HarvestLimits()
        limits.requestsPerSecond = 0
        limits.backoffSeconds = 0.01
        limits.stallSeconds = 1
        limits.answerSeconds = 5
        return limits
    }
}
