import FoundationEssentials

extension Response {
    /// A value as a JSON document with sorted keys, `generation` among them.
    package init(_ value: some Encodable, of snapshot: Snapshot) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let stamped = Stamped(generation: snapshot.generation, value: value)
        guard let data = try? encoder.encode(stamped) else {
            self.init(Problem(.internalError, "the answer cannot be written"))
            return
        }
        self.init(mediaType: "application/json", body: Array(data))
    }
}

/// An object with the generation it was made from.
private struct Stamped<Value: Encodable>: Encodable {
    let generation: String
    let value: Value

    private enum Key: String, CodingKey { case generation }

    func encode(to encoder: any Encoder) throws {
        try value.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(generation, forKey: .generation)
    }
}
