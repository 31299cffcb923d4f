/// British spelling to American, by the regular differences only.
enum Spelling {
    /// A rewriting of letters.
    private struct Rule: Sendable {
        let from: [UInt8]
        let to: [UInt8]

        init(_ from: String, _ to: String) {
            self.from = Array(from.utf8)
            self.to = Array(to.utf8)
        }

        /// Whether the letters are at an offset.
        func matches(_ word: [UInt8], at start: Int) -> Bool {
            guard start >= 0, start + from.count <= word.count else { return false }
            var index = 0
            while index < from.count {
                if word[start + index] != from[index] { return false }
                index += 1
            }
            return true
        }
    }

    /// Rewrites a lower-case word of five or more letters.
    static func americanize(_ word: inout [UInt8]) {
        var start = 0
        while start + 1 < word.count {
            if insidePairs.contains(word[start], word[start + 1]) {
                for rule in inside[Int(word[start] - 0x61)] where rule.matches(word, at: start) {
                    word.replaceSubrange(start..<(start + rule.from.count), with: rule.to)
                    break
                }
            }
            start += 1
        }
        guard endingPairs.contains(word[word.count - 2], word[word.count - 1]) else { return }
        for rule in endings
        where word.count > rule.from.count + 2 && rule.matches(word, at: word.count - rule.from.count) {
            word.removeLast(rule.from.count)
            word.append(contentsOf: rule.to)
            return
        }
    }

    /// Pairs of letters a–z as bits; shows in one step that no rule can apply, which is so for nearly every letter.
    private struct LetterPairs: Sendable {
        private var rows = [UInt32](repeating: 0, count: 26)

        init(_ pairs: [(UInt8, UInt8)]) {
            for (first, second) in pairs { rows[Int(first - 0x61)] |= 1 << UInt32(second - 0x61) }
        }

        func contains(_ first: UInt8, _ second: UInt8) -> Bool {
            guard first >= 0x61, first <= 0x7a, second >= 0x61, second <= 0x7a else { return false }
            return rows[Int(first - 0x61)] & (1 << UInt32(second - 0x61)) != 0
        }
    }

    /// The first two letters of the rules for anywhere.
    private static let insidePairs = LetterPairs(inside.joined().map { ($0.from[0], $0.from[1]) })

    /// The last two letters of the rules for endings.
    private static let endingPairs = LetterPairs(
        endings.map { ($0.from[$0.from.count - 2], $0.from[$0.from.count - 1]) })

    /// Rules for anywhere in a word, by their first letter.
    private static let inside: [[Rule]] = {
        let rules = [
            Rule("anaesth", "anesth"), Rule("haem", "hem"), Rule("paed", "ped"), Rule("oedem", "edem"),
            Rule("oestr", "estr"), Rule("oesoph", "esoph"), Rule("fibre", "fiber"), Rule("centre", "center"),
            Rule("behaviour", "behavior"), Rule("colour", "color"), Rule("odour", "odor"), Rule("tumour", "tumor"),
            Rule("grey", "gray"), Rule("labour", "labor"), Rule("neighbour", "neighbor"), Rule("favour", "favor"),
            Rule("humour", "humor"), Rule("labell", "label"), Rule("modell", "model"), Rule("travell", "travel"),
            Rule("signall", "signal"), Rule("channell", "channel"), Rule("programme", "program"),
            Rule("catalogue", "catalog"), Rule("dialogue", "dialog"), Rule("sulph", "sulf"), Rule("caec", "cec"),
            Rule("faec", "fec"), Rule("gynaec", "gynec"), Rule("manoeuv", "maneuv"),
        ]
        var table = [[Rule]](repeating: [], count: 26)
        for rule in rules { table[Int(rule.from[0] - 0x61)].append(rule) }
        return table
    }()

    private static let endings = [
        Rule("isations", "izations"), Rule("isation", "ization"), Rule("ising", "izing"), Rule("ised", "ized"),
        Rule("ises", "izes"), Rule("iser", "izer"), Rule("ise", "ize"), Rule("ysing", "yzing"), Rule("ysed", "yzed"),
        Rule("yse", "yze"), Rule("metre", "meter"),
    ]
}
