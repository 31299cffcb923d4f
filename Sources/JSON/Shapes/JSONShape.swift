/// What a JSON value must look like.  What a ``JSONCodec`` checks and what its JSON Schema promises both come from it.
package indirect enum JSONShape: Sendable {
    /// At most so many bytes of UTF-8; nil for any number.
    case text(longest: Int?)
    case choice([String])
    /// From the first number to the last; nil where there is no last.
    case whole(from: Int, to: Int?)
    case number
    case flag
    /// A number, or a day as ISO 8601 writes it.
    case numberOrDay
    case list(JSONShape, ClosedRange<Int>)
    case object(JSONObjectShape)
    /// The value, or null.
    case nullable(JSONShape)
}

/// What the members of an object look like.
package struct JSONObjectShape: Sendable {
    package enum Presence: Sendable, Hashable {
        /// Readers ask for it.
        case needed
        /// Always written, but need not be given.
        case written
        /// Left out where there is nothing to say.
        case occasional
    }

    package struct Member: Sendable {
        package let name: String
        package let shape: JSONShape
        package let presence: Presence
        /// A sentence for people.
        package let about: String
    }

    /// The name that documents know it by.
    package let name: String
    package let members: [Member]
    /// Members that answers add, and that are passed over when such an answer is sent back.
    package let passedOver: [String]
}

// MARK: JSON Schema

extension JSONShape {
    /// What a schema speaks of.  Readers bound texts and lists, and ask for less than is always written.
    package enum Side: Sendable {
        /// What clients send.
        case sent
        /// What answers hold.
        case answered
        /// Both.
        case either
    }

    /// The schema of the value (JSON Schema, draft 2020-12).
    ///
    /// Bounds of texts are in bytes and JSON Schema counts characters, so a text of many bytes a character may be
    /// refused although its length fits.
    ///
    /// - Parameter reference: the schema that stands for the object of a name; nil to write objects where they stand.
    package func schema(
        for side: Side, reference: ((_ name: String) -> OrderedJSON)? = nil
    ) -> OrderedJSON {
        switch self {
        case .text(let longest):
            .object(
                [.init("type", "string")]
                    + (side == .sent ? longest.map { [.init("maxLength", .integer($0))] } ?? [] : []))
        case .choice(let values):
            ["type": "string", "enum": .array(values.map { .string($0) })]
        case .whole(let first, let last):
            .object(
                [.init("type", "integer"), .init("minimum", .integer(first))]
                    + (last.map { [.init("maximum", .integer($0))] } ?? []))
        case .number: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .numberOrDay: ["type": ["number", "string"]]
        case .list(let item, let count):
            .object(
                [.init("type", "array"), .init("items", item.schema(for: side, reference: reference))]
                    + (count.lowerBound > 0 ? [.init("minItems", .integer(count.lowerBound))] : [])
                    + (side == .sent && count.upperBound < .max ? [.init("maxItems", .integer(count.upperBound))] : []))
        case .object(let object):
            reference?(object.name) ?? object.schema(for: side, reference: reference)
        case .nullable(.numberOrDay): ["type": ["number", "string", "null"]]
        case .nullable(let shape):
            ["anyOf": [shape.schema(for: side, reference: reference), ["type": "null"]]]
        }
    }
}

extension JSONObjectShape {
    /// The members with their schemas.
    package func properties(
        for side: JSONShape.Side, reference: ((String) -> OrderedJSON)? = nil
    ) -> [(String, OrderedJSON)] {
        members.map { member in
            var schema = member.shape.schema(for: side, reference: reference)
            if case .object(let rules) = schema {
                schema = .object(rules + [.init("description", .string(member.about))])
            }
            return (member.name, schema)
        }
    }

    /// Names of the members that must be there.
    package func required(for side: JSONShape.Side) -> [String] {
        members.filter { $0.presence == .needed || (side == .answered && $0.presence == .written) }.map(\.name)
    }

    package func schema(for side: JSONShape.Side, reference: ((String) -> OrderedJSON)? = nil) -> OrderedJSON {
        let required = required(for: side)
        return .object(
            [
                .init("type", "object"),
                .init(
                    "properties", .object(properties(for: side, reference: reference).map { .init($0.0, $0.1) })),
            ]
                + (required.isEmpty ? [] : [.init("required", .array(required.map { .string($0) }))]))
    }
}
