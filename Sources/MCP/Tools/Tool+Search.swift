import Export
import JSON
import Planner
import Records
import Requests
import Search
import Vocabulary

extension Tool {
    static let search = Tool(
        name: "search", title: "Search records",
        description:
            "Plans a question and searches the index. 'total' counts records that fulfil all of it, 'possible' "
            + "those that do not tell enough; 'relax' says what to drop when nothing is found. Page on with 'cursor'.",
        parameters: RequestParameter.ofSearch.map {
            // An answer has to stay short for a reader that pays for every word.
            $0 == .limit ? .limit.within(1...Limits.hits) : $0 == .facets ? .facets.standing(at: "false") : $0
        },
        output: Schema.answer(
            [
                "query": Schema.string(), "operator_query": Schema.string("The question as it was understood."),
                "generation": Schema.string("The state of the index that answered."), "total": Schema.count,
                "possible": Schema.count, "hits": Schema.array(of: hitSchema, most: Limits.hits),
                "facets": Schema.anything, "not_recorded": Schema.anything,
                "relax": Schema.array(
                    of: Schema.object(
                        ["drop": Schema.string(), "broaden": Schema.string(), "total": Schema.count],
                        required: ["total"])),
                "next": Schema.nullable("string"),
                "warnings": Schema.array(
                    of: Schema.object(
                        [
                            "code": Schema.string(), "message": Schema.string(),
                            "suggestions": Schema.array(of: Schema.string(), "What may have been meant."),
                        ], required: ["code", "message"])),
            ], required: ["query", "operator_query", "generation", "total", "possible", "hits", "next", "warnings"]),
        run: { call in
            var request = try call.request(with: call.planner)
            guard !request.plan.query.isEmpty || request.plan.target != nil else {
                throw ToolError("empty_query", "give a query, a type or filters")
            }
            request.take(call.values)
            let result = try call.searcher.search(request)
            var answer: [String: JSONValue] = [
                "query": .string(result.query),
                "operator_query": .string(call.planner.operatorQuery(for: result.plan)),
                "generation": .string(result.generation), "total": .int(result.total),
                "possible": .int(result.possible),
                "hits": .array(result.hits.map { hit($0, isKnown: call.isKnown) }),
                "relax": try JSONValue(encoding: result.relax),
                "next": .text(result.next) ?? .null, "warnings": try JSONValue(encoding: result.warnings),
            ]
            if request.countsFacets {
                answer["facets"] = .object(
                    result.facets.mapValues { counts in
                        .array(counts.prefix(5).map { counted($0, isKnown: call.isKnown) })
                    })
                answer["not_recorded"] = try JSONValue(encoding: result.notRecorded)
            }
            return answer
        })

    private static let hitSchema = Schema.object(
        [
            "id": Schema.string(), "type": Schema.string(), "source": Schema.string(),
            "access": Schema.choice(Access.allCases.map(\.rawValue)),
            "tier": Schema.choice(["match", "possible"]), "score": ["type": "number"], "url": Schema.string(),
            "matched": Schema.array(of: Schema.anything, "The values that fulfil the filters, with their evidence."),
            "preferred": Schema.array(of: Schema.string(), "What is only preferred and holds."),
            "differs": Schema.boolean("True where it states something else than was asked."),
            "unknown": Schema.array(of: Schema.anything, "What a possible record does not tell."),
            "also_at": Schema.array(of: Schema.string()), RecordText.key: Schema.recordText,
        ], required: ["id", "type", "source", "access", "tier", "score", RecordText.key])

    private static func hit(_ hit: Hit, isKnown: (String) -> Bool) -> JSONValue {
        .members([
            "id": .string(hit.id.description), "type": .string(hit.type.rawValue),
            "source": .string(hit.source.rawValue), "access": .string(hit.access.rawValue),
            "tier": .string(hit.tier.rawValue), "score": .number(hit.score), "url": .text(WebLink.safe(hit.url)),
            "matched": .array(
                hit.matched.prefix(12).map { reason($0, isKnown: isKnown) } + hit.ranges.prefix(12).map(range)),
            "differs": hit.differs.map { .bool($0) },
            "preferred": hit.preferred.map { .texts(Array($0.prefix(12))) },
            "unknown": .array(
                hit.unknown.prefix(12).map { ["field": .string($0.field), "reason": .string($0.reason)] }),
            "also_at": .texts(hit.alsoAt.prefix(5).map { SafeName.of($0.name) }),
            RecordText.key: RecordText.object([
                "title": .string(hit.title),
                "snippet": .string(SafeText.shortened(Markup.plain(hit.snippet) { $0 }, to: 600)),
                "access_note": .text(hit.accessNote), "shared": hit.shared.map { .texts($0) },
            ]),
        ])
    }

    /// A tag that fulfils a filter.  Its label is ours where a vocabulary has it, else the record's own words.
    static func reason(_ reason: Hit.Reason, isKnown: (String) -> Bool) -> JSONValue {
        let isKnown = isKnown(reason.term.id)
        return .members([
            "facet": .string(reason.facet.rawValue), "id": isKnown ? .string(reason.term.id) : nil,
            "label": isKnown ? .string(reason.term.label) : nil,
            "evidence": .string(reason.evidence.kind.rawValue), "broader": .bool(reason.broader),
            "negated": .bool(reason.negated), "weight": .text(reason.weight?.rawValue),
            RecordText.key: RecordText.object([
                "label": isKnown ? nil : .string(reason.term.label), "where": .string(reason.evidence.provenance),
                "words": .text(reason.evidence.words), "part": .text(reason.part),
            ]),
        ])
    }

    /// A range that holds, with what is recorded.
    static func range(_ reason: RangeReason) -> JSONValue {
        [
            "range": .string(reason.range.rawValue), "value": .string(reason.text),
            "evidence": .string(reason.evidence.kind.rawValue),
            RecordText.key: RecordText.object(["where": .string(reason.evidence.provenance)]),
        ]
    }

    /// A value and how many records have it.
    static func counted(_ value: SearchResult.FacetCount, isKnown: (String) -> Bool) -> JSONValue {
        guard isKnown(value.id) else {
            return [
                "count": .int(value.count),
                RecordText.key: RecordText.object(["id": .string(value.id), "label": .string(value.label)]),
            ]
        }
        return ["id": .string(value.id), "label": .string(value.label), "count": .int(value.count)]
    }
}

extension ToolCall {
    /// Whether a term is one of the vocabularies, so that its label is no text of a record.
    func isKnown(_ id: String) -> Bool { searcher.vocabulary.number(of: id) != nil }
}
