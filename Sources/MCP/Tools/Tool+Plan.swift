import JSON
import Planner
import Search

extension Tool {
    static let planQuery = Tool(
        name: "plan_query", title: "Understand a question",
        description:
            "Shows how a question is understood, without searching: the filters with the words that made them, "
            + "ranges, the words left for ranking, other readings of ambiguous words, and the same as operators.",
        input: Schema.object(
            ["query": queryInput, "type": typeInput, "filters": filtersInput], required: ["query"], closed: true),
        output: Schema.answer(
            [
                "plan": Plan.shape.schema(for: .answered).unordered,
                "operator_query": Schema.string("The plan as a query of operators that parses back to it."),
            ], required: ["plan", "operator_query"]),
        run: { call in
            let plan = try call.request().plan
            return [
                "plan": plan.jsonValue, "operator_query": .string(call.planner.operatorQuery(for: plan)),
            ]
        })
}
