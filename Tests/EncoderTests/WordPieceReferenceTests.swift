import Encoder
import Foundation
import Testing
import Text

/// Texts with the numbers that the reference tokeniser gives them.
private struct Reference: Decodable {
    struct Entry: Decodable {
        let text: String
        let numbers: [Int32]
    }
    let texts: [Entry]
}

struct WordPieceReferenceTests {
    let wordPiece: WordPiece

    init() throws {
        let vocabulary = try Data(contentsOf: URL(filePath: ModelCache.folder()).appending(path: "vocab.txt"))
        wordPiece = try WordPiece(vocabulary: WordPieceVocabulary(lines: Array(vocabulary)))
    }

    @Test func `texts of every script are cut as the reference cuts them`() throws {
        let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: fixture("wordpiece.json")))
        #expect(reference.texts.count > 200)
        for entry in reference.texts {
            #expect(wordPiece.numbers(of: entry.text) == entry.numbers, "\(entry.text.debugDescription)")
        }
    }

    @Test(arguments: [2, 3, 10, 100])
    func `a long text is cut at the limit and still closed`(limit: Int) {
        let whole = wordPiece.numbers(of: String(repeating: "antidisestablishmentarianism ", count: 100), limit: 1000)
        let cut = wordPiece.numbers(of: String(repeating: "antidisestablishmentarianism ", count: 100), limit: limit)
        #expect(cut.count == limit)
        #expect(cut.dropLast() == whole.prefix(limit - 1))
        #expect(cut.last == whole.last)
    }
}
