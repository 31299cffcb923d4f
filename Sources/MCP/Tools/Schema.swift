import JSON

/// JSON Schema (draft 2020-12) in few words.
enum Schema {
    static func object(
        _ properties: KeyValuePairs<String, JSONValue>, required: [String] = [], closed: Bool = false,
        _ description: String? = nil
    ) -> JSONValue {
        .members([
            "type": "object", "description": .text(description),
            "properties": .object(Dictionary(properties.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })),
            "required": required.isEmpty ? nil : .texts(required),
            "additionalProperties": closed ? .bool(false) : nil,
        ])
    }

    /// `empty` holds an object without properties, which `members` would leave out.
    static let anything: JSONValue = ["type": "object"]

    static func string(_ description: String? = nil, longest: Int? = nil) -> JSONValue {
        .members([
            "type": "string", "description": .text(description), "maxLength": longest.map { .int($0) },
        ])
    }

    static func choice(_ values: [String], _ description: String? = nil) -> JSONValue {
        .members(["type": "string", "enum": .texts(values), "description": .text(description)])
    }

    static func boolean(_ description: String) -> JSONValue {
        ["type": "boolean", "description": .string(description)]
    }

    static func array(of items: JSONValue, _ description: String? = nil, most: Int? = nil) -> JSONValue {
        .members([
            "type": "array", "items": items, "description": .text(description), "maxItems": most.map { .int($0) },
        ])
    }

    static func nullable(_ type: String) -> JSONValue { ["type": .array([.string(type), "null"])] }

    static let count: JSONValue = ["type": "integer", "minimum": 0]

    /// Texts of records.
    static let recordText: JSONValue = [
        "type": "object", "description": .string(RecordText.notice),
    ]

    /// An answer: what the tool says, and the two members of every answer.
    static func answer(_ properties: KeyValuePairs<String, JSONValue>, required: [String]) -> JSONValue {
        var all: [String: JSONValue] = [
            "notice": string("What 'record_text' is."),
            "truncated": boolean("Whether texts or lists of records were cut to keep the answer small."),
        ]
        for (key, schema) in properties { all[key] = schema }
        return [
            "type": "object", "properties": .object(all), "required": .texts(required + ["notice", "truncated"]),
        ]
    }
}
