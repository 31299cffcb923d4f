/// Whether a sentence ends between two neighbouring words of a text.
package enum SentenceEnd {
    /// A question or exclamation mark, an empty line, the beginning of an item of a list, or a full stop before a space
    /// that is behind no initial and no abbreviation of one or two letters ("C. elegans", "vs. 3").
    package static func isBetween(_ left: Token, _ right: Token, in bytes: [UInt8]) -> Bool {
        let between = bytes[left.end..<right.start]
        guard between.count > 1 else { return false }
        var lines = 0
        for (index, byte) in zip(between.indices, between) {
            switch byte {
            case 0x21, 0x3f: return true
            case 0x0a:
                lines += 1
                if lines > 1 { return true }
            case 0x2a, 0x23, 0x2d:
                if lines > 0 { return true }
            case 0x2e:
                let isSpaced = index + 1 < right.start && bytes[index + 1] <= 0x20
                if isSpaced, left.end - left.start > 2 || lines > 0 { return true }
            default: break
            }
        }
        return false
    }
}
