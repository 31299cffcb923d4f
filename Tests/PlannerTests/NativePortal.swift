import Foundation
import TestSupport

/// The stand-in portals of `../shared` on a free port, stopped with their owner.
final class NativePortal {
    static let tool = Places.shared.map { $0 + "/tools/portals.py" }

    private let process = Process()
    let base: String

    init() throws {
        guard let shared = Places.shared, let tool = Self.tool else { throw CocoaError(.fileNoSuchFile) }
        let announcements = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-B", tool, "--data", shared + "/data", "--port", "0"]
        process.standardError = announcements
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.contains("serving on "),
            let more = String(data: announcements.fileHandleForReading.availableData, encoding: .utf8), !more.isEmpty
        { said += more }
        guard let address = said.split(separator: " ").first(where: { $0.hasPrefix("http://") }) else {
            throw CocoaError(.fileReadUnknown)
        }
        base = address.trimmingCharacters(in: ["/", "\n"])
    }

    deinit { process.end() }

    /// The JSON answer to an address of a real portal, asked of its stand-in.  Paged answers come whole enough: as many
    /// as the stand-in gives on a page.
    func answer(_ address: String, pageSize: String = "") throws -> [String: Any] {
        let pairs = [
            ("https://www.brainstem.org", "/brainstem"), ("https://openalyx.internationalbrainlab.org", "/alyx"),
            ("https://api.dandiarchive.org", "/dandi"), ("https://search.kg.ebrains.eu/api/groups/public", "/kg"),
        ]
        var local = address
        for (real, path) in pairs where address.hasPrefix(real) { local = base + path + address.dropFirst(real.count) }
        if !pageSize.isEmpty { local += (local.contains("?") ? "&" : "?") + pageSize }
        let curl = Process()
        let output = Pipe()
        curl.executableURL = URL(filePath: "/usr/bin/env")
        // No --globoff: an address must survive being pasted.
        curl.arguments = ["curl", "-sS", "--fail", local]
        curl.standardOutput = output
        try curl.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        curl.waitUntilExit()
        guard curl.terminationStatus == 0, let answer = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { throw CocoaError(.fileReadUnknown) }
        return answer
    }

    /// The lines of a file of the stand-ins' data.
    static func lines(_ file: String) throws -> [[String: Any]] {
        guard let shared = Places.shared else { throw CocoaError(.fileNoSuchFile) }
        return try String(contentsOfFile: "\(shared)/data/\(file)", encoding: .utf8).split(separator: "\n")
            .compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }
}
