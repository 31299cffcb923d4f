import Foundation
import JSON
import Search
import Store
import TestSupport
import Testing

/// The settings of ranking and their file.
struct RankingSettingsTests {
    @Test func `settings are JSON5 with comments, and what is left out keeps its default`() throws {
        let settings = try RankingSettings(
            json5: "{ // a note\n lexicalWeight: .5, feedback: {weight: 0,}, columns: { title: 9 } }")
        var expected = RankingSettings()
        expected.lexicalWeight = 0.5
        expected.feedback.weight = 0
        expected.columns["title"] = 9
        #expect(settings == expected)
        #expect(settings.columns["names"] == 2)
    }

    @Test(
        arguments: [
            ("{\n lexicalWieght: 0.5 }", 2, 2, "there is no setting 'lexicalWieght'", "lexicalWeight"),
            ("{ feedback: {\n  documens: 3 } }", 2, 3, "in 'feedback'", "documents"),
            ("{ diffusion: { neighbours: 3 } }", 1, 16, "there is no setting 'neighbours'", "neighbors"),
            ("{ boosts: { exakt: 2 } }", 1, 13, "in 'boosts'", "exact"),
            ("{ columns: { titel: 2 } }", 1, 14, "in 'columns'", "title"),
            ("{ latent: { cosineCutof: 0 } }", 1, 13, "in 'latent'", "cosineCutoff"),
            ("{ lexicalWeight: 2 }", 1, 18, "a number from 0 to 1", nil),
            ("{ feedback: { temperature: 0 } }", 1, 28, "a number from 0.0001", nil),
            ("{ feedback: { documents: 1.5 } }", 1, 26, "a whole number", nil),
            ("{ latent: { lexicalWeight: 2 } }", 1, 28, "a number from 0 to 1", nil),
            ("{ columns: { title: 'much' } }", 1, 21, "a number", nil),
            ("{ lexicalWeight: 0.5, lexicalWeight: 0.6 }", 1, 23, "given twice", nil),
            ("{ feedback: 3 }", 1, 13, "must be an object", nil), ("{", 1, 2, "a key is missing", nil),
        ] as [(String, Int, Int, String, String?)])
    func `what is wrong is told with line, column and what may have been meant`(
        text: String, line: Int, column: Int, says: String, suggestion: String?
    ) throws {
        let error = try #require(throws: ConfigurationError.self) { try RankingSettings(json5: text) }
        #expect(error.line == line && error.column == column && error.detail.contains(says), "\(error)")
        if let suggestion { #expect(error.suggestions == [suggestion]) }
    }

    @Test func `a file that is wrong is named`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/ranking.json5"
        try "{ boost: {} }".write(toFile: path, atomically: true, encoding: .utf8)
        let error = try #require(throws: SearchError.self) { try RankingSettings.load(path: path) }
        #expect(error.kind == .settings && error.detail.hasPrefix("\(path), line 1, column 3: "), "\(error)")
        #expect(error.suggestions == ["boosts"])
        #expect(try RankingSettings.load(path: path + ".none") == RankingSettings())
    }

    /// The measured values, written a third time, so that neither the file nor the program can drift alone or both
    /// together.
    @Test func `the settings that ship are the defaults, and the ones that were measured`() throws {
        let shipped = try RankingSettings.load(path: Places.root + "/index/ranking.json5")
        #expect(shipped == RankingSettings())
        #expect(shipped.lexicalWeight == 0.375 && shipped.cosineCutoff == 0.35)
        #expect(shipped.latent.lexicalWeight == 0.4 && shipped.latent.cosineCutoff == 0.2)
        #expect(shipped.feedback.documents == 20 && shipped.feedback.weight == 1.25)
        #expect(shipped.feedback.temperature == 0.04)
        #expect(shipped.diffusion.documents == 300 && shipped.diffusion.neighbors == 25)
        #expect(shipped.diffusion.weight == 0.6)
        #expect(shipped.boosts.exact == 2 && shipped.boosts.acronym == 0.05 && shipped.boosts.stated == 0.02)
        #expect(shipped.columns == ["title": 4, "names": 2, "description": 1, "passages": 0.7])
        #expect(Set(shipped.columns.keys) == Set(Schema.textColumns.map(\.name)))
    }

    /// A key that the file leaves out would be equal to its default without having been read.
    @Test func `the file that ships has every key, and no other`() throws {
        let text = try String(contentsOfFile: Places.root + "/index/ranking.json5", encoding: .utf8)
        func keys(_ value: JSON5Value, after path: String) -> [String] {
            guard case .object(let members) = value.content else { return [path] }
            return members.flatMap { keys($0.value, after: path.isEmpty ? $0.key : "\(path).\($0.key)") }
        }
        #expect(try keys(JSON5Reader.value(text), after: "").sorted() == RankingSettings.allKeys.sorted())
    }
}
