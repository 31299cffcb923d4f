import JSON
import Planner
import Records
import Search

/// The shapes of answers in JSON Schema 2020-12.  A test holds real answers against them.
enum Schema {
    /// All of them, by name.
    static let all: [OrderedJSON.Member] =
        planning + searching + records + facets + vocabularies
        + [
            .init(
                "Problem",
                object(
                    [
                        ("type", text), ("title", text), ("status", whole), ("detail", text),
                        ("code", choice(Problem.Code.allCases.map(\.rawValue))),
                        ("errors", list(object([("detail", text), ("pointer", text)]))), ("suggestions", list(text)),
                    ])),
            .init(
                "Sources",
                object(
                    [
                        ("generation", text), ("created", text), ("records", whole), ("parts", whole),
                        ("vocabulary", text), ("sources", list(reference("SourceLine"))),
                    ], optional: [("model", text), ("vectors", choice(VectorKind.allCases.map(\.rawValue)))])),
        ]

    private static let planning: [OrderedJSON.Member] =
        [
            .init(
                "Plan",
                object(
                    plan.properties(for: .sent, reference: reference),
                    optional: [("generation", text), ("operators", text), ("native", reference("NativeQuery"))],
                    needs: plan.required(for: .sent))),
            .init(
                "PlanAnswer",
                object(
                    plan.properties(for: .answered, reference: reference) + [
                        ("generation", text), ("operators", text),
                    ],
                    optional: [("native", reference("NativeQuery"))],
                    needs: plan.required(for: .answered) + ["generation", "operators"])),
        ]
        + [
            Plan.Filter.shape, Plan.Value.shape, Plan.Range.shape, Plan.Words.shape, Plan.Warning.shape,
            Plan.Alternative.shape,
        ].map { .init($0.name, $0.schema(for: .either, reference: reference)) } + [native]

    private static let plan = Plan.shape

    private static let native = OrderedJSON.Member(
        "NativeQuery",
        object([
            ("system", choice(NativeSystem.allCases.map(\.rawValue))), ("text", text), ("requests", list(text)),
            ("pushed_down", list(text)), ("added_by_discover", list(text)), ("not_expressible", list(text)),
            ("notes", list(text)),
        ]))

    /// A number, or a day as ISO 8601 writes it.
    private static let limit: OrderedJSON = ["type": ["number", "string"]]
    private static let extent = object([], optional: [("min", limit), ("max", limit)])

    private static let searching: [OrderedJSON.Member] = [
        .init(
            "SearchResult",
            object([
                ("query", text), ("plan", plan.schema(for: .answered, reference: reference)), ("generation", text),
                ("total", whole),
                ("possible", whole), ("differs", whole), ("took_ms", number), ("timings_ms", map(number)),
                ("hits", list(reference("Hit"))),
                ("facets", map(list(reference("Count")))), ("not_recorded", map(whole)),
                ("relax", list(reference("Relaxation"))), ("sources", list(reference("SourceLine"))),
                ("next", nullable(text)), ("warnings", list(reference("Warning"))),
            ])),
        .init(
            "Hit",
            object(
                [
                    ("id", text), ("type", recordType), ("source", source), ("title", text), ("access", access),
                    ("license", list(text)), ("tier", tier), ("score", number),
                    ("scores", object([], optional: [("text", number), ("vector", number)])),
                    ("matched", list(reference("Match"))),
                    ("unknown", list(object([("field", text), ("reason", text)]))), ("snippet", text),
                    ("also_at", list(reference("AlsoAt"))),
                ],
                optional: [
                    ("url", text), ("access_note", text), ("preferred", list(text)), ("shared", list(text)),
                    ("differs", flag),
                ])),
        .init(
            "Reason",
            object(
                [
                    ("facet", facet), ("term", object([("id", text), ("label", text)])),
                    ("evidence", reference("Evidence")), ("broader", flag), ("negated", flag),
                ], optional: [("part", text), ("weight", weight)])),
        .init("Match", ["anyOf": [reference("Reason"), reference("RangeReason")]]),
        .init(
            "RangeReason",
            object(
                [
                    ("range", choice(RangeField.allCases.map(\.rawValue))),
                    ("value", ["anyOf": [limit, extent]]), ("asked", extent), ("evidence", reference("Evidence")),
                ], optional: [("part", text)])),
        .init(
            "Evidence",
            object(
                [("kind", choice(Evidence.Kind.allCases.map(\.rawValue))), ("where", text)],
                optional: [("rule", text), ("words", text), ("start", whole), ("end", whole)])),
        .init("AlsoAt", object([("rule", text)], optional: [("id", text), ("url", text)])),
        .init("Relaxation", object([("total", whole)], optional: [("drop", text), ("broaden", text)])),
        .init(
            "SourceLine",
            object([("source", source), ("records", whole), ("harvested", text), ("stale", flag)])),
        .init(
            "WhyNot",
            object(
                [
                    ("generation", text), ("id", text), ("title", text),
                    (
                        "verdicts",
                        list(
                            object(
                                [
                                    ("condition", text), ("state", choice(["holds", "fails", "undecided"])),
                                    ("recorded", list(reference("Reason"))),
                                ], optional: [("remedy", text), ("weight", weight)]))
                    ),
                ], optional: [("tier", tier)])),
    ]

