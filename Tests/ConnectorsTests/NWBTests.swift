import Foundation
import Records
import Testing

@testable import Connectors

/// A file made by pynwb (`Fixtures/connectors/nwb/make.py`), and what is no such file.
@Suite(.serialized)
struct NWBTests {
    private let fixture = fixtures.appending(path: "nwb/invented.nwb")

    @Test func `the metadata of a file become a session and a subject`() throws {
        let harvested = try Harvested("nwb", fixtures.appending(path: "nwb").path)
        #expect(harvested.report.records == ["session": 1, "subject": 1])
        let session = try #require(harvested["nwb:session:invented_1"])
        #expect(session.title == "Mouse naps in its home cage (invented)")
        #expect(session.contributors == ["Nobody, Nora"] && session.labs == ["Invented Lab"])
        func values(_ facet: Facet, _ part: Int? = nil) -> [String] {
            session.statements.filter { $0.facet == facet && (part == nil || $0.part == part) }.map(\.value)
        }
        #expect(session.statements.first { $0.facet == .species }?.identifiers == ["NCBITaxon:10090"])
        #expect(session.parts.map(\.role) == [.recording, .recording, .recording, .manipulation, .epoch, .epoch])
        #expect(values(.region, 0) == ["AD", "CA1"] && values(.device, 0) == ["Neuropixels 1.0"])
        #expect(values(.region, 1) == ["CA1"])
        #expect(
            values(.region, 2) == ["VISp"] && values(.agent, 2) == ["GCaMP6f"]
                && values(.technique, 2) == ["TwoPhotonSeries"])
        #expect(values(.region, 3) == ["DG"] && values(.state) == ["NREM", "Wake"])
        #expect(values(.signal) == ["ElectricalSeries", "LFP", "TimeIntervals", "TwoPhotonSeries", "Units"])
        #expect(session.quantities.filter { $0.field == .channels }.map(\.max) == [4, 2])
        #expect(session.quantities.first { $0.field == .units }?.max == 2)
        #expect(session.quantities.first { $0.field == .ageDays }?.max == 90)
        #expect(session.links.map(\.target) == ["10.5555/nap", "nwb:subject:m1"])
        #expect(try !harvested.text.contains("@"))
    }

    @Test func `what is no HDF5, or cut short, is rejected by name`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discover-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = try Data(contentsOf: fixture)
        try Data("no HDF5".utf8).write(to: folder.appending(path: "a.nwb"))
        try Data().write(to: folder.appending(path: "b.nwb"))
        try whole.prefix(whole.count / 2).write(to: folder.appending(path: "c.nwb"))
        try whole.write(to: folder.appending(path: "d.nwb"))
        let harvested = try Harvested("nwb", folder.path)
        #expect(harvested.report.records["session"] == 1)
        #expect(harvested.report.rejects.map(\.id) == ["a.nwb", "b.nwb", "c.nwb"])
    }

    /// Found by changing bytes at random: libhdf5 1.10 dies of each of these.
    @Test(arguments: [(5_908, 17), (7_187, 64), (6_053, 63), (3_682, 166)])
    func `a file that makes libhdf5 crash costs only itself`(offset: Int, byte: UInt8) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discover-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var bytes = try Data(contentsOf: fixture)
        try bytes.write(to: folder.appending(path: "whole.nwb"))
        bytes[offset] = byte
        try bytes.write(to: folder.appending(path: "damaged.nwb"))
        let harvested = try Harvested("nwb", folder.path)
        #expect(harvested.records.contains { $0.id.description == "nwb:session:invented_1" })
        #expect(!harvested.report.isComplete)
    }

    @Test func `a folder without NWB files is an error`() throws {
        #expect { try Harvested("nwb", fixtures.appending(path: "brainstem").path) } throws: { error in
            (error as? ConnectorError)?.kind == .unusableLocation
        }
    }
}
