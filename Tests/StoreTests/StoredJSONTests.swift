import Foundation
import Records
import TestSupport
import Testing

@testable import Store

/// Records and where else they are listed are read back as they were written, and damage is noticed.
struct StoredJSONTests {
    private func encoded(_ value: some Encodable, _ seed: Int) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = seed % 2 == 0 ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test(arguments: 0..<200)
    func `values are read as they were encoded`(seed: Int) throws {
        var draw = Draw(random: SplitMix(seed: UInt64(seed)))
        let record = draw.record()
        #expect(try StoredJSON.record(encoded(record, seed)) == record)
        let places = draw.list { draw in
            AlsoAt(id: draw.maybe { $0.record().id }, url: draw.maybe { $0.text() }, rule: draw.text())
        }
        #expect(try StoredJSON.alsoAt(encoded(places, seed)) == places)
    }

    @Test(arguments: 0..<100)
    func `values are written as the toolchain's encoder writes them, every property of theirs`(seed: Int) throws {
        var draw = Draw(random: SplitMix(seed: UInt64(seed)), isFull: seed < 50)
        let record = draw.record()
        #expect(seed >= 50 || omissions(of: record) == [])
        #expect(try StoredJSON.encoded(record, of: record.id) == encoded(record, 0))
        let places = [AlsoAt(id: record.id, url: draw.text(), rule: draw.text())]
        #expect(omissions(of: places).isEmpty || seed >= 50)
        #expect(try StoredJSON.encoded(places, of: record.id) == encoded(places, 0))
    }

    @Test func `a number without a form in JSON is an error, not a loss`() throws {
        var record = Invented.session("odd")
        record.quantities = [Quantity(.units, 1...Double.infinity, provenance: "x")]
        #expect(throws: StoreError.self) { try StoredJSON.encoded(record, of: record.id) }
    }

    @Test(arguments: [
        (#""facet":"region""#, #""facet":"nowhere""#), (#""min":3"#, #""min":30"#), (#""min":3,"#, ""),
        (#","title":"Session x""#, ""), (#""id":"brainstem:session:x""#, #""id":"x""#), (#""part":0"#, #""part":null"#),
    ])
    func `a record that lacks what it must have, or has what cannot be, is an error`(right: String, wrong: String)
        throws
    {
        let record = Invented.session("x", recordings: [("thalamus", nil)], subjects: 3)
        let json = try StoredJSON.encoded(record, of: record.id)
        #expect(json.contains(right))
        #expect(try StoredJSON.record(json) == record)
        #expect(throws: (any Error).self) { try StoredJSON.record(json.replacing(right, with: wrong)) }
    }

    @Test func `a record that ends anywhere before its end is an error`() throws {
        var draw = Draw(random: SplitMix(seed: 7))
        let json = Array(try encoded(draw.record(), 0).utf8)
        for end in json.indices {
            #expect(throws: (any Error).self) {
                try StoredJSON.record(String(decoding: json[..<end], as: UTF8.self))
            }
        }
    }

    @Test func `what a newer version adds is stepped over`() throws {
        let place = AlsoAt(id: RecordID(.dandi, .dataset, "1"), url: nil, rule: "doi")
        for json in [
            #"[{"id":"dandi:dataset:1","more":[1,{"a":null}],"rule":"doi","weight":0.5}]"#,
            #"[{"rule":"doi", "a":{}, "\u0061":"\"", "z":[] ,"id" : "dandi:dataset:1"}]"#,
        ] { #expect(try StoredJSON.alsoAt(json) == [place]) }
    }

    @Test(arguments: [
        "", "{}", "[", "[{]", "[{}]", "[] []", "[null]", #"[{"id":"none","rule":"doi"}]"#, #"[{"rule":1}]"#,
        #"[{"rule":"a" "url":"b"}]"#, #"[{"rule":"a"},]"#,
    ])
    func `what is no list of places is an error`(json: String) {
        #expect(throws: (any Error).self) { try StoredJSON.alsoAt(json) }
    }
}
