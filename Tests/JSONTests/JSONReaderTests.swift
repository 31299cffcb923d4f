import JSON
import Testing

struct JSONReaderTests {
    private func read(_ text: String, depth: Int = 64) throws -> JSONValue {
        try JSONReader.value(text.utf8, maximumDepth: depth)
    }

    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .bool(true)), ("-1.5e3", .number(-1500)),
        ("\"a\\n\\u00b5\"", .string("a\nµ")),
        ("[1, [], {}]", .array([.number(1), .array([]), .object([:])])),
        ("{\"a\": {\"b\": null}}", .object(["a": .object(["b": .null])])),
        ("{\"a\": 1, \"a\": 2}", .object(["a": .number(2)])),
        ("[NaN, Infinity, -Infinity, 1e999]", .array([.null, .null, .null, .null])),
        ("\"\\ud83d\\ude00\"", .string("😀")), ("\"\\ud800 x\\udfff\"", .string("\u{FFFD} x\u{FFFD}")),
        ("\"\\ud800\\u0041\"", .string("\u{FFFD}A")), ("\u{FEFF}[]", .array([])),
    ])
    func `values are read`(text: String, value: JSONValue) throws {
        #expect(try read(text) == value)
    }

    @Test(arguments: [
        "", " ", "[", "{", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "\"abc", "\"\\", "\"\\u12", "\"\\x\"", "tru",
        "1 2",
        "<html>", "[1 2]", "{1:2}", "{\"a\" 1}", "--1", "+", "]", "\u{0}",
    ])
    func `what is no JSON is an error, not a crash`(text: String) {
        #expect(throws: JSONError.self) { try read(text) }
    }

    @Test(arguments: [
        "\u{FEFF}{}", "{\"a\": 1, \"a\": 2}", "[NaN]", "[Infinity]", "[-Infinity]", "1e999", "\"\\ud800\"",
        "\"\\ud800\\u0041\"", "\"\t\"", "\"\\n\u{1}\"", "01", "1.", ".5", "1e", "+1", "--1", "- 1", "1-2", "[1.2.3]",
        "\"\\u+041\"", "{} {}", "nul",
    ])
    func `where it is strict, what RFC 8259 does not allow or leaves open is an error`(text: String) {
        #expect(throws: JSONError.self) { try JSONReader.value(text.utf8, rules: .strict) }
    }

    @Test func `where it is strict, everything else is read as it is elsewhere`() throws {
        for text in [
            "[0, -0.5, 1.25e-3, 1E+2, 10]",
            "{\"a\": {\"b\": [null, true, false]}, \"é\": \"\\ud83d\\ude00 \\u00b5\\n\"}",
        ] { #expect(try JSONReader.value(text.utf8, rules: .strict) == read(text)) }
        #expect(throws: JSONError.self) { try JSONReader.value([34, 0xFF, 34], rules: .strict) }
        let nested = Array("[[[]]]".utf8)
        #expect(try JSONReader.value(nested, maximumDepth: 3, rules: .strict) == .array([.array([.array([])])]))
        let error = try #require(throws: JSONError.self) {
            try JSONReader.value(nested, maximumDepth: 2, rules: .strict)
        }
        #expect(error.kind == .tooDeep)
    }

    @Test func `nesting below the limit is left out, however deep`() throws {
        let deep = String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)
        #expect(try read("{\"a\": \(deep), \"b\": 1}")["b"] == .number(1))
        #expect(try read("[[[\"]\"], 1], 2]", depth: 2) == .array([.array([.null, .number(1)]), .number(2)]))
        #expect(throws: JSONError.self) { try read(String(repeating: "[", count: 200_000)) }
    }

    @Test func `bytes that are no UTF-8 are replaced`() throws {
        #expect(try JSONReader.value([34, 0xC3, 0x28, 0xFF, 34]).string == "\u{FFFD}(\u{FFFD}")
    }

    @Test func `a JSON cut anywhere is an error and never a crash`() throws {
        let whole = Array(#"{"id": "x", "list": [1.5, true, {"k": "v\u00e9\ud83d\ude00"}], "n": null}"#.utf8)
        for length in 0..<whole.count { #expect(throws: JSONError.self) { try JSONReader.value(whole[..<length]) } }
        _ = try JSONReader.value(whole)
    }

    @Test func `a number is a quantity with or without its unit`() throws {
        #expect(try read("{\"value\": 30000, \"unit\": \"Hz\"}").quantity?.value == 30000)
        #expect(try read("30000").quantity?.value == 30000)
        #expect(try read("\"30\"").quantity?.value == 30)
        #expect(try read("{\"value\": {\"value\": []}}").quantity == nil)
    }
}