    private static let records: [OrderedJSON.Member] = [
        .init(
            "Record",
            object(
                [
                    ("generation", text), ("id", text), ("type", recordType), ("source", source), ("title", text),
                    ("description", text), ("access", access), ("contributors", list(text)), ("labs", list(text)),
                    ("keywords", list(text)), ("parts", list(["type": "object"])), ("tags", list(reference("Tag"))),
                    ("quantities", list(["type": "object"])), ("links", list(["type": "object"])),
                    ("notes", list(text)), ("also_at", list(reference("AlsoAt"))),
                ], optional: [("url", text), ("doi", text), ("citation", text)])),
        .init(
            "Tag",
            object(
                [("facet", facet), ("term", text), ("label", text), ("evidence", reference("Evidence"))],
                optional: [("part", whole)])),
        .init(
            "Similar",
            object([
                ("generation", text),
                ("similar", list(object([("id", text), ("title", text), ("score", number), ("shared", list(text))]))),
            ])),
    ]

    private static let facets: [OrderedJSON.Member] = [
        .init("Count", object([("id", text), ("label", text), ("count", whole)])),
        .init(
            "Facets",
            object([
                ("generation", text), ("facets", map(list(reference("Count")))), ("not_recorded", map(whole)),
            ])),
        .init(
            "Suggestions",
            object([
                ("generation", text),
                (
                    "suggestions",
                    list(object([("facet", facet), ("id", text), ("label", text), ("count", whole)]))
                ),
            ])),
        .init(
            "Coverage",
            object([
                ("generation", text), ("rows", facet), ("cols", facet), ("row_values", list(reference("Count"))),
                ("col_values", list(reference("Count"))), ("counts", list(list(whole))), ("total", whole),
                ("rows_not_recorded", whole), ("cols_not_recorded", whole),
            ])),
    ]

    private static let vocabularies: [OrderedJSON.Member] = [
        .init("Name", object([("id", text), ("label", text)])),
        .init(
            "Term",
            object([
                ("id", text), ("facet", facet), ("label", text), ("synonyms", list(text)), ("acronyms", list(text)),
                ("adjectives", list(text)), ("xrefs", list(text)), ("scheme", text), ("obsolete", flag),
                ("parents", list(reference("Name"))), ("children", list(reference("Name"))), ("descendants", whole),
            ])),
        .init(
            "Vocabulary",
            object([
                ("generation", text), ("facet", facet), ("total", whole), ("terms", list(reference("Term"))),
                ("next", nullable(text)),
            ])),
    ]

    // MARK: Pieces

    static let text: OrderedJSON = ["type": "string"]
    static let whole: OrderedJSON = ["type": "integer", "minimum": 0]
    static let number: OrderedJSON = ["type": "number"]
    static let flag: OrderedJSON = ["type": "boolean"]
    private static var facet: OrderedJSON { choice(Facet.allCases.map(\.rawValue)) }
    private static var recordType: OrderedJSON { choice(RecordType.allCases.map(\.rawValue)) }
    /// No choice: an index may hold a source that this program does not know.
    private static var source: OrderedJSON { text }
    private static var access: OrderedJSON { choice(Access.allCases.map(\.rawValue)) }
    private static var weight: OrderedJSON { choice(Plan.Weight.allCases.map(\.rawValue)) }
    private static var tier: OrderedJSON { choice(["match", "possible"]) }

    static func choice(_ values: [String]) -> OrderedJSON {
        ["type": "string", "enum": .array(values.map { .string($0) })]
    }
    static func list(_ items: OrderedJSON) -> OrderedJSON { ["type": "array", "items": items] }
    static func map(_ values: OrderedJSON) -> OrderedJSON { ["type": "object", "additionalProperties": values] }
    static func reference(_ name: String) -> OrderedJSON { ["$ref": "#/components/schemas/\(name)"] }
    static func nullable(_ schema: OrderedJSON) -> OrderedJSON { ["anyOf": [schema, ["type": "null"]]] }

    /// An object; `needs` names the required fields when they are not all of `fields`.
    static func object(
        _ fields: [(String, OrderedJSON)], optional: [(String, OrderedJSON)] = [], needs: [String]? = nil
    ) -> OrderedJSON {
        var members: [OrderedJSON.Member] = [
            .init("type", "object"),
            .init("properties", .object((fields + optional).map { OrderedJSON.Member($0.0, $0.1) })),
        ]
        let required = needs ?? fields.map(\.0)
        if !required.isEmpty { members.append(.init("required", .array(required.map { .string($0) }))) }
        return .object(members)
    }
}
