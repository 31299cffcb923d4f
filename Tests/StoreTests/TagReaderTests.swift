import Foundation
import Records
import TestSupport
import Testing

@testable import Store

/// Tags are read back as they were written, and damage is noticed.
struct TagReaderTests {
    private static let texts = [
        "", "visual cortex", "\"quoted\" \\ and / slashed", "tab\t, line\n, bell\u{7}", "Purkinje-Zelle µm ½ 𝄞", "null",
        "[{\"facet\":\"region\"}]",
    ]

    private static func tags(seed: UInt64) -> [Records.Tag] {
        var random = SplitMix(seed: seed)
        func text() -> String { texts[Int(random.next() % UInt64(texts.count))] }
        func number() -> Int? { random.next() % 2 == 0 ? Int(random.next() % 4_000) : nil }
        return (0..<Int(random.next() % 12)).map { _ in
            Records.Tag(
                facet: Facet.allCases[Int(random.next() % UInt64(Facet.allCases.count))], term: text(), label: text(),
                part: number(),
                evidence: Evidence(
                    Evidence.Kind.allCases[Int(random.next() % 3)], place: text(),
                    rule: random.next() % 2 == 0 ? text() : nil, words: random.next() % 2 == 0 ? text() : nil,
                    start: number(), end: number()))
        }
    }

    @Test(arguments: 0..<200)
    func `tags are read as they were encoded`(seed: Int) throws {
        let tags = Self.tags(seed: UInt64(seed))
        let encoder = JSONEncoder()
        encoder.outputFormatting = seed % 2 == 0 ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted]
        let json = String(decoding: try encoder.encode(tags), as: UTF8.self)
        #expect(try TagReader.tags(json) == tags)
    }

    @Test func `what a newer version adds is stepped over`() throws {
        let json = """
            [{"evidence":{"kind":"stated","where":"about","more":[1,{"a":null}]},"facet":"region","label":"V1",\
            "term":"MBA:385","weight":0.5}]
            """
        #expect(
            try TagReader.tags(json) == [
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
        #expect(throws: (any Error).self) { try TagReader.tags(json) }
    }
}
