internal import Text
internal import Vocabulary

/// Whether a run of characters is an address, a path, a file, an identifier of a program: not words about the data.
enum AddressShape {
    static func matches(_ chunk: ArraySlice<UInt8>, cues: ReadingCues) -> Bool {
        guard chunk.count > 2 else { return false }
        if holds("://", chunk) || chunk.starts(with: "www.".utf8) || chunk.starts(with: "doi:".utf8) { return true }
        if chunk.starts(with: "sub-".utf8) || chunk.starts(with: "ses-".utf8) { return true }
        if chunk.contains(UInt8(ascii: "@")) || chunk.contains(UInt8(ascii: "\\")) { return true }
        guard let first = chunk.first else { return false }
        if first == UInt8(ascii: "/") || first == UInt8(ascii: "~") && holds("/", chunk) { return true }
        let slashes = chunk.count { $0 == UInt8(ascii: "/") }
        let hasMarks = chunk.contains(UInt8(ascii: "_")) || chunk.contains(UInt8(ascii: "."))
        if slashes > 1, hasMarks { return true }
        // "10.21203/rs.3.rs-2587250/v1"
        if slashes > 0, chunk.starts(with: "10.".utf8) { return true }
        // `task-rest_acq-dense_bold`, `motion_dualtask`
        if chunk.contains(UInt8(ascii: "_")) { return true }
        return hasEnding(chunk, cues: cues)
    }

    /// "file.nwb", "data.mat:"
    private static func hasEnding(_ chunk: ArraySlice<UInt8>, cues: ReadingCues) -> Bool {
        guard let dot = chunk.lastIndex(of: UInt8(ascii: ".")), dot > chunk.startIndex, dot + 1 < chunk.endIndex,
            chunk.endIndex - dot <= 6
        else { return false }
        let ending = Array(chunk[(dot + 1)...])
        guard ending.allSatisfy({ $0 >= 0x30 && $0 < 0x3a || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a }) else {
            return false
        }
        let tokens = Tokenizer.tokens(of: ending)
        return tokens.count == 1 && cues.has(.fileEnding, tokens[0])
    }

    private static func holds(_ piece: StaticString, _ chunk: ArraySlice<UInt8>) -> Bool {
        chunk.firstRange(of: Array("\(piece)".utf8)) != nil
    }
}
