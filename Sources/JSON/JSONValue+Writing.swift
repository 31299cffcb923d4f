extension JSONValue {
    /// The value as compact JSON, keys sorted, so that equal values are equal bytes.
    package var json: [UInt8] { json(.compact) }

    /// The same with white space.
    package func json(_ layout: JSONWriter.Layout) -> [UInt8] {
        var writer = JSONWriter(layout)
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let flag): writer.bool(flag)
        case .number(let number): writer.number(number)
        case .string(let text): writer.text(text)
        case .array(let items):
            writer.array { writer in
                for item in items {
                    writer.item()
                    item.write(to: &writer)
                }
            }
        case .object(let members):
            writer.object { writer in
                for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                    writer.key(key)
                    value.write(to: &writer)
                }
            }
        }
    }
}
