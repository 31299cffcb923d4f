/// A digital object identifier (ISO 26324), however it was written: without resolver, and in lower case, since DOIs do
/// not tell cases apart.
package struct DOI: Sendable, Hashable {
    /// `10.48324/dandi.000003/0.210812.1448`.
    package let text: String

    /// Reads `10.…/…` alone, behind `doi:`, and in the address of a resolver; nil for anything else.
    package init?(_ written: String) {
        let lowered = written.lowercased()
        guard let start = lowered.firstRange(of: "10.")?.lowerBound else { return nil }
        let before = lowered[..<start]
        let isKnown =
            ["", "doi:", "doi: ", "doi "].contains(before) || before.hasSuffix("doi.org/") || before.hasSuffix("doi:")
        let name = lowered[start...]
        guard isKnown, let slash = name.firstIndex(of: "/"), name.index(after: slash) < name.endIndex,
            name[..<slash].dropFirst(3).allSatisfy({ $0.isNumber || $0 == "." }),
            name.unicodeScalars.allSatisfy({ $0.value > 32 })
        else { return nil }
        text = String(name)
    }

    /// The registrant, `10.48324`.
    package var prefix: Substring { text.prefix { $0 != "/" } }
    /// What follows the slash, `dandi.000003/0.210812.1448`.
    package var suffix: Substring { text.dropFirst(prefix.count + 1) }

    /// The DOI without the version that archives append: `/0.210812.1448`, `.v1.0.0`, `.v2`, `/v3`.
    package var unversioned: String {
        guard let end = text.lastIndex(where: { !($0.isNumber || $0 == ".") }) else { return text }
        let digits = text[text.index(after: end)...]
        guard digits.first?.isNumber == true else { return text }
        // Digits alone are a version only behind a mark that says so.
        if text[end] == "/" { return digits.contains(".") ? before(end) : text }
        guard text[end] == "v", let mark = text[..<end].last, mark == "." || mark == "/" else { return text }
        return before(text.index(before: end))
    }

    /// The text before a place, unless nothing of the suffix is left.
    private func before(_ end: String.Index) -> String {
        let kept = text[..<end]
        return kept.contains("/") && kept.last != "/" ? String(kept) : text
    }
}
