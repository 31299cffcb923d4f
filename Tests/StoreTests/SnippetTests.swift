import Records
import Testing

@testable import Store

struct SnippetTests {
    /// Words that share stems, between marks of sentences and without.
    private static func text(_ random: inout Numbers) -> String {
        let words = [
            "sleep", "sleeping", "spindles", "Spindle", "mouse", "mice", "cortex", "the", "of", "naïve", "x-ray", "α",
            "8",
        ]
        let marks = [" ", " ", " ", " ", ". ", ".", ": ", "; ", ".\n", " (", ") ", "  "]
        var text = Bool.random(using: &random) ? "(" : ""
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            text += words.randomElement(using: &random)! + marks.randomElement(using: &random)!
        }
        return text
    }

    @Test(arguments: 1...6) func `a fragment is the one that FTS5 itself would show`(seed: UInt64) throws {
        var random = Numbers(seed: seed)
        let connection = try Connection(path: ":memory:", mode: .build)
        try connection.execute("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize = '\(Schema.tokenizer)')")
        let expressions = try [
            #require(MatchExpression(anyOf: ["sleep"])),
            #require(MatchExpression(anyOf: ["spindle", "cortex", "naive"])),
            #require(MatchExpression(anyOf: ["mouse", "mice", "8", "absent"])),
            #require(
                MatchExpression(anyOf: ["x-ray", "sleep"], phrases: ["sleeping spindles", "spindle mouse cortex"])),
        ]
        var compared = 0
        for row in 0..<60 {
            let text = SnippetTests.text(&random)
            let insert = try connection.prepare("INSERT INTO texts (rowid, body) VALUES (?1, ?2)")
            try insert.bind(0, row).bind(1, text)
            try insert.run()
            for expression in expressions {
                for words in [2, 5, 24, 64] {
                    let statement = try connection.prepare(
                        """
                        SELECT snippet(texts, 0, '<mark>', '</mark>', '…', ?3) FROM texts
                        WHERE texts MATCH ?1 AND rowid = ?2
                        """)
                    try statement.bind(0, expression.text).bind(1, row).bind(2, words)
                    defer { statement.reset() }
                    guard try statement.step() else { continue }
                    let found = try SnippetFinder(expression, tokenizer: connection.tokenizer())
                        .fragment(of: text, words: words)
                    #expect(found.html == statement.text(0).replacingControls)
                    #expect(found.isMarked == found.html.contains("<mark>"))
                    compared += 1
                }
            }
        }
        #expect(compared > 300, "most texts hold some word of most questions")
    }

    @Test func `where no word stands, the fragment is the beginning`() throws {
        let connection = try Connection(path: ":memory:", mode: .build)
        let expression = try #require(MatchExpression(anyOf: ["absent"]))
        let finder = try SnippetFinder(expression, tokenizer: connection.tokenizer())
        #expect(try finder.fragment(of: "One two three, four.", words: 3) == ("One two three…", false))
        #expect(try finder.fragment(of: "One & two.", words: 3) == ("One &amp; two.", false))
        for text in ["", "…", "\u{0}\u{1}", "🧠"] {
            #expect(try !finder.fragment(of: text, words: 3).isMarked)
        }
    }

    @Test func `the description goes before the passages, and what is marked before what is not`() throws {
        let temporary = try TemporaryIndex()
        var told = record("1", title: "x", description: "Nothing of interest.")
        told.passages = [Passage("notes", "Ripples in sleep.")]
        let generation = try temporary.publish([(told, [])])
        func snippet(_ word: String) throws -> String {
            let expression = try #require(MatchExpression(anyOf: [word]))
            return try #require(generation.snippets(of: [told], expression).first)
        }
        #expect(try snippet("ripple") == "<mark>Ripples</mark> in sleep.")
        #expect(try snippet("interest") == "Nothing of <mark>interest</mark>.")
        #expect(try snippet("absent") == "Nothing of interest.")
    }
}

extension String {
    /// Control characters as blanks, as fragments have them.
    fileprivate var replacingControls: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 32 ? " " : $0 }))
    }
}
