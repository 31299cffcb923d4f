internal import Text

/// A word that is several, each with a capital: "HippocampusRewardDataset".
enum CapitalPieces {
    /// The words; one where it is one.  Every piece is a capital with at least three small letters, so that names with
    /// inner capitals ("GCaMP", "BrainSTEM") stay whole.
    static func split(_ token: Token, in bytes: [UInt8]) -> [Token] {
        var starts: [Int] = []
        for index in token.start..<token.end {
            let byte = bytes[index]
            if byte >= 0x41, byte <= 0x5a { starts.append(index) } else if byte < 0x61 || byte > 0x7a { return [token] }
        }
        guard starts.count > 1, starts[0] == token.start else { return [token] }
        let ends = starts.dropFirst() + [token.end]
        guard zip(starts, ends).allSatisfy({ $1 - $0 > 3 }) else { return [token] }
        return zip(starts, ends).compactMap { start, end in
            Tokenizer.tokens(of: Array(bytes[start..<end])).first.map {
                Token(start: start, end: end, folded: $0.folded)
            }
        }
    }
}
