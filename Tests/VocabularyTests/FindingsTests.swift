import TestSupport
import Testing
import Vocabulary

private let columns = "id\tlabel\tsynonyms\tacronyms\tadjectives\tparents\txrefs\timplies\tflags\n"

private func findings(_ tables: [String: String]) throws -> [VocabularyFinding] {
    let folder = try TemporaryFolder()
    try Places.copyWordLists(to: folder.path)
    for (name, text) in tables { try folder.write(text, to: name) }
    return try Vocabulary.load(folder: folder.path).findings()
}

@Test func `the project's tables are clean`() throws {
    #expect(try Vocabulary.load(folder: Places.vocabularies).findings().map(\.description) == [])
}

@Test(arguments: [
    (VocabularyFinding.Kind.duplicateID, "R:1", "R:1\tone\nR:1\tother"),
    (.cycle, "R:1", "R:1\tone\t\t\t\tR:2\nR:2\ttwo\t\t\t\tR:1"),
    (.dangling, "R:1", "R:1\tone\t\t\t\tR:9"), (.dangling, "R:1", "R:1\tone\t\t\t\t\t\tspecies=R:9"),
    (.foreignParent, "R:1", "R:1\tone\t\t\t\tD:1"),
    (.obsoleteParent, "R:1", "R:1\tone\t\t\t\tR:2\nR:2\ttwo\t\t\t\t\t\t\tobsolete"),
    (.ambiguousName, "stripe", "R:1\tone\tstripe\nR:2\ttwo\tStripes"),
    (.ambiguousName, "xy", "R:1\tone\t\tXY\nR:2\ttwo\t\tXY"), (.sharedName, "ulcer", "R:1\tulcer"),
    (.needlessHomonym, "ZZ", "R:1\tone"),
])
func `each fault of a table is found and named`(kind: VocabularyFinding.Kind, term: String, lines: String) throws {
    let found = try findings([
        "region/a.tsv": columns + lines + "\n", "disease/a.tsv": columns + "D:1\tulcer\n",
        "ambiguous.tsv": kind == .needlessHomonym ? "ZZ\tR:1=word\ta test\n" : "",
    ])
    #expect(found.contains { $0.kind == kind && $0.term == term }, "\(found)")
}

@Test(arguments: [
    "R:1\tone\tstripe\nR:2\ttwo\tstripe\t\t\tR:1", "R:1\tone\tstripe\nR:2\ttwo\tstripe\t\t\t\t\t\tsilent",
    "R:1\tone\t\tac\nR:2\ttwo\t\tAC", "R:1\tone\tstripe\nR:2\ttwo\t\tstripe",
    "R:1\tone\tstripe\nR:2\ttwo\tstripe\t\t\t\tR:1",
])
func `names that a rule decides are no fault`(lines: String) throws {
    #expect(try findings(["region/a.tsv": columns + lines + "\n"]) == [])
}

@Test func `a listed homonym is no fault, and its words tell the readings apart`() throws {
    let folder = try TemporaryFolder()
    try Places.copyWordLists(to: folder.path)
    try folder.write(columns + "R:1\tone\t\tXY\nR:2\ttwo\t\tXY\n", to: "region/a.tsv")
    try folder.write("# comment\nname\tcues\treason\nXY\tR:2=reward cocaine\tboth in use\n", to: "ambiguous.tsv")
    let vocabulary = try Vocabulary.load(folder: folder.path)
    #expect(vocabulary.findings() == [])
    let two = try #require(vocabulary.number(of: "R:2"))
    let one = try #require(vocabulary.number(of: "R:1"))
    #expect(vocabulary.cueCount(for: two, named: "XY", among: ["reward", "rat"]) == 1)
    #expect(vocabulary.cueCount(for: one, named: "XY", among: ["reward", "rat"]) == 0)
}

@Test(arguments: ["XY\tR:1=word", "XY\tR:1\ta reason", "XY\t\t"])
func `a malformed line of homonyms is refused`(line: String) throws {
    #expect(throws: VocabularyError.self) {
        try findings(["region/a.tsv": columns + "R:1\tone\n", "ambiguous.tsv": line + "\n"])
    }
}

@Test(arguments: ["one one", "nucleus lateral"])
func `a name is its words in their order`(text: String) throws {
    let folder = try TemporaryFolder()
    try Places.copyWordLists(to: folder.path)
    try folder.write(columns + "R:1\ttwo two\nR:2\tlateral nucleus\n", to: "region/a.tsv")
    #expect(try Vocabulary.load(folder: folder.path).mentions(in: text).isEmpty)
}

@Test(arguments: ["pre-frontal cortex", "prefrontal cortex", "opto-genetics"])
func `a word may be written with a hyphen the tables lack`(text: String) throws {
    let folder = try TemporaryFolder()
    try Places.copyWordLists(to: folder.path)
    try folder.write(columns + "R:1\tprefrontal cortex\toptogenetics\nR:2\tfrontal cortex\n", to: "region/a.tsv")
    let vocabulary = try Vocabulary.load(folder: folder.path)
    #expect(vocabulary.mentions(in: text).map { vocabulary.id(of: $0.numbers[0]) } == ["R:1"])
}
