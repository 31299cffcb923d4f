internal import Connectors
internal import Records
internal import Store

/// All sources of a configuration, judged by its gates.
struct ReindexRun: PipelineRun {
    let reindex: Reindex
    let entries: [ReindexConfiguration.SourceEntry]
    let base: Generation?
    let admission: Admission
    var report: ReindexReport
    private(set) var gates: Gates

    init(
        _ reindex: Reindex, entries: [ReindexConfiguration.SourceEntry], base: Generation?, admission: Admission,
        report: ReindexReport
    ) {
        self.reindex = reindex
        self.entries = entries
        self.base = base
        self.admission = admission
        self.report = report
        gates = Gates(configuration: reindex.configuration, accepted: reindex.options.accepted)
    }

    var isFull: Bool { reindex.options.isFull }
    var kept: Int { reindex.configuration.generations }

    /// Kinds of source that other entries of the configuration give, too.
    var partlyRead: Set<Source> {
        let read = Set(entries.map(\.name))
        return Set(reindex.configuration.sources.filter { !read.contains($0.name) }.map(\.connector.source))
    }

    mutating func harvest(into writer: GenerationWriter) throws -> [HarvestOutcome] {
        var files: [StagingFile] = []
        for number in entries.indices { files.append(try writer.makeHarvest(number)) }
        let harvests = Harvests(
            admission: admission, progress: reindex.progress, cancelled: reindex.cancelled
        ).read(
            entries.map { entry in
                Harvests.Entry(
                    name: entry.name, connector: entry.connector, location: entry.location, limits: entry.limits,
                    cacheFolder: reindex.cacheFolder(of: entry), label: "\(entry.name): ")
            }, into: files)
        report.sources = harvests.map(Self.told)
        try reindex.checkCancelled()
        guard base != nil || harvests.contains(where: { $0.records != nil }) else {
            throw IndexingError(.noSource, "no source could be read, and there is no index yet")
        }
        return harvests
    }

    mutating func mayBuild(_ merged: Merge.Outcome) throws -> Bool {
        report.records = merged.results.values.map(\.report).sorted { $0.source.rawValue < $1.source.rawValue }
        gates.judgeShrinking(merged.results)
        report.gates = gates.all
        return gates.isOpen && !reindex.options.isDryRun
    }

    mutating func mayPublish(_ generation: Generation) throws -> Bool {
        // The files of the generation before were compared with their checksums when the run began.
        if generation.manifest.generation != base?.manifest.generation { try gates.judgeParity(generation) }
        gates.judgeVectors(generation, before: base)
        try gates.judgePrivacy(generation)
        gates.judgeCanaries(generation, ask: reindex.ask)
        report.gates = gates.all
        return gates.isOpen
    }

    mutating func willPublish(_ merged: Merge.Outcome) throws {
        try reindex.eraseMentions(of: merged.results.values.flatMap { $0.missing + $0.withdrawn })
    }

    private static func told(_ outcome: HarvestOutcome) -> ReindexReport.SourceReport {
        var told = ReindexReport.SourceReport(name: outcome.name, source: outcome.source, location: outcome.location)
        told.seconds = outcome.seconds
        told.harvest = outcome.report
        told.records = outcome.records == nil ? 0 : outcome.report?.total ?? 0
        told.failure = outcome.failure.map { ($0 as? ConnectorError)?.detail ?? "\($0)" }
        return told
    }
}
