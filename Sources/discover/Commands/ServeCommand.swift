import FoundationEssentials
import JSON
import LinearAlgebra
import Records
import Search
import Serving
import Store
import Vocabulary

extension Command {
    static let serve = Command(
        name: "serve", summary: "Answer over HTTP, for portals and people.", forms: [""],
        details: [
            "For people the search page at /, record pages and the coverage map; open the address in a browser.",
            "For programs section 6 of the contract: /v1/search, /v1/plan, /v1/why-not/ID, /v1/records/ID, "
                + "/v1/similar/ID, /v1/facets, /v1/vocab/FACET, /v1/suggest, /v1/coverage, /v1/sources, /openapi.json, "
                + "/livez, /readyz, /metrics. A generation that is published meanwhile is taken up within a second, "
                + "without dropping a request.",
            "Ends gracefully on SIGTERM and SIGINT. docs/operations.md shows it behind nginx and under systemd.",
        ],
        operands: .none,
        flags: [
            .host, .port, .publicURL, .workers, .queue, .clientRate, .burst, .connections, .trustForwarded, .accessLog,
            .describe,
        ],
        examples: [
            Example("discover serve", "on 127.0.0.1, port 8080"),
            Example(
                "discover serve --port 9000 --public-url https://search.example.org --trust-forwarded",
                "behind a proxy that sets X-Forwarded-For"),
        ],
        run: { session throws in
            try session.requireOperands(0...0, named: "")
            switch session.arguments.value(of: .describe) {
            case "openapi"?:
                session.terminal.print(
                    String(
                        decoding: OpenAPI.document(of: Route.all, version: Release.version).json(.indented),
                        as: UTF8.self))
                return .done
            case "markdown"?:
                session.terminal.print(HTTPManual.tables)
                return .done
            default: return try ServeCommand(session: session).run()
            }
        })
}

/// Opens the index, listens, and waits for a signal.
private struct ServeCommand {
    let session: Session

    func run() throws -> ExitCode {
        // First of all, so that every thread started later inherits it.
        StopSignal.hold()
        BLAS.use(threads: 1)
        let arguments = session.arguments
        let vocabulary = try session.vocabulary()
        let model = ModelOnce(folder: session.modelFolder)
        // Whether unknown words get suggestions is settled here: tags of answers do not tell one from the other later.
        let names = session.linking(vocabulary, model: model)
        let linking = names.isReady ? names : nil
        let served = try ServedGenerations(
            try source(vocabulary, model: model, linking: linking),
            identity: try identity(vocabulary, isSuggesting: linking != nil))
        var sockets = HTTPServer.Settings()
        sockets.host = arguments.value(of: .host) ?? sockets.host
        sockets.port = UInt16(arguments.number(of: .port) ?? Int(sockets.port))
        sockets.workers = arguments.number(of: .workers) ?? Workers.cores
        sockets.queue = arguments.number(of: .queue) ?? sockets.queue
        sockets.connections = arguments.number(of: .connections) ?? sockets.connections
        sockets.trustsForwarded = arguments.has(.trustForwarded)
        if sockets.trustsForwarded { sockets.connectionsPerClient = 0 }
        let rate = arguments.number(of: .clientRate) ?? 20
        // Without a URL the server prints the one it listens on: the port may be any free one.
        let site = arguments.value(of: .publicURL) ?? ""
        let service = Service(
            served: served,
            settings: .init(
                version: Release.version, site: site.hasSuffix("/") ? String(site.dropLast()) : site,
                rate: rate > 0 ? (Double(rate), arguments.number(of: .burst) ?? rate * 5) : nil))
        let path = arguments.value(of: .accessLog)
        let log = try AccessLog(path: path == "off" || path == "-" ? nil : path, answers: path != "off")
        if let refusal = served.refusal { session.terminal.note("refused the newest generation: \(refusal)") }
        served.live.searcher.warmUp()
        let server = try HTTPServer(service: service, settings: sockets, log: log)
        session.terminal.note(
            "\(service.address) answers from generation \(served.live.generation)")
        StopSignal.wait()
        session.terminal.note("stopping")
        server.stop()
        return .done
    }

    /// The index of the command, its vocabularies read again only when a generation was built with others.
    private func source(_ vocabulary: Vocabulary, model: ModelOnce, linking: NearNames?) throws -> IndexSource {
        let folder = session.indexFolder
        let settings = try session.rankingSettings(near: folder)
        return IndexSource(
            liveName: {
                guard let name = try folder.currentName() else {
                    throw Failure(.index, "no index at \(folder.path)")
                }
                return name
            },
            names: { folder.generationNames() },
            open: { [session] in
                let generation = try folder.current()
                let problems = try generation.verify()
                guard problems.isEmpty else { throw Failure(.index, problems.joined(separator: "; ")) }
                return try session.searcher(
                    on: generation, vocabulary: vocabulary, settings: settings, model: model, linking: linking)
            },
            begin: { [session] in
                let (generation, problems) = try folder.whole(isThorough: false)
                let searcher = try session.searcher(
                    on: generation, vocabulary: vocabulary, settings: settings, model: model, linking: linking)
                return (searcher, problems)
            },
            lastRun: { ReindexStatus.last(of: folder) })
    }

    /// What decides answers beside the generation: vocabularies and ranking settings as they are now, and what models
    /// there are.
    private func identity(_ vocabulary: Vocabulary, isSuggesting: Bool) throws -> String {
        let settings = try JSONValue(encoding: session.rankingSettings(near: session.indexFolder))
        return vocabulary.fingerprint + String(decoding: settings.json, as: UTF8.self)
            + (session.modelFolder == nil ? " no model" : "") + (isSuggesting ? " names" : "")
    }
}
