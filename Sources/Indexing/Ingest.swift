package import Connectors
package import Records
package import Store
package import Vocabulary

/// One run: harvest a source, carry over all others, link, embed, publish.
package struct Ingest {
    private let index: IndexFolder
    let vocabulary: Vocabulary
    private let embedding: TextEmbedding?
    private let allowsEmpty: Bool
    let progress: ((IndexingProgress) -> Void)?

    /// - Parameters:
    ///   - embedding: nil for an index without vectors.
    ///   - allowsEmpty: whether a source that had records may lose all of them.
    ///   - progress: called often, from the thread that runs.
    package init(
        index: IndexFolder, vocabulary: Vocabulary, embedding: TextEmbedding? = nil, allowsEmpty: Bool = false,
        progress: ((IndexingProgress) -> Void)? = nil
    ) {
        self.index = index
        self.vocabulary = vocabulary
        self.embedding = embedding
        self.allowsEmpty = allowsEmpty
        self.progress = progress
    }

    /// Harvests a location with a connector and publishes.  Throws ``Connectors/ConnectorError``,
    /// ``Store/StoreError`` or ``IndexingError``; the live index is then as it was.
    package func run(
        _ connector: any Connector, location: Location, limits: HarvestLimits = HarvestLimits(),
        cancelled: @escaping () -> Bool = { false }
    ) throws -> IngestReport {
        let progress = progress
        return try build(source: connector.source, location: location.description, cancelled: cancelled) {
            staging, admission, report in
            let harvest = Harvest(
                source: connector.source, location: location, limits: limits,
                withheld: { admission.forgotten.isMentioned(in: $0) },
                progress: { step in
                    progress?(
                        IndexingProgress(phase: .harvest, what: step.what, done: step.done, total: step.total))
                }, cancelled: cancelled)
            var left = 0
            try connector.harvest(location, run: harvest) { record in
                guard let admitted = admission.admit(record) else {
                    left += 1
                    return
                }
                if try !staging.add(admitted) { throw DuplicateRecord() }
            }
            report.forgotten = left
            return harvest.report
        }
    }

    /// The same for records that come from no connector: the closure hands every record to its sink.
    package func run(
        source: Source, location: String, cancelled: @escaping () -> Bool = { false },
        harvest: ((Record) throws -> Void) throws -> HarvestReport?
    ) throws -> IngestReport {
        try build(source: source, location: location, cancelled: cancelled) { staging, admission, report in
            var (left, twice): (Int, [RecordID]) = (0, [])
            let harvested = try harvest { record in
                guard let admitted = admission.admit(record) else {
                    left += 1
                    return
                }
                if try !staging.add(admitted) { twice.append(record.id) }
            }
            report.forgotten = left
            report.duplicates = twice
            return harvested
        }
    }

    private func build(
        source: Source, location: String, cancelled: @escaping () -> Bool,
        harvest: (StagingFile, Admission, inout IngestReport) throws -> HarvestReport?
    ) throws -> IngestReport {
        let lock = try index.lock()
        var report = IngestReport(source: source, location: location)
        let previous = try index.readable(replaced: &report.replaced)
        let linker = Linker(vocabulary: vocabulary)
        let writer = try GenerationWriter(
            index: index, lock: lock, created: .now(), base: previous, ancestors: linker.namesAbove,
            names: linker.names)
        do {
            return try build(
                report, previous: previous, linker: linker, writer: writer, cancelled: cancelled, harvest: harvest)
        } catch {
            // What cannot be removed now, the next build removes.
            try? writer.abandon()
            throw error
        }
    }

    private func build(
        _ started: IngestReport, previous: Generation?, linker: Linker, writer: GenerationWriter,
        cancelled: @escaping () -> Bool,
        harvest: (StagingFile, Admission, inout IngestReport) throws -> HarvestReport?
    ) throws -> IngestReport {
        var report = started
        let admission = Admission(forgotten: try ForgottenList(of: index))
        let clock = ContinuousClock()
        let start = clock.now
        report.harvest = try harvest(writer.staging, admission, &report)
        try carryOver(from: previous, to: writer.staging, admission: admission, report: &report)
        report.seconds[IndexingProgress.Phase.harvest.rawValue] = start.duration(to: clock.now) / .seconds(1)
        let assembly = Assembly(
            linker: linker, embedding: embedding, reuse: .whereEqual, progress: progress,
            checkCancelled: {
                if cancelled() { throw IndexingError(.cancelled, "interrupted; the index is as it was") }
            })
        let (_, outcome) = try assembly.seal(writer, base: previous) { counts in
            states(counts, report: report, previous: previous)
        }
        report.joined = outcome.joined
        report.total = outcome.total
        report.embedded = outcome.embedded
        report.reused = outcome.reused
        report.seconds.merge(outcome.seconds) { $0 + $1 }
        let begin = clock.now
        report.generation = try writer.publish().manifest.generation
        report.seconds[IndexingProgress.Phase.publish.rawValue, default: 0] +=
            begin.duration(to: clock.now) / .seconds(1)
        return report
    }

    /// Takes over what this run did not harvest: records of all other sources, and, after an incomplete harvest,
    /// records of this one that were not seen.
    private func carryOver(
        from previous: Generation?, to staging: StagingFile, admission: Admission, report: inout IngestReport
    ) throws {
        let harvested = try staging.count()
        let before = previous?.manifest.sources.first { $0.source == report.source }?.records ?? 0
        guard harvested > 0 || before == 0 || allowsEmpty else {
            throw IndexingError(
                .empty,
                """
                \(report.location) gave no record of \(report.source.rawValue), which has \(before) in the index; \
                nothing was changed (--allow-empty removes them)
                """)
        }
        let isIncomplete = report.harvest.map { !$0.incomplete.isEmpty } ?? false
        try previous?.forEachHarvested { row in
            if admission.isForgotten(row.id) { return }
            guard row.source == report.source else {
                _ = try staging.add(id: row.id, json: row.json)
                return
            }
            switch try staging.json(of: row.id) {
            case row.json: report.unchanged += 1
            case .some: report.changed += 1
            case nil where isIncomplete:
                _ = try staging.add(id: row.id, json: row.json)
                report.kept += 1
            case nil: report.removed += 1
            }
        }
        report.added = harvested - report.unchanged - report.changed
    }

    private func states(_ counts: [Source: Int], report: IngestReport, previous: Generation?) -> [Manifest.SourceState]
    {
        var states = previous?.manifest.sources.filter { $0.source != report.source } ?? []
        states = states.map { state in
            var state = state
            state.records = counts[state.source] ?? 0
            return state
        }
        states.append(
            Manifest.SourceState(
                source: report.source, records: counts[report.source] ?? 0, harvested: Timestamp.now().iso,
                location: report.location, stale: report.kept > 0))
        return states
    }
}
