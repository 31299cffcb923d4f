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
        let json = #"[{"id":"dandi:dataset:1","more":[1,{"a":null}],"rule":"doi","weight":0.5}]"#
        #expect(try StoredJSON.alsoAt(json) == [AlsoAt(id: RecordID(.dandi, .dataset, "1"), url: nil, rule: "doi")])
    }

    @Test(arguments: [
        "", "{}", "[", "[{]", "[{}]", "[] []", "[null]", #"[{"id":"none","rule":"doi"}]"#, #"[{"rule":1}]"#,
        #"[{"rule":"a" "url":"b"}]"#, #"[{"rule":"a"},]"#,
    ])
    func `what is no list of places is an error`(json: String) {
        #expect(throws: (any Error).self) { try StoredJSON.alsoAt(json) }
    }
}
