import FoundationEssentials
import Records
import TestSupport
import Testing
import Text
import Vocabulary

private let vocabulary = Result { try Vocabulary.load(folder: Places.vocabularies) }
private let columns = "lists\twords\tvalue\tuse\n"

/// A vocabulary of one term with lists of words beside or instead of the project's.
private func loaded(_ lists: [String: String], besideProjects: Bool = true) throws -> Vocabulary {
    let folder = try TemporaryFolder()
    if besideProjects { try Places.copyWordLists(to: folder.path) }
    try folder.write(
        "id\tlabel\tsynonyms\tacronyms\tadjectives\tparents\txrefs\timplies\tflags\nR:1\tone\n", to: "region/a.tsv")
    for (name, text) in lists { try folder.write(text, to: "english/\(name)") }
    return try Vocabulary.load(folder: folder.path)
}

@Test(arguments: [
    ("sessions", Lexicon.List.target, true), ("between", .preposition, true), ("between", .article, false),
    ("the", .stopWord, true), ("thalamus", .stopWord, false), ("or more", .comparisonAfter, false),
])
func `a word stands in the lists that the tables put it in`(word: String, list: Lexicon.List, isIn: Bool) throws {
    let folded = Tokenizer.folded(word)
    #expect(try vocabulary.get().lexicon.lists(of: folded).contains(list) == isIn)
}

@Test func `words stand for what the tables say`() throws {
    let lexicon = try vocabulary.get().lexicon
    #expect(lexicon.targets["data set"] == .dataset && lexicon.headTargets["cohort"] == .cohort)
    #expect(lexicon.counted["neuron"] == .units)
    #expect(lexicon.dateVerbs["released"] == .published)
    #expect(lexicon.dateRelations["till"] == .until)
    #expect(lexicon.facetWords["paradigm"] == .task)
    #expect(lexicon.numbers["dozen"] == 12)
    #expect(lexicon.factors["thousand"] == 1000)
    #expect(lexicon.bytes["gib"] == 1_073_741_824)
    #expect(lexicon.seconds["hr"] == 3600)
    #expect(lexicon.days["week"] == 7)
    #expect(lexicon.months["sept"] == 9)
}

@Test func `the longest phrase that begins with a word comes first`() throws {
    let lexicon = try vocabulary.get().lexicon
    #expect(lexicon.phrases(of: .negation, beginningWith: "except") == [["except", "for"], ["except"]])
    #expect(lexicon.phrases(of: .negation, beginningWith: "isn") == [["isn", "t"]])
    #expect(lexicon.phrases(of: .negation, beginningWith: "mouse").isEmpty)
    let counts = lexicon.comparisonsBefore.map(\.phrase.count)
    #expect(counts == counts.sorted(by: >))
}

@Test(arguments: [
    ("Find recordings of the thalamus", ["recordings", "thalamus"]), ("what is it", ["what", "is", "it"]), ("", []),
    ("does-not matter", ["matter"]),
])
func `a search leaves out the words that say nothing, unless there are no others`(text: String, words: [String]) throws
{
    #expect(try vocabulary.get().lexicon.searchWords(of: text) == words)
}

@Test(arguments: [
    (VocabularyFinding.Kind.repeatedWord, "sessions", "target\tsessions\tsession\n"),
    (.upperCaseWord, "Dr", "work\tDr\n"),
])
func `a list with a word twice or with a capital is a fault`(
    kind: VocabularyFinding.Kind, term: String, line: String
) throws {
    let found = try loaded(["more.tsv": columns + line]).findings()
    #expect(found.contains { $0.kind == kind && $0.term == term }, "\(found)")
}

@Test func `a list that no table fills is a fault`() throws {
    let found = try loaded(["few.tsv": columns + "article\tthe\n"], besideProjects: false).findings()
    let empty = found.filter { $0.kind == .emptyWordList }.map(\.term)
    #expect(empty.count == Lexicon.List.allCases.count - 1)
    #expect(!empty.contains("article"))
}

@Test(arguments: [
    "article\tthe\n", columns + "no-such-list\tthe\n", columns + "article\n", columns + "article\t\n",
    columns + "article\tthe\t\t\t\n", columns + "target\tthing\trubbish\n", columns + "number\tmany\tlots\n",
])
func `a malformed list is refused`(table: String) throws {
    #expect(throws: VocabularyError.self) { try loaded(["more.tsv": table]) }
}

@Test func `a folder without lists of words is refused`() throws {
    let error = #expect(throws: VocabularyError.self) { try loaded([:], besideProjects: false) }
    #expect(error?.kind == .missing)
}

@Test func `other words make another vocabulary`() throws {
    let one = try loaded([:])
    let other = try loaded(["more.tsv": columns + "work\tplay\n"])
    #expect(one.fingerprint != other.fingerprint)
    #expect(one.fingerprint == (try loaded([:])).fingerprint)
}

@Test(arguments: Lexicon.List.allCases)
func `a list is named after its case`(list: Lexicon.List) {
    let letters = "\(list)".map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }
    #expect(list.name == letters.joined())
}

/// A list that no code asks for is dead.
@Test(arguments: Lexicon.List.allCases)
func `every list is used`(list: Lexicon.List) throws {
    #expect(try members.get().contains("\(list)"), "no source asks for \(list.name)")
}

/// All names that stand behind a dot in the modules that read the lists.
private let members = Result {
    let root = Places.root + "/Sources"
    var members: Set<String> = []
    for module in ["Vocabulary", "Planner", "Indexing"] {
        for file in try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(module)")
        where file.hasSuffix(".swift") && !file.hasSuffix("Lexicon+List.swift") {
            let text = try String(contentsOfFile: "\(root)/\(module)/\(file)", encoding: .utf8)
            for piece in text.split(separator: ".") { members.insert(String(piece.prefix(while: \.isLetter))) }
        }
    }
    return members
}
