import Records
import Testing

@Test(arguments: [
    ("brainstem:session:068ef05f", Source.brainstem, RecordType.session, "068ef05f"),
    ("dandi:dataset:000003", .dandi, .dataset, "000003"),
    ("bids:dataset:a:b:c", .bids, .dataset, "a:b:c"),
    ("tomorrow:dataset:1", Source(rawValue: "tomorrow")!, .dataset, "1"),
])
func `a record id is read and written the same`(
    text: String, source: Source, type: RecordType, native: String
) throws {
    let id = try #require(RecordID(text))
    #expect(id == RecordID(source, type, native))
    #expect(id.description == text)
}

@Test(arguments: ["", "dandi", "dandi:dataset:", "No where:dataset:1", "dandi:thing:1", "::"])
func `a text that is no record id is refused`(text: String) {
    #expect(RecordID(text) == nil)
}
