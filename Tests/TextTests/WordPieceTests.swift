import Testing
import Text

@Suite struct WordPieceTests {
    static let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "mouse", "mice", "##s", "##se", "mou", "-", "e", "脳", "İ"]
    let wordPiece: WordPiece

    init() throws { wordPiece = try WordPiece(vocabulary: WordPieceVocabulary(pieces: Self.pieces)) }

    private func words(_ text: String) -> [String] {
        wordPiece.numbers(of: text).dropFirst().dropLast().map { Self.pieces[Int($0)] }
    }

    @Test(arguments: [
        ("mouse", ["mouse"]), ("MOUSE", ["mouse"]), ("mouses", ["mouse", "##s"]), ("mou", ["mou"]),
        ("mouss", ["mou", "##s", "##s"]), ("mousx", ["[UNK]"]), ("xmouse", ["[UNK]"]), ("s", ["[UNK]"]),
        ("mouse-mice", ["mouse", "-", "mice"]), ("é", ["e"]), ("e\u{301}", ["e"]), ("脳脳", ["脳", "脳"]),
        ("mouse脳mice", ["mouse", "脳", "mice"]), ("a[SEP]mouse", ["[UNK]", "[SEP]", "mouse"]),
        ("[sep]", ["[UNK]", "[UNK]", "[UNK]"]), ("", []), (" \t\r\n\u{A0}\u{3000}", []), ("\u{0}\u{AD}\u{FFFD}", []),
        ("mo\u{200B}use", ["mouse"]),
    ])
    func `a text is folded and cut into the longest pieces`(text: String, expected: [String]) {
        #expect(words(text) == expected)
    }

    @Test func `a word of 100 scalars is cut, one of 101 is unknown`() {
        #expect(words("mou" + String(repeating: "s", count: 97)).count == 98)
        #expect(words("mou" + String(repeating: "s", count: 98)) == ["[UNK]"])
    }

    @Test func `options leave case, accents and ideographs alone`() throws {
        var options = WordPiece.Options()
        options.lowercases = false
        options.stripsAccents = false
        options.separatesIdeographs = false
        let cased = try WordPiece(vocabulary: WordPieceVocabulary(pieces: Self.pieces), options: options)
        #expect(cased.numbers(of: "İ MOUSE 脳脳 mouse") == [2, 12, 1, 1, 4, 3])
    }

    @Test func `lines may end in either way, and the last of equal ones counts`() throws {
        let vocabulary = WordPieceVocabulary(lines: Array("[UNK]\r\n[CLS]\r\n[SEP]\r\nrat\r\nrat".utf8))
        #expect(vocabulary.count == 5)
        #expect(vocabulary.number(of: "rat") == 4)
        #expect(vocabulary.number(of: "ra") == nil)
        #expect(vocabulary.number(of: "") == nil)
    }

    @Test(arguments: ["", "\n", "mouse\nrat\n", "[CLS]\n[SEP]\n"])
    func `a vocabulary without the pieces every text needs is refused`(lines: String) {
        #expect(throws: WordPieceError.self) {
            try WordPiece(vocabulary: WordPieceVocabulary(lines: Array(lines.utf8)))
        }
    }
}
