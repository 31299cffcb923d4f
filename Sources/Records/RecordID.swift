/// A record's public name, `<source>:<type>:<native id>`, the same in every generation.
package struct RecordID: Hashable, Sendable, Codable, CustomStringConvertible, Comparable {
    package let source: Source
    package let type: RecordType
    /// The id the source itself uses; may contain colons.
    package let native: String

    package init(_ source: Source, _ type: RecordType, _ native: String) {
        self.source = source
        self.type = type
        self.native = native
    }

    /// Nil when the text is no record id.
    package init?(_ text: some StringProtocol) {
        let pieces = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, !pieces[2].isEmpty,
            let source = Source(rawValue: String(pieces[0])),
            let type = RecordType(rawValue: String(pieces[1]))
        else { return nil }
        self.init(source, type, String(pieces[2]))
    }

    package var description: String { "\(source.rawValue):\(type.rawValue):\(native)" }

    package static func < (left: RecordID, right: RecordID) -> Bool { left.description < right.description }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = RecordID(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is no record id"))
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
