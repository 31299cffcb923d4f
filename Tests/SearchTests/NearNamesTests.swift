import Encoder
import FoundationEssentials
import Planner
import Search
import TestSupport
import Testing
import Vocabulary

/// A small vocabulary, the real model and a folder of vectors; made once.
private struct Near {
    let planner: Planner
    let plain: Planner
    let folder: TemporaryFolder
    let vocabulary: Vocabulary
    let encoder: SentenceEncoder
    let written: (path: String, made: Int)

    init() throws {
        folder = try TemporaryFolder()
        try Invented.writeVocabulary(to: folder)
        vocabulary = try Vocabulary.load(folder: folder.path + "/vocab")
        let encoder = try SentenceEncoder(folder: try ModelCache.folder())
        self.encoder = encoder
        written = try NearNames.write(vocabulary: vocabulary, encoder: encoder, folder: folder.path + "/names")
        plain = Planner(vocabulary: vocabulary)
        planner = Planner(
            vocabulary: vocabulary,
            linking: NearNames(vocabulary: vocabulary, folder: folder.path + "/names") { encoder })
    }
}

struct NearNamesTests {
    @Test func `an unknown word close to a name is a warning, never a filter, and still ranks`() throws {
        let near = try Near()
        let plan = try near.planner.plan("gonadectomy from about")
        #expect(plan.filters.isEmpty)
        #expect(plan.text == "gonadectomy")
        #expect(plan.warnings.map(\.code) == ["unknown_word"])
        #expect(plan.warnings.first?.suggestions.first == "ovariectomy")
        var same = plan
        same.warnings = []
        #expect(try same == near.plain.plan("gonadectomy from about"))
    }

    @Test(arguments: ["silver teapot", "headpost", "zzyzxqj", "\"gonadectomy\"", "text:gonadectomy", "", "12345"])
    func `words that are English, known, quoted or close to nothing warn of nothing`(query: String) throws {
        #expect(try Near().planner.plan(query).warnings.isEmpty)
    }

    @Test func `vectors are made once, and a damaged file is made anew`() throws {
        let near = try Near()
        #expect(near.written.made == 6)
        let folder = near.folder.path + "/names"
        let again = try NearNames.write(vocabulary: near.vocabulary, encoder: near.encoder, folder: folder)
        #expect(again == (near.written.path, 0))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)

        var bytes = try Data(contentsOf: URL(filePath: near.written.path))
        bytes[bytes.count - 1] ^= 0x40
        try bytes.write(to: URL(filePath: near.written.path), options: .atomic)
        #expect(try near.planner.plan("gonadectomy").warnings.isEmpty)
        #expect(try NearNames.write(vocabulary: near.vocabulary, encoder: near.encoder, folder: folder).made == 6)
        #expect(try near.planner.plan("gonadectomy").warnings.count == 1)
    }
}
