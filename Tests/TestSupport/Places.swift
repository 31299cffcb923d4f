import FoundationEssentials

/// Where things lie, seen from the tests.
package enum Places {
    /// The root of the checkout.
    package static let root: String = {
        var path = #filePath
        for _ in 0..<3 { path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }
        return path
    }()

    /// The project's vocabularies.
    package static let vocabularies = root + "/vocab"

    /// The tables of ``Grammar``.
    package static let grammar = root + "/Tests/Fixtures/grammar"
}

/// A folder that vanishes with its owner.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path = FileManager.default.temporaryDirectory.path() + "/discover-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file below the folder, folders included.
    package func write(_ text: String, to name: String) throws {
        let file = path + "/" + name
        if let slash = file.lastIndex(of: "/") {
            try FileManager.default.createDirectory(atPath: String(file[..<slash]), withIntermediateDirectories: true)
        }
        try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
}
