package import Connectors
package import Records
package import Store
package import Vocabulary

/// `discover ingest`: reads one source, keeps the records of all others, and publishes.
package struct Ingest {
    private let index: IndexFolder
    let vocabulary: Vocabulary
    private let embedding: TextEmbedding?
    private let allowsEmpty: Bool
    private let adds: Bool
    let progress: (@Sendable (IndexingProgress) -> Void)?

    /// - Parameters:
    ///   - embedding: nil for an index without vectors.
    ///   - allowsEmpty: whether a source may give no record.
    ///   - adds: whether records that other locations of the source gave stay.
    ///   - progress: called often, from the thread that runs.
    package init(
        index: IndexFolder, vocabulary: Vocabulary, embedding: TextEmbedding? = nil, allowsEmpty: Bool = false,
        adds: Bool = false, progress: (@Sendable (IndexingProgress) -> Void)? = nil
    ) {
        self.index = index
        self.vocabulary = vocabulary
        self.embedding = embedding
        self.allowsEmpty = allowsEmpty
        self.adds = adds
        self.progress = progress
    }

    /// Harvests a location with a connector and publishes.  Throws ``Connectors/ConnectorError``,
    /// ``Store/StoreError`` or ``IndexingError``; the live index is then as it was.
    package func run(
        _ connector: any Connector, location: Location, limits: HarvestLimits = HarvestLimits(),
        cancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> IngestReport {
        let entry = Harvests.Entry(
            name: connector.name, connector: connector, location: location.description, limits: limits,
            cacheFolder: limits.cacheFolder, label: "")
        return try run(connector.source, location: location.description, cancelled: cancelled) { admission, file in
            let harvests = Harvests(admission: admission, progress: progress, cancelled: cancelled)
            return harvests.read([entry], into: [file])
        }
    }

    /// The same for records that come from no connector: the closure hands every record to its sink.
    package func run(
        source: Source, location: String, cancelled: @escaping () -> Bool = { false },
        harvest: ((Record) throws -> Void) throws -> HarvestReport?
    ) throws -> IngestReport {
        try withoutActuallyEscaping(harvest) { harvest in
            try run(source, location: location, cancelled: cancelled) { admission, file in
                [
                    try Harvests.collect(
                        source, location: location, admission: admission, into: file, harvest)
                ]
            }
        }
    }

    private func run(
        _ source: Source, location: String, cancelled: @escaping () -> Bool, read: @escaping IngestRun.Read
    ) throws -> IngestReport {
        let lock = try index.lock()
        var report = IngestReport(source: source, location: location)
        let base = try index.readable(replaced: &report.replaced)
        let pipeline = Pipeline(
            index: index, vocabulary: vocabulary, embedding: embedding, progress: progress,
            checkCancelled: {
                if cancelled() { throw IndexingError(.cancelled, "interrupted; the index is as it was") }
            })
        var run = IngestRun(
            base: base, admission: Admission(forgotten: try ForgottenList(of: index)), source: source,
            location: location, allowsEmpty: allowsEmpty, adds: adds, read: read)
        var outcome = Pipeline.Outcome()
        try pipeline.run(&run, outcome: &outcome, lock: lock)
        report.tell(outcome)
        report.replacedLocation = run.earlierLocation.flatMap { !adds && $0 != location ? $0 : nil }
        return report
    }
}

/// One source, which is believed when it gives less than before, but not when it gives nothing.
private struct IngestRun: PipelineRun {
    typealias Read = (Admission, StagingFile) throws -> [HarvestOutcome]

    let base: Generation?
    let admission: Admission
    let source: Source
    let location: String
    let allowsEmpty: Bool
    let adds: Bool
    let read: Read
    private var harvested: HarvestReport?

    init(
        base: Generation?, admission: Admission, source: Source, location: String, allowsEmpty: Bool, adds: Bool,
        read: @escaping Read
    ) {
        self.base = base
        self.admission = admission
        self.source = source
        self.location = location
        self.allowsEmpty = allowsEmpty
        self.adds = adds
        self.read = read
    }

    /// Where the source's records in the live index came from.
    var earlierLocation: String? { base?.sources.first { $0.source == source }?.location }
    var partlyRead: Set<Source> { adds ? [source] : [] }
    /// A location that is read again replaces what it gave before, as far as that can be told.
    var extended: Set<Source> {
        let isKnown = earlierLocation?.split(separator: " ").contains { $0 == location } ?? true
        return adds && !isKnown ? [source] : []
    }
    var kept: Int { GenerationWriter.kept }

    mutating func harvest(into writer: GenerationWriter) throws -> [HarvestOutcome] {
        let harvests = try read(admission, try writer.makeHarvest(0))
        harvested = harvests.lazy.compactMap(\.report).first
        for harvest in harvests {
            if let failure = harvest.failure { throw failure }
        }
        return harvests
    }

    func isStale(_ result: Merge.Result) -> Bool { adds ? result.report.stale : result.report.kept > 0 }

    func mayBuild(_ merged: Merge.Outcome) throws -> Bool {
        guard let result = merged.results[source] else { return false }
        guard result.harvested == 0, !allowsEmpty else { return true }
        let before = result.report.before
        let refused = RejectGroup.of(harvested?.rejects ?? []).prefix(3).map { "; \($0)" }.joined()
        throw IndexingError(
            .empty,
            """
            \(location) gave no record of \(source.rawValue), which has \(before) in the index\(refused); nothing was \
            changed (--allow-empty \(before == 0 ? "accepts that" : "removes them"))
            """)
    }
}

extension IngestReport {
    /// Takes over what a run did.
    fileprivate mutating func tell(_ outcome: Pipeline.Outcome) {
        if let counts = outcome.merged.results[source]?.report {
            (added, changed, unchanged) = (counts.added, counts.changed, counts.unchanged)
            (removed, kept, forgotten) = (counts.removed, counts.kept, counts.forgotten)
        }
        harvest = outcome.harvests.first?.report
        duplicates = outcome.harvests.flatMap(\.duplicates)
        seconds = outcome.seconds
        (total, joined) = (outcome.built.total, outcome.built.joined)
        (embedded, reused) = (outcome.built.embedded, outcome.built.reused)
        switch outcome.ending {
        case .published(let published): generation = published.manifest.generation
        case .unchanged(let live):
            generation = live.manifest.generation
            isUnchanged = true
            total = live.manifest.records
            joined = live.manifest.sources.reduce(0) { $0 + $1.records } - total
        case .stopped: preconditionFailure("an ingest that may not be built throws")
        }
    }
}
