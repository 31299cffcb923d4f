internal import Connectors
internal import FoundationEssentials
internal import Records
internal import Store
internal import Vocabulary

extension Reindex {
    /// Harvests, merges, builds, judges, publishes.
    func build(
        _ report: inout ReindexReport, entries: [ReindexConfiguration.SourceEntry], admission: Admission,
        live: Generation?, linker: Linker, writer: GenerationWriter, lock: IndexLock
    ) throws {
        var watch = Stopwatch()
        var files: [StagingFile] = []
        for number in entries.indices { files.append(try writer.makeHarvest(number)) }
        let outcomes = Harvests(index: index, admission: admission, progress: progress, cancelled: cancelled)
            .run(entries, files: files)
        try checkCancelled()
        report.sources = outcomes.map(Self.told)
        report.seconds["harvest"] = watch.lap()
        guard live != nil || outcomes.contains(where: { $0.records != nil }) else {
            throw IndexingError(.noSource, "no source could be read, and there is no index yet")
        }
        let results = try Merge(
            live: live, admission: admission, staging: writer.staging, partlyRead: partlyRead(entries)
        ).run(outcomes)
        report.records = results.values.map(\.report).sorted { $0.source.rawValue < $1.source.rawValue }
        report.seconds["merge"] = watch.lap()

        var gates = Gates(configuration: configuration, accepted: options.accepted)
        gates.judgeShrinking(results)
        report.gates = gates.all
        if options.isDryRun {
            try writer.abandon()
            return gates.isOpen
                ? report.end(
                    isComplete(outcomes) ? .done : .partial, isComplete(outcomes) ? 0 : 5,
                    "a dry run: nothing was published")
                : report.end(.held, 1, "a dry run: a gate would keep the old generation")
        }
        guard gates.isOpen else {
            try writer.abandon()
            return try hold(&report, results: results, outcomes: outcomes, live: live, lock: lock)
        }
        let assembly = Assembly(
            linker: linker, embedding: embedding, reuse: options.isFull ? .never : .whereEqual, progress: progress,
            checkCancelled: checkCancelled)
        let (generation, outcome) = try assembly.seal(writer, base: live) { counts in
            states(counts, outcomes: outcomes, results: results, live: live)
        }
        report.seconds.merge(outcome.seconds) { $0 + $1 }
        (report.total, report.joined) = (outcome.total, outcome.joined)
        (report.linked, report.takenOver) = (outcome.linked, outcome.takenOver)
        (report.embedded, report.reused) = (outcome.embedded, outcome.reused)
        _ = watch.lap()
        try gates.judgeParity(generation)
        gates.judgeVectors(generation, before: live)
        try gates.judgePrivacy(generation)
        gates.judgeCanaries(generation, ask: ask)
        report.gates = gates.all
        report.seconds["verify"] = watch.lap()
        try checkCancelled()
        guard gates.isOpen else {
            try writer.abandon()
            return try hold(&report, results: results, outcomes: outcomes, live: live, lock: lock)
        }
        try eraseMentions(of: results.values.flatMap { $0.missing + $0.withdrawn })
        let published = try writer.publish(kept: configuration.generations)
        report.generation = published.manifest.generation
        report.generationsErased = try index.eraseTakenBack(from: published, lock: lock).count
        report.seconds["publish", default: 0] += watch.lap()
        let failed = report.sources.filter { $0.failure != nil }.map(\.name)
        if isComplete(outcomes) {
            report.end(.done, 0, "published \(published.manifest.generation)")
        } else {
            report.end(
                .partial, 5,
                failed.isEmpty
                    ? "published \(published.manifest.generation); some records could not be used"
                    : "published \(published.manifest.generation); could not be read: \(failed.joined(separator: ", "))"
            )
        }
    }

    /// Kinds of source that other entries of the configuration give, too.
    private func partlyRead(_ entries: [ReindexConfiguration.SourceEntry]) -> Set<Source> {
        let read = Set(entries.map(\.name))
        return Set(configuration.sources.filter { !read.contains($0.name) }.map(\.connector.source))
    }

    /// Removes reports of earlier runs that name what leaves; the raw answers were renewed by the harvest.
    private func eraseMentions(of ids: [RecordID]) throws {
        let natives = Set(ids.map(\.native))
        guard !natives.isEmpty else { return }
        for folder in Set(["\(index.path)/runs", configuration.reportFolder ?? "\(index.path)/runs"]) {
            _ = try IndexFolder.removeFiles(in: folder, holding: natives)
        }
    }

