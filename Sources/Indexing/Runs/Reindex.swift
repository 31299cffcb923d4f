internal import Connectors
internal import FoundationEssentials
internal import JSON
package import Records
package import Store
package import Vocabulary

/// A reindex run: harvests all sources at the same time, builds a generation, checks it and publishes it, or keeps the
/// old one and says why.
///
/// Whatever ends it, also `kill -9` or a full disk, the live generation is whole, and the next run begins from it.
package struct Reindex {
    /// What was asked for beside the configuration.
    package struct Options: Sendable {
        /// Names of the entries to read; empty for all.
        package var sources: Set<String> = []
        /// Compute all vectors anew, and build a generation although nothing changed.
        package var isFull = false
        /// Gates that may fail.
        package var accepted: Set<String> = []
        /// Harvest and judge what can be judged, and publish nothing.
        package var isDryRun = false

        package init() {}
    }

    /// Asks an index a question; `Indexing` cannot search.
    package typealias Ask = (ReindexConfiguration.Canary, Generation) throws -> [RecordID]

    let index: IndexFolder
    let configuration: ReindexConfiguration
    let options: Options
    let vocabulary: Vocabulary
    let embedding: TextEmbedding?
    let ask: Ask
    let progress: (@Sendable (IndexingProgress) -> Void)?
    let cancelled: @Sendable () -> Bool
    /// Threads that link; see ``Pipeline``.
    var threads = Pipeline.usualThreads

    /// - Parameters:
    ///   - ask: answers a canary's question on a generation that is not published yet.
    ///   - progress: called from several threads.
    ///   - cancelled: asked often, from several threads; true ends the run.
    package init(
        index: IndexFolder, configuration: ReindexConfiguration, options: Options, vocabulary: Vocabulary,
        embedding: TextEmbedding?, ask: @escaping Ask, progress: (@Sendable (IndexingProgress) -> Void)? = nil,
        cancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.index = index
        self.configuration = configuration
        self.options = options
        self.vocabulary = vocabulary
        self.embedding = embedding
        self.ask = ask
        self.progress = progress
        self.cancelled = cancelled
    }

    /// Does it.  Throws only what keeps a run from beginning, such as a lock that another run holds; everything else is
    /// in the report, which is also written to the report folder.
    package func run() throws -> ReindexReport {
        let lock = try index.lock()
        let started = Timestamp.now()
        let before = RunState.last(of: index)
        var report = ReindexReport(started: started)
        if !options.isDryRun {
            var running = RunState(outcome: .running, started: started.secondsSince1970)
            running.lastSuccess = before?.lastSuccess
            // A disk that is full already must not keep the run from saying so.
            try? running.write(to: index)
        }
        do {
            try work(&report, lock: lock)
        } catch {
            report.fail(error)
        }
        let finished = Timestamp.now()
        report.finished = finished.iso
        if !options.isDryRun { record(&report, started: started, finished: finished, before: before) }
        withExtendedLifetime(lock) {}
        return report
    }

    /// Writes reports, state and metrics.  An index that was published stays published when that fails; the run then
    /// ends with a note and as partial.
    private func record(_ report: inout ReindexReport, started: Timestamp, finished: Timestamp, before: RunState?) {
        do {
            try RunArchive(folder: configuration.reportFolder, index: index).write(
                json: try JSONValue(encoding: report).json(.spaced) + [0x0A], page: report.page, started: started,
                kept: configuration.reports)
            let state = report.state(started: started, finished: finished, before: before)
            try state.write(to: index)
            if let path = configuration.metricsFile { try state.writeMetrics(to: path) }
        } catch {
            report.notes.append("the report could not be written: \(error)")
            if report.outcome == .done { report.end(.partial, .partial, report.message) }
        }
    }

    private func work(_ report: inout ReindexReport, lock: IndexLock) throws {
        let entries = try chosenEntries()
        try index.removeUnfinished(lock: lock)
        let admission = Admission(forgotten: try ForgottenList(of: index))
        let live = try usableGeneration(&report)
        report.previous = live?.manifest.generation
        try checkDisk(entries, live: live, &report)
        let pipeline = Pipeline(
            index: index, vocabulary: vocabulary, embedding: embedding, threads: threads, progress: progress,
            checkCancelled: checkCancelled)
        var run = ReindexRun(self, entries: entries, base: live, admission: admission, report: report)
        var outcome = Pipeline.Outcome()
        // Also when it throws, the report tells what was read.
        defer {
            report = run.report
            report.seconds = outcome.seconds
        }
        try pipeline.run(&run, outcome: &outcome, lock: lock)
        try conclude(outcome, &run.report, entries: entries, live: live, lock: lock)
    }

    /// Tells how the run ended, and removes what must not stay.
    private func conclude(
        _ outcome: Pipeline.Outcome, _ report: inout ReindexReport, entries: [ReindexConfiguration.SourceEntry],
        live: Generation?, lock: IndexLock
    ) throws {
        (report.total, report.joined) = (outcome.built.total, outcome.built.joined)
        report.linked = outcome.built.total
        (report.embedded, report.reused) = (outcome.built.embedded, outcome.built.reused)
        let isComplete = outcome.harvests.allSatisfy(\.isComplete)
        let (good, code): (RunState.Outcome, ExitCode) = isComplete ? (.done, .done) : (.partial, .partial)
        let what: String
        switch outcome.ending {
        case .stopped where options.isDryRun && report.failedGates.isEmpty:
            return report.end(good, code, "a dry run: nothing was published")
        case .stopped where options.isDryRun:
            return report.end(.held, .failed, "a dry run: a gate would keep the old generation")
        case .stopped:
            return try hold(&report, results: outcome.merged.results, entries: entries, live: live, lock: lock)
        case .published(let generation):
            let name = generation.manifest.generation
            report.generation = name
            report.generationsErased = try index.eraseTakenBack(from: generation, lock: lock).count
            what = "published \(name)"
        case .unchanged(let generation):
            report.isUnchanged = true
            report.total = generation.manifest.records
            report.joined = generation.manifest.sources.reduce(0) { $0 + $1.records } - report.total
            report.generationsErased = try index.eraseTakenBack(from: generation, lock: lock).count
            what = "nothing changed; generation \(generation.manifest.generation) stays"
        }
        let failed = report.sources.filter { $0.failure != nil }.map(\.name)
        report.end(
            good, code,
            isComplete
                ? what
                : failed.isEmpty
                    ? "\(what); some records could not be used"
                    : "\(what); could not be read: \(failed.joined(separator: ", "))")
    }

    private func chosenEntries() throws(IndexingError) -> [ReindexConfiguration.SourceEntry] {
        let names = configuration.sources.map(\.name)
        for name in options.sources.sorted() where !names.contains(name) {
            throw IndexingError(
                .unknownSource, "the configuration has no source '\(name)'; it has \(names.joined(separator: ", "))")
        }
        return configuration.sources.filter { options.sources.isEmpty || options.sources.contains($0.name) }
    }

    /// The live generation, whose files are read and compared with their checksums first: what is kept from a damaged
    /// one would be damaged with a checksum that fits.
    private func usableGeneration(_ report: inout ReindexReport) throws -> Generation? {
        var replaced: String?
        do throws(StoreError) {
            let live = try index.readable(replaced: &replaced)
            if let replaced { report.notes.append(replaced) }
            guard let live else { return nil }
            let damaged = try live.damagedFiles()
            if damaged.isEmpty { return live }
            report.notes.append(
                "generation \(live.manifest.generation) is damaged (\(damaged.joined(separator: ", ")))")
        } catch {
            guard error.kind == .corrupt else { throw error }
            report.notes.append(error.detail)
        }
        let (generation, problems) = try index.whole()
        report.notes += problems.suffix(1)
        report.notes.append("built after \(generation.manifest.generation), the newest whole generation")
        return generation
    }

    /// Records wait on the disk as they are while a generation is built, for a moment twice; the generation has them
    /// packed. Bytes of a source's file or folder are a guess at what its records take; a portal's are not known.
    private func checkDisk(
        _ entries: [ReindexConfiguration.SourceEntry], live: Generation?, _ report: inout ReindexReport
    ) throws {
        let before = 2 * (index.liveBytes + (try live?.contentBytes() ?? 0))
        let files = entries.reduce(0) { $0 + IndexFolder.bytes(below: $1.location) }
        report.bytesNeeded = max(before, 8 * files) + (1 << 24)
        report.bytesFree = try index.freeBytes()
        progress?(
            IndexingProgress(
                phase: .prepare,
                what:
                    "about \(ReindexReport.size(report.bytesNeeded)) needed, \(ReindexReport.size(report.bytesFree)) free",
                done: 0, total: nil))
        guard report.bytesFree - report.bytesNeeded >= configuration.reserveBytes else {
            throw IndexingError(
                .diskFull,
                """
                the disk has \(ReindexReport.size(report.bytesFree)) free; about \(ReindexReport.size(report.bytesNeeded)) \
                are needed and \(ReindexReport.size(configuration.reserveBytes)) are kept in reserve; nothing was begun
                """)
        }
    }

    func checkCancelled() throws {
        if cancelled() { throw IndexingError(.cancelled, "interrupted; the index is as it was") }
    }

    func cacheFolder(of entry: ReindexConfiguration.SourceEntry) -> String? {
        guard let folder = entry.cache else { return index.httpCachePath(of: entry.name) }
        return folder.isEmpty ? nil : folder
    }
}
