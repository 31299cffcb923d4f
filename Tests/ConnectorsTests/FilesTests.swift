import Foundation
import Testing

@testable import Connectors

struct FilesTests {
    @Test func `lines of a file are read whatever their ends`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "discover-\(UUID()).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        let long = String(repeating: "x", count: 200_000)
        try "a\r\n\n  \nb\n\(long)\nlast".write(to: file, atomically: true, encoding: .utf8)
        var lines: [String] = []
        try Files.lines(of: file.path, limit: 100_000) { number, line in
            lines.append("\(number):" + (line.map { String(decoding: $0, as: UTF8.self) } ?? "too long"))
        }
        #expect(lines == ["1:a", "4:b", "5:too long", "6:last"])
    }
}