    func checkCancelled() throws {
        if cancelled() { throw IndexingError(.cancelled, "interrupted; the index is as it was") }
    }

    /// Keeps the old generation, but not those of its records that their sources say are not public.
    private func hold(
        _ report: inout ReindexReport, results: [Source: Merge.Result], outcomes: [HarvestOutcome], live: Generation?,
        lock: IndexLock
    ) throws {
        let names = report.failedGates.map(\.name)
        let advice = names.map { "--accept \($0)" }.joined(separator: " ")
        var message = "the old generation stays: \(names.joined(separator: ", ")) failed (accept with \(advice))"
        if let live {
            let gone = try Withdrawals(index: index, cancelled: cancelled).ids(
                results: results, outcomes: outcomes, live: live,
                threshold: { Gates(configuration: configuration, accepted: []).threshold(of: $0) })
            if !gone.isEmpty {
                try eraseMentions(of: gone.compactMap { RecordID($0) })
                let taken = try Takedown(index: index, vocabulary: vocabulary, embedding: embedding, progress: progress)
                    .publish(without: gone, live: live, kept: configuration.generations, lock: lock)
                if let generation = taken.generation {
                    report.generation = generation
                    report.generationsErased = taken.generationsRemoved
                    message += "; \(taken.records) records that are no longer public were taken out of it"
                }
            }
        }
        report.end(.held, 1, message)
    }

    private func isComplete(_ outcomes: [HarvestOutcome]) -> Bool {
        outcomes.allSatisfy { $0.records != nil && $0.report?.isComplete ?? true }
    }

    private static func told(_ outcome: HarvestOutcome) -> ReindexReport.SourceReport {
        var told = ReindexReport.SourceReport(
            name: outcome.entry.name, source: outcome.entry.connector.source, location: outcome.entry.location)
        told.seconds = outcome.seconds
        told.harvest = outcome.report
        told.records = outcome.records == nil ? 0 : outcome.report?.total ?? 0
        told.failure = outcome.failure.map { ($0 as? ConnectorError)?.detail ?? "\($0)" }
        return told
    }

    /// What the manifest says of each source.
    private func states(
        _ counts: [Source: Int], outcomes: [HarvestOutcome], results: [Source: Merge.Result], live: Generation?
    ) -> [Manifest.SourceState] {
        var states: [Manifest.SourceState] = []
        for state in live?.manifest.sources ?? [] where results[state.source] == nil {
            var state = state
            state.records = counts[state.source] ?? 0
            states.append(state)
        }
        for (source, result) in results {
            let entries = outcomes.filter { $0.entry.connector.source == source }
            let before = live?.manifest.sources.first { $0.source == source }
            let isRead = entries.contains { $0.records != nil }
            guard isRead || before != nil else { continue }
            states.append(
                Manifest.SourceState(
                    source: source, records: counts[source] ?? 0,
                    harvested: isRead ? Timestamp.now().iso : before?.harvested ?? "",
                    location: entries.map(\.entry.location).joined(separator: " "), stale: result.report.stale))
        }
        return states
    }
}

/// Seconds since it was looked at last.
private struct Stopwatch {
    private var last = ContinuousClock.now

    mutating func lap() -> Double {
        let now = ContinuousClock.now
        let seconds = (now - last) / .seconds(1)
        last = now
        return seconds
    }
}

extension ReindexReport {
    mutating func end(_ outcome: RunState.Outcome, _ code: Int, _ message: String) {
        (self.outcome, exitCode, self.message) = (outcome, code, message)
    }

    /// An error as an outcome: the exit codes of the contract.
    mutating func fail(_ error: any Error) {
        switch error {
        case let error as IndexingError where error.kind == .cancelled: end(.interrupted, 130, error.detail)
        case let error as ConnectorError where error.kind == .cancelled: end(.interrupted, 130, error.detail)
        case let error as IndexingError where error.kind == .diskFull: end(.failed, 6, error.detail)
        case let error as IndexingError where error.kind == .unknownSource: end(.failed, 2, error.detail)
        case let error as IndexingError: end(.failed, 1, error.detail)
        case let error as ConnectorError: end(.failed, 1, error.detail)
        case let error as StoreError:
            let isIndex = [.corrupt, .missing, .schema].contains(error.kind)
            end(.failed, isIndex ? 4 : error.kind == .busy ? 75 : 1, error.detail)
        default: end(.failed, 1, "\(error)")
        }
    }
}
