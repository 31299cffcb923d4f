import Records
import Testing

@testable import Store

struct MatchExpressionTests {
    @Test(arguments: [
        "a AND", "NEAR(", "x*", "-x", "title:y", "\"open", "x\"\"y", "{a b}:c", "^start", "a + b", "'; DROP TABLE",
        "nul\u{0}inside", "e\u{301}", "\u{301}", "日本語", "🧠 brain", "theta-band", String(repeating: "w ", count: 5000),
        (0..<3000).map { "w\($0)" }.joined(separator: " "), "½ ² Ⅷ", "\u{FFFD}\u{202E}x", "AND OR NOT",
    ])
    func `any text a person types can be searched`(text: String) throws {
        let temporary = try TemporaryIndex()
        let told = record("1", title: "theta band brain", description: text)
        let generation = try temporary.publish([(told, [])])
        let expression = try #require(MatchExpression(anyWordOf: text))
        _ = try generation.match(expression)
        _ = try generation.snippets(of: [told], expression)
        let phrase = try #require(MatchExpression(anyOf: [String](), phrases: [text]))
        _ = try generation.match(phrase)
    }

    @Test(arguments: ["", " ", "(((", "\"", "*", "()", "🧠", "\u{0}", "-"])
    func `text without words is no expression`(text: String) {
        #expect(MatchExpression(anyWordOf: text) == nil)
    }

    @Test func `words are said once`() {
        #expect(MatchExpression(anyWordOf: "Sleep sleep SLEEP wake")?.text == "\"sleep\" OR \"wake\"")
        #expect(MatchExpression(anyOf: ["theta-band"])?.text == "\"theta band\"")
    }
}
