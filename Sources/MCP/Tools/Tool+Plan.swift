import JSON
import Planner
import Records
import Requests
import Search

extension Tool {
    static let planQuery = Tool(
        name: "plan_query", title: "Understand a question",
        description:
            "Shows how a question is understood, without searching: the filters with the words that made them, "
            + "ranges, the words left for ranking, other readings of ambiguous words, and the same as operators.",
        parameters: RequestParameter.ofPlan,
        output: Schema.answer(
            [
                "plan": planSchema,
                "operator_query": Schema.string("The plan as a query of operators that parses back to it."),
                "native": Schema.anything,
            ], required: ["plan", "operator_query"]),
        run: { call in
            let plan = try call.request(with: call.planner).plan
            var answer: [String: JSONValue] = [
                "plan": try JSONValue(encoding: plan), "operator_query": .string(call.planner.operatorQuery(for: plan)),
            ]
            if let system: NativeSystem = call.values.choice(.native) {
                answer["native"] = try JSONValue(encoding: call.planner.native(plan, for: system))
            }
            return answer
        })

    private static let value = Schema.object(
        [
            "id": Schema.string(), "label": Schema.string(), "synonyms": Schema.array(of: Schema.string()),
            "xrefs": Schema.array(of: Schema.string()), "descendants": Schema.count,
        ], required: ["id", "label"])

    private static let planSchema = Schema.object(
        [
            "query": Schema.string(), "target": Schema.nullable("string"),
            "filters": Schema.array(
                of: Schema.object(
                    [
                        "facet": Schema.choice(Facet.allCases.map(\.rawValue)), "any_of": Schema.array(of: value),
                        "negated": ["type": "boolean"], "scope": Schema.nullable("integer"),
                        "role": Schema.nullable("string"), "confidence": ["type": "number"],
                        "words": Schema.anything, "via": Schema.string(),
                    ], required: ["facet", "any_of", "negated", "words", "via"])),
            "ranges": Schema.array(
                of: Schema.object(["field": Schema.string(), "words": Schema.anything], required: ["field", "words"])),
            "text": Schema.string("Words that rank."),
            "warnings": Schema.array(of: Schema.anything), "alternatives": Schema.array(of: Schema.anything),
        ], required: ["query", "target", "filters", "ranges", "text", "warnings", "alternatives"])
}
