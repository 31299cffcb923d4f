import Foundation

/// The portals of `Tests/Portals` on a free port, stopped when they go out of scope.
package final class Portals {
    private static let program = Places.root + "/Tests/Portals"

    private let process = Process()
    /// What the portals' paths are appended to: `http://127.0.0.1:49152`.
    package let base: String
    private let log = FileManager.default.temporaryDirectory.appending(path: "discover-portals-\(UUID()).log")

    /// - Parameter options: `--fault`, `hostile` and the like: flags of `Tests/Portals serve`.
    package init(_ options: String...) throws {
        let announcements = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["python3", "-B", Self.program, "serve", "--port", "0", "--log", log.path] + options
        process.standardError = announcements
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.contains("serving on "),
            let more = String(
                data: announcements.fileHandleForReading.availableData, encoding: .utf8), !more.isEmpty
        { said += more }
        guard let address = said.split(separator: " ").first(where: { $0.hasPrefix("http://") }) else {
            throw PortalFailure(said: said)
        }
        base = address.trimmingCharacters(in: ["/", "\n"])
    }

    deinit {
        process.end()
        try? FileManager.default.removeItem(at: log)
    }

    /// The requests so far, one JSON object a line.
    package var requests: String { get throws { try String(contentsOf: log, encoding: .utf8) } }

    /// Changes what they do wrong; an empty text is nothing.
    package func set(fault: String) throws {
        _ = try Self.output(of: ["curl", "-sS", "--fail", "-X", "POST", "\(base)/_portal/fault?profile=\(fault)"])
    }

    /// The JSON answer to an address of a real portal, asked of its stand-in.
    ///
    /// Paged answers come whole enough: as many as the stand-in gives on a page, with `pageSize` (`limit=1000`) added.
    package func answer(_ address: String, pageSize: String = "") throws -> [String: Any] {
        let pairs = [
            ("https://www.brainstem.org", "/brainstem"), ("https://openalyx.internationalbrainlab.org", "/alyx"),
            ("https://api.dandiarchive.org", "/dandi"), ("https://search.kg.ebrains.eu", "/kg"),
        ]
        var local = address
        for (real, path) in pairs where address.hasPrefix(real) { local = base + path + address.dropFirst(real.count) }
        if !pageSize.isEmpty { local += (local.contains("?") ? "&" : "?") + pageSize }
        // No --globoff: an address must survive being pasted.  EBRAINS takes its searches by POST, with a body.
        let post = ["-X", "POST", "-H", "Content-Type: application/json", "-d", "{}"]
        let isPosted = address.contains("/groups/public/search")
        let data = try Self.output(of: ["curl", "-sS", "--fail-with-body", local] + (isPosted ? post : []))
        guard let answer = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw PortalFailure(said: String(decoding: data, as: UTF8.self))
        }
        return answer
    }

    /// Runs a program to its end and returns what it printed; throws when it fails.
    private static func output(of arguments: [String]) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw PortalFailure(said: String(decoding: data, as: UTF8.self)) }
        return data
    }

    // MARK: Their records

    /// A folder with all their records as files, private ones too, and `checks.json`; written once a process.
    private static let dump = Result {
        let folder = try TemporaryFolder()
        _ = try output(of: ["python3", "-B", program, "dump", folder.path])
        return folder
    }

    /// The folder with a portal's records as a dump has them.
    package static func folder(_ portal: String) throws -> String { try dump.get().path + "/" + portal }

    /// The records of a file: `alyx/sessions`.
    package static func rows(_ file: String) throws -> [[String: Any]] {
        try String(contentsOfFile: "\(dump.get().path)/\(file).jsonl", encoding: .utf8).split(separator: "\n")
            .compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }

    /// A portal's public records as it answers for them.
    package static func documents(_ portal: String) throws -> [[String: Any]] {
        let data = try Data(contentsOf: URL(filePath: dump.get().path + "/checks.json"))
        let checks = try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]]
        guard let documents = checks?[portal]?["documents"] as? [[String: Any]] else {
            throw PortalFailure(said: "no documents of \(portal)")
        }
        return documents
    }

    /// What may be expected of a harvest of a portal.
    package static func checks(_ portal: String) throws -> PortalChecks {
        let data = try Data(contentsOf: URL(filePath: dump.get().path + "/checks.json"))
        guard let checks = try JSONDecoder().decode([String: PortalChecks].self, from: data)[portal] else {
            throw PortalFailure(said: "no checks of \(portal)")
        }
        return checks
    }
}

/// What may be expected of a harvest of a portal, as the portal itself counted it.
package struct PortalChecks: Decodable, Sendable {
    /// Number of records by the type they become: what is public and nothing else.
    package let records: [String: Int]
    /// Ids that stand in nothing public.
    package let privateIDs: [String]?
    /// Ids of what is not public that stand in public records all the same.
    package let danglingIDs: [String]?
    /// Words that stand in everything private.
    package let privateMarkers: [String]?
    /// The project that the fault `revoked` makes private.
    package let revokedProject: String?
    /// Embargoed dandisets, and until when.
    package let embargoed: [String: String?]?
    /// Dandisets that are shown to nobody.
    package let hiddenIDs: [String]?
    /// Number of records in the portal's dump, where it is not that of the public ones.
    package let dumped: Int?

    private enum CodingKeys: String, CodingKey {
        case records, embargoed, dumped
        case privateIDs = "private_ids"
        case danglingIDs = "dangling_ids"
        case privateMarkers = "private_markers"
        case revokedProject = "revoked_project"
        case hiddenIDs = "hidden_ids"
    }

    /// Number of all public records.
    package var total: Int { records.values.reduce(0, +) }
}

/// A stand-in portal that did not start, or did not answer as it should.
package struct PortalFailure: Error, CustomStringConvertible {
    package let said: String
    package var description: String { "the stand-in portal failed: \(said.prefix(500))" }
}
