import Records
import Search

extension Route {
    static let record = Route(
        .get, "/v1/records/{id}", name: "record", summary: "Show one record with everything the index knows of it.",
        parameters: [.id], answers: [Answer(schema: "Record", "The record with its tags.")],
        handle: { request throws(Problem) in
            let id = request.values.text(.id) ?? ""
            let record = try searching { () throws(SearchError) in try request.searcher.shown(id) }
            return Response(record, of: request.snapshot)
        })

    static let similar = Route(
        .get, "/v1/similar/{id}", name: "similar", summary: "Find records like one record.",
        parameters: [.id, .limit], answers: [Answer(schema: "Similar", "Records, most alike first.")],
        handle: { request throws(Problem) in
            let id = request.values.text(.id) ?? ""
            let found = try searching { () throws(SearchError) in
                try request.searcher.similar(
                    to: id, limit: request.values.integer(.limit), deadline: request.deadline)
            }
            return Response(["similar": found], of: request.snapshot)
        })
}
