import FoundationEssentials
import JSON
import TestSupport
import Testing

/// Values become the JSON that the toolchain's encoder makes of them, byte for byte.
struct JSONValueEncoderTests {
    private enum Kind: String, Encodable, CaseIterable { case one, other }

    private struct Leaf: Encodable {
        var text: String
        var number: Double
        var small: Float
        var flags: [Bool]
        var kind: Kind?
        var bytes: [UInt8]
    }

    private struct Tree: Encodable {
        var leaves: [Leaf]
        var byName: [String: Leaf]
        var counts: [String: Int]
        var absent: Int?
        var grid: [[Int16]]
        var maybe: [String?]
        var wide: UInt64
    }

    /// Containers within containers, made by hand.
    private struct Nested: Encodable {
        enum Key: String, CodingKey { case list, object, none, parent }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: Key.self)
            var list = object.nestedUnkeyedContainer(forKey: .list)
            try list.encode(1)
            var inner = list.nestedContainer(keyedBy: Key.self)
            try inner.encode("x", forKey: .object)
            var row = list.nestedUnkeyedContainer()
            try row.encodeNil()
            try list.encode("last")
            var members = object.nestedContainer(keyedBy: Key.self, forKey: .object)
            try members.encodeNil(forKey: .none)
            try Kind.one.encode(to: object.superEncoder(forKey: .parent))
            // Of two values of one key the last wins.
            try object.encode(1, forKey: .none)
            try object.encode(false, forKey: .none)
        }
    }

    private static func compare(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let expected = String(decoding: try encoder.encode(value), as: UTF8.self)
        let json = try JSONValue(encoding: value)
        #expect(String(decoding: json.json, as: UTF8.self) == expected)
        encoder.outputFormatting.insert(.prettyPrinted)
        #expect(
            try String(decoding: json.json(.spaced), as: UTF8.self)
                == String(decoding: encoder.encode(value), as: UTF8.self))
        // And back, by the toolchain's ways.
        #expect(try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(json)) == json)
    }

    @Test(arguments: 0..<60) func `trees are encoded as by the toolchain`(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        let pieces = [
            "a", "/", "\"", "\\", "\u{0}", "\u{8}", "\t", "\n", "\u{c}", "\r", "\u{1f}", "\u{7f}", "é", "🧠", "\u{2028}",
        ]
        func text() -> String { (0..<below(6)).map { _ in pieces[below(pieces.count)] }.joined() }
        let numbers: [Double] = [
            0, -0.5, 1, 1e-9, 6.02e23, 1 / 3, 123_456_789, 9_007_199_254_740_991, -1e15, .leastNormalMagnitude,
        ]
        func leaf() -> Leaf {
            Leaf(
                text: text(), number: numbers[below(numbers.count)], small: [Float(0.1), 3, -2.5][below(3)],
                flags: (0..<below(3)).map { _ in below(2) == 0 },
                kind: below(2) == 0 ? nil : Kind.allCases[below(2)], bytes: [0, 255])
        }
        let tree = Tree(
            leaves: (0..<below(4)).map { _ in leaf() }, byName: ["b": leaf(), "a/b": leaf(), "B": leaf()],
            counts: ["z": 1, "": -5, "a1": 3, "a10": 4, "a2": 5], absent: nil, grid: [[1, 2], [], [-3]],
            maybe: [nil, text()], wide: 1 << 40)
        try Self.compare(tree)
        try Self.compare([tree])
        try Self.compare(text())
    }

    @Test func `an ordered document is written in its order, with and without white space`() {
        let document: OrderedJSON = [
            "b": 1, "a": [true, "x\u{8}"], "none": [], "empty": .object([]), "n": .number(0.5),
        ]
        #expect(
            String(decoding: document.json(), as: UTF8.self)
                == #"{"b":1,"a":[true,"x\b"],"none":[],"empty":{},"n":0.5}"#)
        #expect(
            String(decoding: document.json(.indented), as: UTF8.self) == """
                {
                  "b": 1,
                  "a": [
                    true,
                    "x\\b"
                  ],
                  "none": [],
                  "empty": {},
                  "n": 0.5
                }
                """)
        #expect(document.unordered == ["a": [true, "x\u{8}"], "b": 1, "empty": [:], "n": .number(0.5), "none": []])
    }

    @Test func `containers within containers, too`() throws { try Self.compare(Nested()) }

    @Test func `a number without a form in JSON is an error`() {
        for number in [Double.nan, .infinity, -.infinity] {
            #expect(throws: EncodingError.self) { try JSONValue(encoding: [number]) }
            #expect(throws: EncodingError.self) { try JSONValue(encoding: ["a": Float(number)]) }
        }
    }

    @Test func `whole numbers too great for a reader are rounded`() throws {
        #expect(try JSONValue(encoding: [UInt64.max]) == .array([.number(18_446_744_073_709_551_616)]))
    }
}
