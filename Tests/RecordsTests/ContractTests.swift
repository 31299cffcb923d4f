import Foundation
import Records
import TestSupport
import Testing

@Test func `docs/contract.md names every facet, range and type of record`() throws {
    let contract = try String(contentsOfFile: Places.root + "/docs/contract.md", encoding: .utf8)
    let names =
        Facet.allCases.map(\.rawValue) + RangeField.allCases.map(\.rawValue) + RecordType.allCases.map(\.rawValue)
    for name in names { #expect(contract.contains("`\(name)`"), "\(name)") }
}
