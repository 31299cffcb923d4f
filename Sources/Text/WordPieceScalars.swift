/// What BERT's tokeniser does to one character beyond ASCII before it looks for words.
///
/// The reference implementation (the `tokenizers` library) froze Unicode's tables in different years.  Its classes are
/// those of Unicode 8, so what was assigned later counts as a letter; the few scalars whose class changed since are
/// named.  Checked against the reference for every one of the 1,112,064 scalars.
enum WordPieceScalars {
    /// Controls, invisible formatting, private use and U+FFFD, which `clean_text` deletes.
    static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: !(scalar == "\t" || scalar == "\n" || scalar == "\r")
        case .privateUse: true
        case .format: isOld(scalar)
        default: scalar.value == 0xFFFD
        }
    }

    /// Marks that `strip_accents` deletes once a letter is decomposed.
    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1734, 0x1171E: true
        case 0x1885, 0x1886, 0xA9BD, 0x111C9: false
        default: scalar.properties.generalCategory == .nonspacingMark && isOld(scalar)
        }
    }

    /// Characters that are words of their own: all ASCII that is neither letter, digit, space nor control, and
    /// Unicode's punctuation.
    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0x166D, 0x111C9: return true
        case 0...0x7F: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return isOld(scalar)
        default: return false
        }
    }

    /// Chinese characters, each a word of its own.  The gap from 2B820 to 2B91F is the reference's.
    static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
            0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }

    /// Canonical decomposition (NFD) without the marks, nil where it is the scalar itself.
    static func withoutAccents(_ scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        guard scalar.value >= 0xC0 else { return nil }
        if (0xAC00...0xD7A3).contains(scalar.value) { return syllable(scalar.value - 0xAC00) }
        if let bases = WordPieceDecompositions.shared.bases(of: scalar) { return bases }
        return isMark(scalar) ? [] : nil
    }

    /// Hangul syllables are composed by arithmetic (Unicode 3.12).
    private static func syllable(_ index: UInt32) -> [Unicode.Scalar] {
        let jamo = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28]
        return (index % 28 == 0 ? jamo.dropLast() : jamo[...]).compactMap(Unicode.Scalar.init)
    }

    private static func isOld(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.age.map { ($0.major, $0.minor) <= (8, 0) } ?? false
    }
}
