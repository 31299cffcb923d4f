import Foundation
import Records
import TestSupport
import Testing

@testable import Store

/// Records and tags are read back as they were written, and damage is noticed.
struct StoredJSONTests {
    private static let texts = [
        "", "visual cortex", "\"quoted\" \\ and / slashed", "tab\t, line\n, bell\u{7}", "Purkinje-Zelle µm ½ 𝄞", "null",
        "[{\"facet\":\"region\"}]",
    ]

    /// Draws values of all kinds, each field of each left out at times where it may be.
    private struct Draw {
        var random: SplitMix
        mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        mutating func text() -> String { StoredJSONTests.texts[below(StoredJSONTests.texts.count)] }
        mutating func maybe<Value>(_ make: (inout Draw) -> Value) -> Value? { below(2) == 0 ? make(&self) : nil }
        mutating func list<Value>(_ make: (inout Draw) -> Value) -> [Value] { (0..<below(5)).map { _ in make(&self) } }
        mutating func one<Value: CaseIterable>(of type: Value.Type) -> Value where Value.AllCases == [Value] {
            Value.allCases[below(Value.allCases.count)]
        }
        mutating func texts() -> [String] { list { $0.text() } }
        mutating func part() -> Int? { maybe { $0.below(4_000) } }
        mutating func number() -> Double {
            [0, -1, 0.1, 1e-9, 6.02e23, 18_262, 1 / 3][below(7)]
        }

        mutating func tag() -> Records.Tag {
            Records.Tag(
                facet: one(of: Facet.self), term: text(), label: text(), part: part(),
                evidence: Evidence(
                    one(of: Evidence.Kind.self), place: text(), rule: maybe { $0.text() }, words: maybe { $0.text() },
                    start: part(), end: part()))
        }

        mutating func quantity() -> Quantity {
            let (one, other) = (number(), number())
            return Quantity(
                self.one(of: RangeField.self), min(one, other)...max(one, other), part: part(), place: text())
        }

        mutating func record() -> Record {
            Record(
                id: RecordID(one(of: Source.self), one(of: RecordType.self), "a:\(below(99))\""), title: text(),
                description: text(), url: maybe { $0.text() }, doi: maybe { $0.text() }, citation: maybe { $0.text() },
                access: one(of: Access.self), accessNote: maybe { $0.text() }, embargoedUntil: part(),
                contributors: texts(), labs: texts(), keywords: texts(),
                parts: list { draw in
                    Part(
                        role: draw.one(of: Part.Role.self), type: draw.text(), label: draw.text(),
                        native: draw.maybe { $0.text() })
                },
                statements: list { draw in
                    Records.Statement(
                        draw.one(of: Facet.self), draw.text(), identifiers: draw.texts(),
                        scheme: draw.maybe { $0.text() },
                        part: draw.part(), place: draw.text(), grade: draw.maybe { $0.text() })
                },
                quantities: list { $0.quantity() },
                passages: list { Passage($0.text(), $0.text(), part: $0.part(), isEvidence: $0.below(2) == 0) },
                links: list { draw in Link(.hasPart, draw.text(), label: draw.maybe { $0.text() }) }, notes: texts())
        }
    }

    private func encoded(_ value: some Encodable, _ seed: Int) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = seed % 2 == 0 ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test(arguments: 0..<200)
    func `values are read as they were encoded`(seed: Int) throws {
        var draw = Draw(random: SplitMix(seed: UInt64(seed)))
        let tags = draw.list { $0.tag() }
        #expect(try StoredJSON.tags(encoded(tags, seed)) == tags)
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
        let json = """
            [{"evidence":{"kind":"stated","where":"about","more":[1,{"a":null}]},"facet":"region","label":"V1",\
            "term":"MBA:385","weight":0.5}]
            """
        #expect(
            try StoredJSON.tags(json) == [
                Records.Tag(facet: .region, term: "MBA:385", label: "V1", evidence: Evidence(.stated, place: "about"))
            ])
    }

    @Test(arguments: [
        "", "{}", "[", "[{]", "[{}]", "[] []", "[null]", #"[{"facet":"mood","term":"a","label":"b"}]"#,
        #"[{"facet":"region","term":"a","label":"b"}]"#,
        #"[{"facet":"region","term":"a","label":"b","evidence":{"kind":"stated"}}]"#,
        #"[{"facet":"region","term":"a","label":"b","part":1.5,"evidence":{"kind":"stated","where":""}}]"#,
        #"[{"facet":"region","term":"a" "label":"b","evidence":{"kind":"stated","where":""}}]"#,
        #"[{"facet":"region","term":"a","label":"b","evidence":{"kind":"stated","where":""}},]"#,
    ])
    func `what is no list of tags is an error`(json: String) {
        #expect(throws: (any Error).self) { try StoredJSON.tags(json) }
    }
}
