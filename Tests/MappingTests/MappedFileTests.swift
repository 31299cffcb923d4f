import Foundation
import Testing

@testable import Mapping

@Suite struct `Mapped files` {
    @Test func `a mapped file has the bytes of the file, and outlives its removal`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "mapped-\(UUID().uuidString)").path
        try Data([1, 2, 3]).write(to: URL(filePath: path))
        let file = try MappedFile(path: path)
        try FileManager.default.removeItem(atPath: path)
        file.prepare(0..<3)
        file.prepare(2..<9)
        #expect(file.contents == [1, 2, 3])
    }

    @Test func `an empty file is mapped, a missing one and a folder are errors`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "mapped-\(UUID().uuidString)").path
        try Data().write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try MappedFile(path: path).contents.isEmpty)
        let missing = #expect(throws: MappingError.self) { try MappedFile(path: path + "x") }
        #expect(missing?.kind == .missing)
        let folder = #expect(throws: MappingError.self) { try MappedFile(path: "/") }
        #expect(folder?.kind == .unreadable)
    }
}
