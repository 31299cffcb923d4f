/// What a row holds, as it is packed: a record and its tags.  They are packed as one, because tags repeat much of the record.
struct RowContent: Sendable, Hashable {
    /// The record as ``StagingFile`` keeps it.
    let json: String
    /// See ``StoredTags``; none for a record that is joined to another.
    let tags: [UInt8]

    init(json: String, tags: [UInt8] = []) {
        self.json = json
        self.tags = tags
    }

    /// The length of the record in LEB128, the record, the tags.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(json.utf8.count + tags.count + 4)
        var rest = json.utf8.count
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f | 0x80))
            rest >>= 7
        }
        bytes.append(UInt8(rest))
        bytes += json.utf8
        bytes += tags
        return bytes
    }

    /// Nil when the bytes are not what ``bytes`` gives.
    init?(_ bytes: [UInt8]) {
        var length = 0
        var start = 0
        while true {
            guard start < min(bytes.count, 5) else { return nil }
            let byte = Int(bytes[start])
            length |= (byte & 0x7f) << (7 * start)
            start += 1
            if byte < 0x80 { break }
        }
        guard length <= bytes.count - start else { return nil }
        json = String(decoding: bytes[start..<start + length], as: UTF8.self)
        tags = Array(bytes[(start + length)...])
    }
}
