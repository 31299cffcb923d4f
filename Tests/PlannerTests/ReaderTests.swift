import Records
import TestSupport
import Testing
import Vocabulary

@testable import Planner

private func question(_ text: String) throws -> Question {
    Question(text, lexicon: try planner.get().vocabulary.lexicon)
}

/// A finding of some tokens, as far as joining and numbering look at it.
private func finding(_ tokens: Range<Int>, _ facet: Facet, _ id: String, scope: Int? = nil) -> Finding {
    Finding(
        tokens: tokens, facet: facet, value: Plan.Value(id: id, label: id), term: nil, via: .label, confidence: 0.9,
        scope: scope)
}

struct FormTests {
    @Test(arguments: [
        ("10000", 10_000.0, "", 1), ("10k", 10_000, "", 1), ("5GB", 5, "gb", 1), ("twenty", 20, "", 1),
        ("2 hundred", 200, "", 2), ("three dozen", 36, "", 2), ("1.5M", 1_500_000, "", 1), ("30min", 30, "min", 1),
    ])
    func `a number is read with its multiple and the unit against it`(
        text: String, value: Double, unit: String, length: Int
    ) throws {
        let number = try #require(try question(text).number(at: 0))
        #expect(number.value == value)
        #expect(number.unit == unit)
        #expect(number.length == length)
    }

    @Test(arguments: ["mouse", "P60", "5xFAD", "gb", ""])
    func `what is no number is none`(text: String) throws {
        #expect(try question(text).number(at: 0) == nil)
    }

    @Test(arguments: [
        ("2021", "2021-01-01", "2021-12-31", 1, false), ("2021-03-02", "2021-03-02", "2021-03-02", 3, true),
        ("2021/02", "2021-02-01", "2021-02-28", 2, true), ("March 2021", "2021-03-01", "2021-03-31", 2, true),
        ("1 March 2021", "2021-03-01", "2021-03-01", 3, true), ("Sept 2nd 2020", "2020-09-02", "2020-09-02", 3, true),
        ("1 March to 30 June 2021", "2021-03-01", "2021-03-01", 2, true),
    ])
    func `a date is read as the days it stands for`(
        text: String, first: String, last: String, end: Int, isSpecific: Bool
    ) throws {
        let date = try #require(try question(text).date(at: 0))
        #expect(CalendarDay.iso(date.days.lowerBound) == first)
        #expect(CalendarDay.iso(date.days.upperBound) == last)
        #expect(date.end == end)
        #expect(date.isSpecific == isSpecific)
    }

    @Test(arguments: ["1 March", "32 March 2021", "1850", "may I ask", "mice"])
    func `what is no date is none`(text: String) throws {
        #expect(try question(text).date(at: 0) == nil)
    }

    @Test(arguments: [
        ("at least 5", 2, Comparison.Relation.atLeast, 0), ("more than a hundred", 3, .moreThan, 0),
        ("mice > 5", 1, .moreThan, 1), ("≤ 5", 0, .atMost, 0), ("mice 5", 1, .exactly, 1), ("about 5", 1, .about, 0),
    ])
    func `a comparison is read from the words before a number`(
        text: String, number: Int, relation: Comparison.Relation, start: Int
    ) throws {
        let comparison = Comparison.around(number..<(number + 1), in: try question(text))
        #expect(comparison.relation == relation)
        #expect(comparison.start == start)
    }

    @Test func `words outside of the text stand in no list`() throws {
        let question = try question("the mice")
        #expect(question.has(.article, at: 0))
        #expect(!question.has(.article, at: 1))
        #expect(!question.has(.article, at: -1))
        #expect(!question.has(.article, at: 2))
        #expect(question.has(.article, in: 0..<2))
        #expect(question.hasAny(of: [.preposition, .article], at: 0))
    }
}

struct DraftTests {
    @Test func `a reading adds to the draft, and its words are spoken for`() throws {
        var draft = Draft(try question("mice and rats"))
        draft.apply(Reading(findings: [finding(2..<3, .species, "rat")], target: .session, used: [2..<3]))
        draft.apply(Reading(findings: [finding(0..<1, .species, "mouse")], target: .dataset, used: [0..<1]))
        #expect(draft.findings.map(\.value.id) == ["mouse", "rat"])
        #expect(draft.target == .session)
        #expect(draft.question.isUsed == [true, false, true])
    }

