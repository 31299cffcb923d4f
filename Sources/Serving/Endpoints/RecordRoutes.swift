import Export
import Records
import Search
import Store

extension Route {
    static let record = Route(
        .get, "/v1/records/{id}", name: "record", summary: "Show one record with everything the index knows of it.",
        parameters: [.id, .formatOfRecord],
        answers: ExportFormat.ofRecords.map(Answer.init(record:)),
        handle: { request throws(Problem) in
            let format = try request.format(.formatOfRecord, among: ExportFormat.ofRecords)
            let id = request.values.text(.id) ?? ""
            let stored = try searching { () throws(SearchError) in try request.searcher.record(named: id) }
            let entry = CatalogEntry(stored, vocabulary: request.searcher.vocabulary)
            let site = SiteAddress(request.site)
            var response =
                entry.text(as: format, at: site).map { Response($0, mediaType: format.mediaType) }
                ?? Response(ShownRecord(stored), of: request.snapshot)
            response.fields += entry.signpostsOfData(at: site, as: format).map { HeaderField("Link", $0.value) }
            if request.values.has(.formatOfRecord) { response.attach("\(entry.citationKey)", as: format) }
            return response
        })

    static let similar = Route(
        .get, "/v1/similar/{id}", name: "similar", summary: "Find records like one record.",
        parameters: Parameter.ofSimilar, answers: [Answer(schema: "Similar", "Records, most alike first.")],
        handle: { request throws(Problem) in
            let id = request.values.text(.id) ?? ""
            let found = try searching { () throws(SearchError) in
                try request.searcher.similar(
                    to: id, limit: request.values.integer(.limit), deadline: request.deadline)
            }
            return Response(["similar": found], of: request.snapshot)
        })
}
