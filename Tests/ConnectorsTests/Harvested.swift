import Connectors
import Foundation
import Records
import TestSupport
import Testing

/// Files of this checkout, trimmed from what the sources send.
let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/connectors")

/// A harvest that keeps what it got.
struct Harvested {
    var records: [Record] = []
    var report: HarvestReport

    init(_ name: String, _ location: String, _ limits: HarvestLimits = .forTests) throws {
        let connector = try #require(Connectors.connector(named: name))
        let provenance = try Location(location)
        let run = Harvest(source: connector.source, location: provenance, limits: limits)
        var records: [Record] = []
        var ids: Set<RecordID> = []
        try connector.harvest(provenance, run: run) { record in
            guard ids.insert(record.id).inserted else { throw DuplicateRecord() }
            records.append(record)
        }
        self.records = records
        self.report = run.report
    }

    /// What a connector makes of files with these contents.
    static func of(_ name: String, _ files: [String: String], at path: String = "") throws -> Harvested {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discover-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (file, text) in files {
            let url = folder.appending(path: file)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: url, atomically: true, encoding: .utf8)
        }
        return try Harvested(name, path.isEmpty ? folder.path : folder.appending(path: path).path)
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
