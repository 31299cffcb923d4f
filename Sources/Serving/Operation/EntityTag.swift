import CShims

/// Strong entity tags (RFC 9110 section 8.8.3), made of what decides an answer, before any work is done.
enum EntityTag {
    /// 128 bits of a SHA-256 over the pieces, which cannot run into one another.
    static func make(_ pieces: [String]) -> String {
        var hash = discover_sha256()
        discover_sha256_begin(&hash)
        for piece in pieces {
            var text = "\(piece.utf8.count) \(piece)"
            text.withUTF8 { discover_sha256_add(&hash, $0.baseAddress, $0.count) }
        }
        var digest = [UInt8](repeating: 0, count: 32)
        discover_sha256_end(&hash, &digest)
        return digest.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The tag of one coding of an answer, quoted: another coding is other bytes, so it has another tag.
    static func quoted(_ tag: String, isCompressed: Bool) -> String { "\"\(tag)\(isCompressed ? "-gz" : "")\"" }

    /// Whether an `If-None-Match` names the answer in either coding.
    static func matches(_ field: String, _ tag: String) -> Bool {
        field.split(separator: ",").contains { entry in
            let entry = entry.drop { $0 == " " || $0 == "\t" }
            let name = entry.hasPrefix("W/") ? entry.dropFirst(2) : entry
            let bare = name.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
            return String(bare) == "*" || String(bare) == "\"\(tag)\"" || String(bare) == "\"\(tag)-gz\""
        }
    }
}