    @Test func `alternatives share a filter, and a scope of one filter binds nothing`() throws {
        let question = try question("mice or rats in CA1")
        var findings = [
            finding(0..<1, .species, "mouse", scope: 7), finding(2..<3, .species, "rat", scope: 7),
            finding(4..<5, .region, "CA1", scope: 9),
        ]
        findings[1].isAlternative = true
        let filters = findings.filters(in: question).withScopesRenumbered().filters
        #expect(filters.map { $0.anyOf.map(\.id) } == [["mouse", "rat"], ["CA1"]])
        #expect(filters.map(\.scope) == [nil, nil])
        #expect(filters[0].words.text == "mice or rats")
    }

    @Test func `scopes are numbered from one in the order of the filters`() throws {
        let question = try question("a b c d")
        let findings = [(0, 40), (1, 33), (2, 40), (3, 33)].map {
            finding($0.0..<($0.0 + 1), .region, "\($0)", scope: $0.1)
        }
        #expect(findings.filters(in: question).withScopesRenumbered().filters.map(\.scope) == [1, 2, 1, 2])
    }

    @Test func `of more than a plan may hold, the last of the longest list is left out`() throws {
        var draft = Draft(try question("x"))
        draft.apply(Reading(records: ["dandi:dataset:000001", "dandi:dataset:000002"]))
        let findings = (0...Planner.mostFilters).map { finding(0..<1, .region, "\($0)") }
        let plan = draft.plan(findings: findings, text: "")
        #expect(plan.records.count == 2 && plan.filters.count == Planner.mostFilters - 2)
        #expect(plan.filters.first?.anyOf.map(\.id) == ["0"] && plan.warnings.map(\.code) == ["too_many"])
    }
}

struct NameReadingTests {
    private func mentions(_ question: Question) throws -> Mentions {
        MentionReader(question: question, vocabulary: try planner.get().vocabulary).read()
    }

    @Test(arguments: [
        ("mice without anesthesia", ["anesthesia"]), ("no mice, rats or gerbils", ["mice", "rats", "gerbils"]),
        ("not only mice", []), ("non-human primates", []), ("drug-free mice", ["drug"]),
        ("unlesioned rats", ["unlesioned"]),
        ("no lesion in rats from CA1", ["lesion"]),
    ])
    func `a denial reaches the names of its list`(text: String, denied: [String]) throws {
        let question = try question(text)
        let mentions = try mentions(question)
        let vocabulary = try planner.get().vocabulary
        let parse = Parse(question, mentions: mentions.all)
        let scope = DenialScope(question: question, mentions: mentions.all, parse: parse, vocabulary: vocabulary)
        let negation = NegationReader(question: question, mentions: mentions, parse: parse, scope: scope).read()
        #expect(negation.mentions.sorted().map { question.written(mentions.all[$0].tokens) } == denied)
    }

    @Test(arguments: [
        ("Dr. Rat", true), ("The Mouse paper", true), ("the mouse paper", false),
        ("neurons projecting to the CA1", true),
        ("CA1-projecting neurons", true), ("axons in CA1", false), ("given PO", true), ("PO neurons", false),
        ("10 mg/kg SC", true),
    ])
    func `a name said by the way is told from one that is meant`(text: String, isAside: Bool) throws {
        let question = try question(text)
        let vocabulary = try planner.get().vocabulary
        let reader = AsideReader(question: question, vocabulary: vocabulary)
        let names = try mentions(question).all
        #expect(names.contains { reader.isAside($0) } == isAside)
    }

    @Test(arguments: [
        ("Neuropixels 1.0, not 2.0", ["-device=Neuropixels 2.0", "device=Neuropixels 1.0"]),
        ("Neuropixels 1.0 or 2.0", ["device=Neuropixels 1.0|Neuropixels 2.0"]),
        ("Neuropixels 1.0 probes with 2.0 mm spacing", ["device=Neuropixels 1.0"]),
    ])
    func `a bare version is the same family's other model`(query: String, expected: [String]) throws {
        #expect(try filters(query) == expected)
    }

    @Test(arguments: [
        ("how do mice and rats remember faces", "remember faces"), ("I'm asking", "asking"),
        ("\"visual the\" mice", "visual the"), ("sleep in https://example.org/a-b", "https://example.org/a-b"),
    ])
    func `what became nothing else ranks`(query: String, text: String) throws {
        #expect(try planner.get().plan(query).text == text)
    }
}
