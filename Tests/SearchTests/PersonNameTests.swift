import Planner
import Records
import TestSupport
import Testing

@testable import Search

/// Whom a name means, and that persons and laboratories meet.
struct PersonNameTests {
    @Test(arguments: [
        ("Buzsáki", "Buzsáki, György"), ("G. Buzsaki", "György Buzsáki"), ("György Buzsáki", "Buzsaki G"),
        ("buzsaki gyorgy", "György Buzsáki"), ("Lisa Giocomo", "Giocomo, Lisa M."), ("LM Giocomo", "Giocomo, Lisa M."),
        ("Clay Reid", "R. Clay Reid"), ("R. Clay Reid", "Reid, Clay"), ("Matthijs van der Meer", "van der Meer, M."),
        ("Meer", "van der Meer, Matthijs"), ("Liset de la Prida", "de la Prida, Liset M."),
        ("Thomas Mrsic-Flogel", "Mrsic-Flogel T"), ("O'Keefe", "John O’Keefe"), ("Jean-Luc Example", "Example, J.-L."),
        ("Müller", "Muller, Ada"), ("EXAMPLE", "Ada Example"),
    ])
    func `names of one person are compatible`(asked: String, known: String) {
        #expect(PersonName(asked, isAnyOrder: true).isCompatible(with: PersonName(known)))
    }

    @Test(arguments: [
        ("György Buzsáki", "Buzsáki, Gina"), ("Thomas", "Thomas Example"), ("Bo Example", "Ada B. Example"),
        ("Zoe Example", "Ada Example"), ("A. Example", "Bo Example"), ("Exam", "Ada Example"), ("Flog", "Flogel"),
        ("", "Ada Example"), ("Ada Example", ""), ("Smith, John", "Smith, Jane"),
    ])
    func `names of different people are not`(asked: String, known: String) {
        #expect(!PersonName(asked, isAnyOrder: true).isCompatible(with: PersonName(known)))
    }

    private static func record(_ name: String, people: [String] = [], labs: [String] = []) -> Record {
        Record(
            id: RecordID(.brainstem, .session, name), title: name, contributors: people, labs: labs)
    }

    /// Two laboratories that the vocabulary has, one that it has not, and contributors.
    private static let index = Result {
        try SmallIndex([
            record("karel", people: ["Svoboda, Karel", "Example, Ada"]), record("svoboda-lab", labs: ["Svoboda lab"]),
            record("other-svoboda", people: ["Svoboda, Jana"]), record("example-lab", labs: ["Ada Example Laboratory"]),
            record("of-lab", labs: ["Laboratory of Zoe Sample, Somewhere"]),
            record("two", labs: ["Sample & Specimen Lab (Elsewhere)"]),
            record("initial", people: ["A. Example"]), record("bo", people: ["Example, Bo"]),
            record("institute", people: ["Ada Institute"], labs: ["Example Institute for Brain Science"]),
            record("nobody"),
        ])
    }

    @Test(arguments: [
        ("person:\"Karel Svoboda\"", ["karel", "svoboda-lab"]), ("person:\"K. Svoboda\"", ["karel", "svoboda-lab"]),
        ("person:Svoboda", ["karel", "other-svoboda", "svoboda-lab"]),
        ("lab:\"Svoboda lab\"", ["karel", "svoboda-lab"]),
        ("person:\"Ada Example\"", ["example-lab", "initial", "karel"]),
        ("lab:\"Ada Example Laboratory\"", ["example-lab", "initial", "karel"]),
        ("person:\"Bo Example\"", ["bo"]), ("person:\"Zoe Sample\"", ["of-lab", "two"]), ("person:Specimen", ["two"]),
        ("person:Elsewhere", []),
        ("-person:\"Karel Svoboda\"", ["bo", "initial", "institute", "other-svoboda"]),
    ])
    func `a person is found by their laboratory, and a laboratory by its head`(query: String, natives: [String]) throws
    {
        #expect(try Self.index.get().matches(query).sorted() == natives)
    }

    @Test func `the evidence says whether it was the contributor or the laboratory`() throws {
        let hits = try Self.index.get().search("person:\"Karel Svoboda\"").hits.filter { $0.tier == .match }
        let reasons = Dictionary(uniqueKeysWithValues: hits.map { ($0.id.native, $0.matched) })
        #expect(reasons["karel"]?.map(\.facet) == [.person])
        #expect(reasons["svoboda-lab"]?.map(\.facet) == [.lab])
        #expect(reasons["svoboda-lab"]?.first?.evidence.provenance == "labs")
    }

    @Test func `the counts beside people and laboratories are the totals of the filters`() throws {
        let index = try Self.index.get()
        let result = try index.search("")
        for facet in [Facet.person, .lab] {
            let values = try #require(result.facets[facet.rawValue])
            #expect(!values.isEmpty)
            for value in values {
                let choice = FacetChoice(facet: facet, value: value.id, isNegated: false)
                #expect(try index.search("", choices: [choice]).total == value.count, "\(value)")
            }
        }
    }

    @Test func `a label that is not what the id says is passed over`() throws {
        var plan = Plan(query: "")
        plan.filters = [
            Plan.Filter(
                facet: .person, anyOf: [.init(id: "text:person:bo example", label: "Karel Svoboda")],
                words: .init(text: "", start: 0, end: 0), via: .operator)
        ]
        let index = try Self.index.get()
        #expect(try index.natives(.match, of: index.searcher.search(SearchRequest(plan: plan))) == ["bo"])
    }
}
