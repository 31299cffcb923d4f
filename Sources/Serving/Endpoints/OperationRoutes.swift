import FoundationEssentials
import JSON
import Records
import Search
import Vocabulary

extension Route {
    static let sources = Route(
        .get, "/v1/sources", name: "sources", summary: "Tell what the index holds of each source, and how fresh it is.",
        answers: [Answer(schema: "Sources", "One entry a source.")],
        handle: { request throws(Problem) in
            Response(
                SourcesAnswer(facts: request.snapshot.facts, sources: request.searcher.sourceLines),
                of: request.snapshot)
        })

    static let openAPI = Route(
        .get, "/openapi.json", name: "openapi", summary: "Describe this service (OpenAPI 3.1).",
        answers: [Answer(schema: nil, "The document.")],
        handle: { request throws(Problem) in
            let document = OpenAPI.document(of: Route.all, version: request.service.settings.version)
            return Response(mediaType: "application/json", body: document.json(.indented), caching: .asset)
        })

    // Health and figures: answered without the queue, never kept.

    static let livez = Route(
        .get, "/livez", name: "livez", summary: "Tell that the process answers.", parameters: [.verbose],
        answers: [Answer("text/plain", "The word ok.")], cost: .none,
        handle: { _ throws(Problem) in Response("ok\n", mediaType: "text/plain; charset=utf-8", caching: .none) })

    static let readyz = Route(
        .get, "/readyz", name: "readyz", summary: "Tell whether questions can be answered.", parameters: [.verbose],
        answers: [Answer("text/plain", "The word ok; with `verbose` one line a check before it.")], cost: .none,
        handle: { request throws(Problem) in
            if request.service.isStopping { throw Problem(.stopping, "the service is stopping", retryAfter: 5) }
            return Response(
                request.values.flag(.verbose) ? readiness(of: request.service) : "ok\n",
                mediaType: "text/plain; charset=utf-8", caching: .none)
        })

    static let metrics = Route(
        .get, "/metrics", name: "metrics", summary: "Give the service's figures for Prometheus.",
        answers: [Answer("text/plain", "Counters, gauges and histograms.")], cost: .none, isOpenToAllOrigins: false,
        handle: { request throws(Problem) in
            let service = request.service
            return Response(
                service.metrics.text(
                    served: service.served, version: service.settings.version, now: Date().timeIntervalSince1970),
                mediaType: "text/plain; version=0.0.4; charset=utf-8", caching: .none)
        })

    /// One line a check: `+` whole, `-` not.
    private static func readiness(of service: Service) -> String {
        let served = service.served
        let live = served.live
        var lines = [
            "+ discover \(service.settings.version)",
            "+ index: generation \(live.generation), \(live.facts.records) records, made \(live.facts.created)",
        ]
        // What the refusal says names files of this machine; that it happened is enough here, the log has the rest.
        lines.append(
            served.refusal == nil
                ? "+ newest generation is served" : "- a newer generation is damaged; the log says how"
        )
        lines.append(
            live.facts.vocabulary == live.searcher.vocabulary.fingerprint
                ? "+ vocabularies: those of the index" : "- vocabularies: others than those of the index")
        lines.append(
            live.facts.vectors == .lsa
                ? "- vectors: of latent semantic analysis, for want of a sentence model"
                : live.searcher.hasMeaning ? "+ vectors" : "- vectors: none; words alone rank")
        for line in live.searcher.sourceLines {
            lines.append(
                "\(line.stale ? "-" : "+") \(line.source.rawValue): \(line.records) records of \(line.harvested)")
        }
        if let run = served.lastRun { lines.append(line(of: run)) }
        return lines.joined(separator: "\n") + "\nok\n"
    }

    /// How the last run went, without its own words, which may name files of this machine.
    private static func line(of run: ReindexStatus) -> String {
        let end = run.finished.map { " \(Moment.iso(seconds: $0))" } ?? " since \(Moment.iso(seconds: run.started))"
        var text = "\(run.isGood ? "+" : "-") last run: \(run.outcome)\(end)"
        if !run.gates.isEmpty { text += "; gates that failed: \(run.gates.keys.sorted().joined(separator: ", "))" }
        let unread = run.failures.keys.sorted()
        if !unread.isEmpty { text += "; not read: \(unread.joined(separator: ", "))" }
        return text
    }
}

private struct SourcesAnswer: Encodable {
    let facts: SnapshotFacts
    let sources: [SearchResult.SourceLine]

    private enum Key: String, CodingKey { case sources }

    func encode(to encoder: any Encoder) throws {
        try facts.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(sources, forKey: .sources)
    }
}
