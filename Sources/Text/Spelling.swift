/// British spelling to American, by the regular differences only.
enum Spelling {
    /// Rewrites a lower-case word of five or more letters.
    static func americanize(_ word: inout [UInt8]) {
        for (from, to) in inside { replace(from, with: to, in: &word) }
        for (from, to) in endings where word.count > from.count + 2 && word.suffix(from.count).elementsEqual(from) {
            word.removeLast(from.count)
            word.append(contentsOf: to)
            return
        }
    }

    private static func replace(_ from: [UInt8], with to: [UInt8], in word: inout [UInt8]) {
        guard word.count >= from.count else { return }
        for start in 0...(word.count - from.count) where word[start..<(start + from.count)].elementsEqual(from) {
            word.replaceSubrange(start..<(start + from.count), with: to)
            return
        }
    }

    private static let inside = pairs([
        ("anaesth", "anesth"), ("haem", "hem"), ("paed", "ped"), ("oedem", "edem"), ("oestr", "estr"),
        ("behaviour", "behavior"), ("colour", "color"), ("odour", "odor"), ("tumour", "tumor"), ("grey", "gray"),
        ("labour", "labor"), ("neighbour", "neighbor"), ("favour", "favor"), ("humour", "humor"),
        ("labell", "label"), ("modell", "model"), ("travell", "travel"), ("signall", "signal"), ("channell", "channel"),
        ("programme", "program"), ("catalogue", "catalog"), ("dialogue", "dialog"), ("sulph", "sulf"),
        ("caec", "cec"), ("faec", "fec"), ("orthopaed", "orthoped"), ("gynaec", "gynec"), ("manoeuv", "maneuv"),
    ])

    private static let endings = pairs([
        ("isations", "izations"), ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"),
        ("iser", "izer"), ("ise", "ize"), ("ysing", "yzing"), ("ysed", "yzed"), ("yse", "yze"), ("metre", "meter"),
    ])

    private static func pairs(_ list: [(String, String)]) -> [([UInt8], [UInt8])] {
        list.map { (Array($0.0.utf8), Array($0.1.utf8)) }
    }
}
