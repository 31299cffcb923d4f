/// The content of a row before compression: a record and its tags.  They are compressed together, because tags repeat
/// much of the record.
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
        LEB128.append(UInt(json.utf8.count), to: &bytes)
        bytes += json.utf8
        bytes += tags
        return bytes
    }

    /// Nil when the bytes are not what ``bytes`` gives.
    init?(_ bytes: [UInt8]) {
        var start = 0
        guard let number = LEB128.number(in: bytes, at: &start), let length = Int(exactly: number),
            length <= bytes.count - start
        else { return nil }
        json = String(decoding: bytes[start..<start + length], as: UTF8.self)
        tags = Array(bytes[(start + length)...])
    }
}
