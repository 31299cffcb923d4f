import Records
import TestSupport
import Testing

@testable import Store

/// An open file of records that holds one dictionary, and what reads it.
private func reader(of dictionary: [UInt8]) throws -> (connection: Connection, dictionaries: PackDictionaries) {
    let connection = try Connection(path: ":memory:", mode: .build)
    for statement in Schema.tables { try connection.execute(statement) }
    let statement = try connection.prepare("INSERT INTO dictionary VALUES (0, ?1)")
    try statement.bind(0, dictionary)
    try statement.run()
    return (connection, try PackDictionaries(connection))
}

private func unpacked(_ bytes: [UInt8], with dictionary: [UInt8], row: Int = 0) throws -> RowContent {
    let (connection, dictionaries) = try reader(of: dictionary)
    return try bytes.withUnsafeBytes { try connection.unpacker.content($0, row: row, with: dictionaries) }
}

/// What records of one kind hold, alike but for a few words.
private func invented(_ count: Int) -> [RowContent] {
    (0..<count).map { number in
        RowContent(
            json: """
                {"access":"open","description":"In \(number * 37 % 101) animals the thalamus was targeted, in \(number) others \
                it was left intact.","id":"dandi:dataset:\(number)","title":"Invented recordings \(number * 7919 % 5000)"}
                """,
            tags: [4, UInt8(number % 251), 1, 2, 3])
    }
}

@Test(arguments: [
    ("", 1, 0), ("a", 1, 3), ("{\"facet\":\"region\"}", 1, 200), ("thalamus ", 20_000, 70_000),
    ("é\u{1F600}\u{0301} שלום", 1, 1), ("line\none\ttab", 1, 127),
])
func `what a row holds comes back as it was`(piece: String, count: Int, tags: Int) throws {
    let content = RowContent(
        json: String(repeating: piece, count: count), tags: (0..<tags).map { UInt8(truncatingIfNeeded: $0 * 7) })
    #expect(RowContent(content.bytes) == content)
    for dictionary in [[], Packer.learn(from: invented(500))] {
        let packed = try Packer(dictionary: dictionary).packed(content)
        #expect(try unpacked(packed, with: dictionary) == content)
    }
}

@Test func `a dictionary is learnt where there is enough to learn from, and halves what is packed`() throws {
    #expect(Packer.learn(from: []) == [])
    #expect(Packer.learn(from: invented(20)) == [])
    let contents = invented(2000)
    let learnt = Packer.learn(from: contents)
    #expect(learnt.count > 1000)
    #expect(Packer.learn(from: contents) == learnt)
    func size(_ dictionary: [UInt8]) throws -> Int {
        let packer = try Packer(dictionary: dictionary)
        return try contents.reduce(0) { try $0 + packer.packed($1).count }
    }
    #expect(try size(learnt) + learnt.count < size([]) / 2)
}

@Test(
    arguments: [
        [], [1], [5, 0, 0, 0, 0xff], [0xff, 0xff, 0xff, 0x7f, 0], [0x28, 0xb5, 0x2f, 0xfd],
        [0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
    ] as [[UInt8]])
func `bytes that nothing was packed into are damage, not a crash`(bytes: [UInt8]) throws {
    let error = #expect(throws: StoreError.self) { try unpacked(bytes, with: []) }
    #expect(error?.kind == .corrupt)
}

@Test func `every changed or missing byte gives an error or other bytes, and never a crash`() throws {
    let dictionary = Packer.learn(from: invented(500))
    let (connection, dictionaries) = try reader(of: dictionary)
    let packed = try Packer(dictionary: dictionary).packed(invented(501)[500])
    for position in packed.indices {
        for bit in 0..<8 {
            var damaged = packed
            damaged[position] ^= 1 << UInt8(bit)
            _ = damaged.withUnsafeBytes { bytes in
                try? connection.unpacker.content(bytes, row: 0, with: dictionaries)
            }
        }
        _ = packed[..<position].withUnsafeBytes { bytes in
            #expect(throws: StoreError.self) { try connection.unpacker.content(bytes, row: 0, with: dictionaries) }
        }
    }
}

@Test func `a row before every dictionary is damage`() throws {
    let packed = try Packer(dictionary: []).packed(RowContent(json: "{}"))
    #expect(throws: StoreError.self) { try unpacked(packed, with: [], row: -1) }
}

@Test func `rows are packed with the dictionary of their own`() throws {
    let temporary = try TemporaryIndex()
    // More than share one dictionary: titles of the first are told by numbers, those of the last by letters.
    let records = (0..<17_000).map { number in
        record("\(100_000 + number)", title: "Invented recordings of \(number < 16_384 ? "mice" : "rats") \(number)")
    }
    let generation = try temporary.publish(records.map { ($0, []) })
    let count = try generation.connections.read { connection throws(StoreError) in
        try connection.one("SELECT count(*) FROM dictionary").number
    }
    #expect(count == 2)
    let plain = try records.reduce(0) { try $0 + encoded($1).utf8.count }
    #expect(abs(Double(try generation.contentBytes()) / Double(plain) - 1) < 0.1)
    for row in [0, 16_383, 16_384, 16_999] {
        #expect(try generation.records(rows: [row]).first?.record == records[row])
    }
}

private func encoded(_ record: Records.Record) throws -> String { try StagingFile().encoded(record) }
