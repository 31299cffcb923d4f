import Connectors
import FoundationEssentials
import Records
import TestSupport
import Testing

struct ConnectorListTests {
    @Test(arguments: Connectors.all.map(\.name)) func `every connector has a section of the documentation`(
        name: String
    ) throws {
        let page = try String(contentsOfFile: Places.root + "/docs/sources.md", encoding: .utf8)
        let headings = page.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(headings.contains { $0.contains("`discover ingest \(name) ") })
    }

    @Test func `every source has a connector, but for collections that evaluation reads`() {
        let read = Set(Connectors.all.map(\.source))
        #expect(read == Set(Source.allCases.filter { $0.descriptor.kind != .collection }))
    }

    @Test func `no two connectors have one name`() {
        #expect(Set(Connectors.all.map(\.name)).count == Connectors.all.count)
    }
}
