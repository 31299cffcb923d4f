/// Makes words comparable: lower case, no accents, American spelling, singular.  Names and questions pass through the
/// same function, so a rule need not be right English; it must only not make two different words equal.
package enum Folding {
    /// Appends the folded form of one letter or digit.
    static func append(_ scalar: Unicode.Scalar, to folded: inout [UInt8]) {
        let value = scalar.value
        if value < 0x80 {
            let byte = UInt8(value)
            folded.append(byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte)
            return
        }
        // Combining marks vanish: a decomposed "é" and a composed one become the same "e".
        if value >= 0x300, value < 0x370 { return }
        if let plain = latin[value] {
            folded.append(contentsOf: plain.utf8)
            return
        }
        for lower in scalar.properties.lowercaseMapping.unicodeScalars {
            if lower.value >= 0x300, lower.value < 0x370 { continue }
            folded.append(contentsOf: (latin[lower.value] ?? String(lower)).utf8)
        }
    }

    /// Spelling variant and number of a lower-case word.
    static func normalize(_ word: inout [UInt8]) {
        if word.count > 4 { Spelling.americanize(&word) }
        if word.count > 3 { singularize(&word) }
        if word.count >= 3, word.count <= 5, let digit = numeral(word) {
            word.removeAll(keepingCapacity: true)
            word.append(digit)
        }
    }

    private static func singularize(_ word: inout [UInt8]) {
        let count = word.count
        guard word[count - 1] == 0x73 else { return }
        let before = word[count - 2]
        switch before {
        case UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "i"): return
        case UInt8(ascii: "e"):
            if count > 4, word[count - 3] == UInt8(ascii: "i") {
                word.removeLast(3)
                word.append(UInt8(ascii: "y"))
            } else if ends(word, sses) || ends(word, xes) || ends(word, ches) || ends(word, shes) {
                word.removeLast(2)
            } else {
                word.removeLast()
            }
        default:
            // Digits before the s ("1980s", "10s") are no plural of ours.
            if before < 0x30 || before > 0x39 { word.removeLast() }
        }
    }

    private static func ends(_ word: [UInt8], _ suffix: [UInt8]) -> Bool {
        guard word.count >= suffix.count else { return false }
        let start = word.count - suffix.count
        for index in suffix.indices where word[start + index] != suffix[index] { return false }
        return true
    }

    private static let sses = Array("sses".utf8)
    private static let xes = Array("xes".utf8)
    private static let ches = Array("ches".utf8)
    private static let shes = Array("shes".utf8)

    /// `1` for "one"; ten stays a word, having two digits.
    private static func numeral(_ word: [UInt8]) -> UInt8? {
        // "o" of one, "t" of two and three, "f", "s", "e", "n": most words are done here.
        switch word[0] {
        case UInt8(ascii: "o"), UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "s"), UInt8(ascii: "e"),
            UInt8(ascii: "n"):
            break
        default: return nil
        }
        guard let index = numerals.firstIndex(where: { $0 == word }) else { return nil }
        return UInt8(ascii: "1") + UInt8(index)
    }

    private static let numerals: [[UInt8]] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        .map {
            Array($0.utf8)
        }

    /// Letters with accents, ligatures and letter-like signs; what canonical decomposition would do, plus ß, æ, ø, œ.
    private static let latin: [UInt32: String] = {
        let groups: [(String, String)] = [
            ("àáâãäåāăąǎÀÁÂÃÄÅĀĂĄǍ", "a"), ("çćĉċčÇĆĈĊČ", "c"), ("ďđĎĐ", "d"), ("èéêëēĕėęěÈÉÊËĒĔĖĘĚ", "e"),
            ("ĝğġģĜĞĠĢ", "g"), ("ĥħĤĦ", "h"), ("ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ", "i"), ("ĵĴ", "j"), ("ķĶ", "k"),
            ("ĺļľŀłĹĻĽĿŁ", "l"),
            ("ñńņňÑŃŅŇ", "n"), ("òóôõöøōŏőÒÓÔÕÖØŌŎŐ", "o"), ("ŕŗřŔŖŘ", "r"), ("śŝşšșŚŜŞŠȘ", "s"), ("ţťŧțŢŤŦȚ", "t"),
            ("ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ", "u"), ("ŵŴ", "w"), ("ýÿŷÝŸŶ", "y"), ("źżžŹŻŽ", "z"), ("ß", "ss"), ("æÆ", "ae"),
            ("œŒ", "oe"), ("µμ", "u"), ("²", "2"), ("³", "3"), ("¹", "1"),
        ]
        var table: [UInt32: String] = [:]
        for (letters, plain) in groups { for scalar in letters.unicodeScalars { table[scalar.value] = plain } }
        return table
    }()
}
