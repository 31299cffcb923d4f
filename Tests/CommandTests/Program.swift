import Foundation
import TestSupport

/// The built program, run as people run it.
enum Program {
    /// What a run left behind.
    struct Outcome {
        let code: Int32
        let output: String
        let errors: String
    }

    /// The program beside the test bundle; nil when only the tests were built.
    static let path: String? = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let candidates =
            [own, CommandLine.arguments[0]].map { path in
                (path as NSString).deletingLastPathComponent + "/discover"
            } + [Places.root + "/.build/debug/discover"]
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Runs a command line against an index folder, with an empty home so that nothing of the machine shines through.
    static func run(_ arguments: [String], index: String = "/nonexistent/index", home: String = "/nonexistent") throws
        -> Outcome
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "/nonexistent")
        process.arguments = arguments
        process.environment = [
            "DISCOVER_INDEX": index, "DISCOVER_VOCAB": Places.vocabularies, "HOME": home, "TERM": "dumb",
        ]
        let folder = try TemporaryFolder()
        let files = ["output", "errors"].map { folder.path + "/" + $0 }
        for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: files[0])
        process.standardError = FileHandle(forWritingAtPath: files[1])
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        func text(_ file: String) -> String {
            String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
        }
        return Outcome(code: process.terminationStatus, output: text(files[0]), errors: text(files[1]))
    }
}
