import Export
import JSON
import Planner
import Records
import Requests
import Search

extension Route {
    static let search = Route(
        .get, "/v1/search", name: "search", summary: "Find records that answer a question.",
        parameters: Parameter.ofSearch + [.formatOfList],
        answers: [Answer(schema: "SearchResult", "The page, with total and facet counts of the same matched set.")]
            + ExportFormat.allCases.filter { $0 != .json }.map(Answer.init(list:)),
        handle: { request throws(Problem) in
            let format = try request.format(.formatOfList, among: ExportFormat.allCases)
            return try Response.page(of: try request.search(), request, as: format)
        })

    static let searchByPlan = Route(
        .post, "/v1/search", name: "search_by_plan",
        summary: "Find records that answer a plan, as /v1/plan gives it and a person has edited it.",
        parameters: Parameter.besidePlan, body: "Plan",
        answers: [Answer(schema: "SearchResult", "The page, with total and facet counts of the same matched set.")],
        handle: { request throws(Problem) in
            let plan = try PlanReader(request).plan()
            var search = SearchRequest(plan: plan)
            search.take(request.values.request)
            search.deadline = request.deadline
            return try Response.page(of: search, request)
        })

    static let plan = Route(
        .get, "/v1/plan", name: "plan", summary: "Show how a question is understood, without searching.",
        parameters: Parameter.ofPlan,
        answers: [Answer(schema: "PlanAnswer", "The plan, and the same as an operator query.")],
        handle: { request throws(Problem) in
            let plan = try request.question(with: request.planner).plan
            let system: NativeSystem? = request.values.request.choice(.native)
            return Response(
                PlanAnswer(
                    plan: plan, operators: request.planner.operatorQuery(for: plan),
                    native: system.map { request.planner.native(plan, for: $0) }), of: request.snapshot)
        })

    static let whyNot = Route(
        .get, "/v1/why-not/{id}", name: "why_not",
        summary: "Tell which filter keeps a record out, and what would let it in.",
        parameters: Parameter.ofWhyNot,
        answers: [Answer(schema: "WhyNot", "One verdict a condition.")],
        handle: { request throws(Problem) in
            let question = try request.question()
            let id = request.values.text(.id) ?? ""
            let answer = try searching { () throws(SearchError) in
                try request.searcher.whyNot(id, request: question)
            }
            return Response(answer, of: request.snapshot)
        })
}

extension Response {
    /// A page of a search, with links to itself and to the next (RFC 8288).
    static func page(
        of search: SearchRequest, _ request: Request, as format: ExportFormat = .json
    ) throws(Problem) -> Response {
        var search = search
        search.countsFacets = search.countsFacets && format == .json
        let result = try searching { () throws(SearchError) in try request.searcher.search(search) }
        var response =
            format == .json
            ? Response(result, of: request.snapshot) : try Response(result.hits, as: format, request)
        response.stages = result.timingsMs
        response.matches = result.total
        if request.method != .post {
            response.fields.append(HeaderField("Link", "<\(request.address())>; rel=\"self\""))
            if let next = result.next {
                response.fields.append(
                    HeaderField("Link", "<\(request.address(replacing: .cursor, with: next))>; rel=\"next\""))
            }
        }
        return response
    }
}

/// A plan's own fields, and what goes with it.
private struct PlanAnswer: Encodable {
    let plan: Plan
    /// The plan written back as a query of operators.
    let operators: String
    let native: NativeQuery?

    private enum Key: String, CodingKey { case operators, native }

    func encode(to encoder: any Encoder) throws {
        try plan.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(operators, forKey: .operators)
        try container.encodeIfPresent(native, forKey: .native)
    }
}
