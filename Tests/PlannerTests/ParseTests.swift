import Records
import TestSupport
import Testing
import Vocabulary

@testable import Planner

/// The shallow parse as a value.
struct ParseTests {
    private func parse(_ text: String) throws -> (parse: Parse, question: Question) {
        let vocabulary = try planner.get().vocabulary
        let question = Question(text, lexicon: vocabulary.lexicon)
        let mentions = MentionReader(question: question, vocabulary: vocabulary).read().all
        return (Parse(question, mentions: mentions), question)
    }

    @Test(arguments: [
        ("tetrode recordings in rats", "PROPN NOUN ADP PROPN"), ("mice expressing ChR2", "PROPN VERB PROPN"),
        ("GCaMP6f imaging in V1", "PROPN NOUN ADP PROPN"), ("we never recorded it", "PRON ADV VERB PRON"),
        ("data that were shared", "NOUN SCONJ AUX VERB"), ("our lab or theirs", "DET NOUN CCONJ DET"),
        ("is there any EEG?", "AUX PRON DET PROPN"),
    ])
    func `words have the part of speech of their place`(text: String, tags: String) throws {
        #expect(try parse(text).parse.units.map(\.tag.rawValue).joined(separator: " ") == tags)
    }

    @Test(arguments: [
        ("We work with ferrets. I need mouse V1.", [Parse.Clause.Kind.background, .request]),
        ("We usually record EEG, but now we want MEG", [.background, .request]),
        ("Every search gives me mice. Are there ferrets?", [.complaint, .request]),
        ("Rats, e.g. Long-Evans, in CA1", [.request]),
        ("The animals were awake", [.description]),
        ("Morphine is known to change sleep; show me EEG", [.background, .request]),
        ("A colleague records from frogs; toads, please", [.background, .request]),
    ])
    func `a clause is for something`(text: String, kinds: [Parse.Clause.Kind]) throws {
        #expect(try parse(text).parse.clauses.map(\.kind) == kinds)
    }

    @Test(arguments: [
        ("mouse, rat or gerbil recordings", "or: mouse | rat | gerbil recordings"),
        ("V1 and CA1 in mice", "and: V1 | CA1"), ("either from rats or from mice", "or: rats | mice"),
        ("awake vs asleep", "versus: awake | asleep"), ("neither mice nor rats", "nor: mice | rats"),
        ("urethane, quuxamine or isoflurane", "or: urethane | quuxamine | isoflurane"),
        ("in striatum and cortex, rats", "and: striatum | cortex"), ("rats or maybe mice", "or: rats | mice"),
    ])
    func `a list has all its members, known or not`(text: String, list: String) throws {
        let (parse, question) = try parse(text)
        let lists = parse.lists.map { list in
            let members = list.members.map { question.written(parse.tokens(of: parse.phrases[$0])) }
            return "\(list.joint.rawValue): \(members.joined(separator: " | "))"
        }
        #expect(lists == [list])
    }

    @Test(arguments: [
        ("a lesion in the hippocampus of rats", ["lesion", "in hippocampus < lesion", "of rats < hippocampus"]),
        ("mice given muscimol in CA1", ["mice", "muscimol < mice", "in CA1 < muscimol"]),
        ("two silent Neuropixels probes", ["Neuropixels probes"]),
    ])
    func `a phrase hangs on the one before its preposition`(text: String, phrases: [String]) throws {
        let (parse, question) = try parse(text)
        func head(_ phrase: Parse.Phrase) -> String { question.written(parse.units[phrase.head].tokens) }
        let written = parse.phrases.map { phrase in
            let lead = phrase.preposition.map { question.written(parse.units[$0].tokens) + " " } ?? ""
            return lead + head(phrase) + (phrase.governor.map { " < " + head(parse.phrases[$0]) } ?? "")
        }
        #expect(written == phrases)
    }

    @Test(arguments: 0..<300)
    func `every text has a parse whose clauses hold every word once`(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        let words = [
            "not", "mice", "or", ",", "(", ")", "which", "we", "V1", ";", "either", "with", "\u{301}", "é", "3", "that",
            "recorded", ".", "and", "quuxamine", "ideally", "-", "/", "don't", "why is it always",
        ]
        let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
            .joined(separator: " ")
        let (parse, question) = try parse(text)
        #expect(parse.units.flatMap { Array($0.tokens) } == Array(question.tokens.indices))
        #expect(parse.clauses.flatMap { Array($0.units) } == Array(parse.units.indices))
        for phrase in parse.phrases {
            #expect(phrase.units.contains(phrase.head))
            #expect(phrase.governor.map { $0 < parse.phrases.count } ?? true)
        }
        #expect(parse.lists.allSatisfy { $0.members.count > 1 })
        #expect(try self.parse(text).parse == parse)
        #expect(throws: Never.self) { try planner.get().parse(text) }
    }
}
