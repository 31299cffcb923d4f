import Records
import TestSupport
import Testing
import Vocabulary

private let columns = "id\tlabel\tsynonyms\tacronyms\tadjectives\tparents\txrefs\timplies\tflags\n"

private func vocabulary(_ tables: [String: String]) throws -> Vocabulary {
    let folder = try TemporaryFolder()
    try Places.copyWordLists(to: folder.path)
    for (name, text) in tables { try folder.write(text, to: name) }
    return try Vocabulary.load(folder: folder.path)
}

private let regions = """
    #! facet: region
    #! scheme: UBERON
    \(columns)U:1\tbrain\t\t\t\t\t\t\tweak
    U:2\tthalamus\tdorsal thalamus\tTH\tthalamic\tU:1\tMBA:549
    U:3\tlateral geniculate nucleus\t\tLGN|dLGN\tgeniculate\tU:2
    U:4\tmedial septum\t\tMS\t\tU:1
    U:5\tgray nucleus\t\t\t\tU:1\t\t\tsilent
    """

@Test func `a term is found by its id and its cross-references`() throws {
    let vocabulary = try vocabulary(["region/a.tsv": regions])
    #expect(vocabulary.term("U:2")?.label == "thalamus")
    #expect(vocabulary.number(of: "MBA:549") == vocabulary.number(of: "U:2"))
    #expect(vocabulary.term("U:9") == nil)
}

@Test func `descendants go down and ancestors go up`() throws {
    let vocabulary = try vocabulary(["region/a.tsv": regions])
    let thalamus = try #require(vocabulary.number(of: "U:2"))
    let geniculate = try #require(vocabulary.number(of: "U:3"))
    #expect(vocabulary.descendants(of: thalamus) == [thalamus, geniculate].sorted())
    #expect(vocabulary.ancestors(of: geniculate).contains(thalamus))
    #expect(vocabulary.isTerm(geniculate, within: thalamus))
    #expect(!vocabulary.isTerm(thalamus, within: geniculate))
}

@Test func `a cycle of parents neither hangs nor loses terms`() throws {
    let vocabulary = try vocabulary([
        "region/a.tsv": "\(columns)A:1\tone\t\t\t\tA:3\nA:2\ttwo\t\t\t\tA:1\nA:3\tthree\t\t\t\tA:2\n"
    ])
    let one = try #require(vocabulary.number(of: "A:1"))
    #expect(vocabulary.descendants(of: one).count == 3)
}

@Test(arguments: [
    ("thalamic recordings", "U:2"), ("the Thalamus.", "U:2"), ("dorsal-thalamus", "U:2"), ("dLGN cells", "U:3"),
    ("dlgn cells", "U:3"), ("MS neurons", "U:4"), ("thalmus", "U:2"),
])
func `a name is recognised in its inflections`(text: String, id: String) throws {
    let vocabulary = try vocabulary(["region/a.tsv": regions, "english/words.txt": "cells\nneurons\nrecordings\nthe\n"])
    #expect(vocabulary.mentions(in: text, correctingTypos: true).map { vocabulary.id(of: $0.numbers[0]) } == [id])
}

@Test(arguments: ["ms after onset", "gray nucleus", "them", "thalamoid", "th"])
func `what is no name is left alone`(text: String) throws {
    let vocabulary = try vocabulary(["region/a.tsv": regions, "english/words.txt": "after\nonset\n"])
    #expect(vocabulary.mentions(in: text).isEmpty)
}

@Test func `a dangling parent is reported`() throws {
    let vocabulary = try vocabulary(["region/a.tsv": "\(columns)A:1\tone\t\t\t\tA:9\n"])
    #expect(vocabulary.dangling.map(\.id) == ["A:9"])
}

@Test(arguments: [
    ["region/a.tsv": "id\tname\n"], ["region/a.tsv": "#! facet: species\n\(columns)A:1\tone\n"],
    ["region/a.tsv": "\(columns)only\n"], ["elsewhere/a.tsv": columns],
])
func `a malformed or missing table is an error with its place`(tables: [String: String]) throws {
    #expect(throws: VocabularyError.self) { try vocabulary(tables) }
}

@Test func `what is recorded at an atlas's own ancestor is wider, not below`() throws {
    let vocabulary = try vocabulary([
        "region/a.tsv": "\(columns)U:1\tcortex\nU:2\tvisual cortex\t\t\t\tU:1\n",
        "region/b.tsv": "\(columns)M:1\tCerebral cortex\t\t\t\tU:1\tU:1\nM:2\tVisual areas\t\t\t\tM:1|U:2\tU:2\n",
    ])
    let visual = try #require(vocabulary.number(of: "U:2"))
    let wider = vocabulary.wider(than: visual).map { vocabulary.id(of: $0) }
    #expect(wider == ["U:1", "M:1"])
}
