import Records
import TestSupport
import Testing
import Text
import Vocabulary

private let columns = "id\tlabel\tsynonyms\tacronyms\tadjectives\tparents\txrefs\timplies\tflags\n"

@Test func `no everyday name is one that counts everywhere, and each means a term that counts`() throws {
    let vocabulary = try Vocabulary.load(folder: Places.vocabularies)
    #expect(!vocabulary.everydayEntries.isEmpty)
    for (name, entries) in vocabulary.everydayEntries {
        for entry in entries {
            #expect(
                vocabulary.flags(of: entry.term).isDisjoint(with: [.silent, .obsolete]),
                "'\(name)' means \(vocabulary.id(of: entry.term)), which no text is read for")
        }
        for mention in vocabulary.mentions(in: name) where mention.endToken == Tokenizer.tokens(of: name).count {
            guard mention.firstToken == 0 else { continue }
            #expect(
                mention.numbers.allSatisfy { vocabulary.flags(of: $0).contains(.weak) },
                "'\(name)' is a name of \(vocabulary.id(of: mention.numbers[0])) already")
        }
    }
}

@Test(arguments: [
    "rest\tT:1\ttask", "rest\tT:1\tsomewhere\ta reason", "rest\tT:1\t\ta reason", "\tT:1\ttask\ta reason",
])
func `a malformed everyday name is refused`(line: String) throws {
    let folder = try TemporaryFolder()
    try Places.copyWordLists(to: folder.path)
    try folder.write(columns + "T:1\tone\n", to: "task/a.tsv")
    try folder.write(line + "\n", to: "everyday.tsv")
    #expect(throws: VocabularyError.self) { try Vocabulary.load(folder: folder.path) }
}

@Test func `an everyday name of an unknown term is reported`() throws {
    let folder = try TemporaryFolder()
    try Places.copyWordLists(to: folder.path)
    try folder.write(columns + "T:1\tone\n", to: "task/a.tsv")
    try folder.write("rest\tT:9\ttask\ta reason\n", to: "everyday.tsv")
    let findings = try Vocabulary.load(folder: folder.path).findings()
    #expect(findings.contains { $0.kind == .dangling && $0.term == "rest" })
}
