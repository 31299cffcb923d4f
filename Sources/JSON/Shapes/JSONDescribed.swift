/// A type whose JSON a codec describes, also where it stands within values of other types.
package protocol JSONDescribed: Codable {
    static var codec: JSONCodec<Self> { get }
}

extension JSONDescribed {
    /// What an object of the type looks like.
    package static var shape: JSONObjectShape {
        guard case .object(let shape) = codec.shape else { preconditionFailure("a described type is an object") }
        return shape
    }

    /// The value as JSON.
    package var jsonValue: JSONValue { Self.codec.write(self) }

    package func encode(to encoder: any Encoder) throws { try jsonValue.encode(to: encoder) }

    package init(from decoder: any Decoder) throws {
        let json = try JSONValue(from: decoder)
        do {
            self = try Self.codec.read(json, "#")
        } catch {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "\(error)"))
        }
    }
}
