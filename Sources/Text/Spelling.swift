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

        /// Whether the letters stand at an offset.
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
        while start < word.count {
            let byte = word[start]
            if byte >= 0x61, byte <= 0x7a {
                for rule in inside[Int(byte - 0x61)] where rule.matches(word, at: start) {
                    word.replaceSubrange(start..<(start + rule.from.count), with: rule.to)
                    break
                }
            }
            start += 1
        }
        for rule in endings
        where word.count > rule.from.count + 2 && rule.matches(word, at: word.count - rule.from.count) {
            word.removeLast(rule.from.count)
            word.append(contentsOf: rule.to)
            return
        }
    }

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
