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
                "plan": Plan.shape.schema(for: .answered).unordered,
                "operator_query": Schema.string("The plan as a query of operators that parses back to it."),
                "native": Schema.anything,
            ], required: ["plan", "operator_query"]),
        run: { call in
            let plan = try call.request(with: call.planner).plan
            var answer: [String: JSONValue] = [
                "plan": plan.jsonValue, "operator_query": .string(call.planner.operatorQuery(for: plan)),
            ]
            if let system: NativeSystem = call.values.choice(.native) {
                answer["native"] = try JSONValue(encoding: call.planner.native(plan, for: system))
            }
            return answer
        })
}
