import TestSupport
import Testing

@testable import Store

private func connection() throws -> Connection { try Connection(path: ":memory:", mode: .build) }

@Test(arguments: [
    ("", 1), ("a", 1), ("{\"facet\":\"region\"}", 1), ("thalamus ", 20_000), ("é\u{1F600}\u{0301} שלום", 1),
    ("line\none\ttab", 1),
])
func `a packed text comes back as it was`(piece: String, count: Int) throws {
    let text = String(repeating: piece, count: count)
    let connection = try connection()
    let statement = try connection.prepare("SELECT plain(packed(?1)), plain(packed(?1)) = ?1, typeof(packed(?1))")
    try statement.bind(0, text)
    #expect(try statement.step())
    #expect(statement.text(0) == text)
    #expect(statement.int(1) == 1)
    #expect(statement.text(2) == "blob")
}

@Test func `no text stays none`() throws {
    let connection = try connection()
    #expect(try connection.one("SELECT plain(packed(NULL)) IS NULL").number == 1)
}

@Test func `a record takes a fraction of its text`() throws {
    let text =
        "{\"access\":\"open\",\"contributors\":[\"A\"],\"statements\":[{\"facet\":\"region\",\"identifiers\":[]}]}"
    let connection = try connection()
    let statement = try connection.prepare("SELECT length(packed(?1))")
    try statement.bind(0, text)
    #expect(try statement.step())
    #expect(statement.int(0) < text.utf8.count / 2)
}

@Test(arguments: ["x'01'", "x'05000000ff'", "x'ffffff7f00'", "x'000000000000'", "x'0500000003000000'", "'text'"])
func `bytes that are no packed text are damage, not a crash`(literal: String) throws {
    let connection = try connection()
    let error = #expect(throws: StoreError.self) { try connection.one("SELECT plain(\(literal))") }
    #expect(error?.kind == .corrupt)
}
