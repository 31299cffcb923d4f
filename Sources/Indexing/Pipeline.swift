internal import LinearAlgebra
internal import Records
internal import Store
internal import Vocabulary

/// What a run of the pipeline is about: what it reads and what must hold.  The stages are the same for all runs.
protocol PipelineRun {
    /// The generation that the new one follows; nil when there is none.
    var base: Generation? { get }
    var admission: Admission { get }
    /// Kinds of source of which only some entries are read.
    var partlyRead: Set<Source> { get }
    /// Kinds of source to whose records a location is added.
    var extended: Set<Source> { get }
    /// Ids that leave, and links to them.
    var leaving: Set<String> { get }
    /// Whether vectors are computed anew, and a generation is built although no record changed.
    var isFull: Bool { get }
    /// How many generations stay.
    var kept: Int { get }

    /// Reads the sources into files that the writer makes.
    mutating func harvest(into writer: GenerationWriter) throws -> [HarvestOutcome]
    /// Whether older records of a source stand in for what could not be read.
    func isStale(_ result: Merge.Result) -> Bool
    /// Judges what was merged; false keeps the generation before.  What it throws does, too.
    mutating func mayBuild(_ merged: Merge.Outcome) throws -> Bool
    /// Judges a generation that is built, or the one before when nothing changed; false keeps the one before.
    mutating func mayPublish(_ generation: Generation) throws -> Bool
    /// Called right before a new generation takes the place of the one before.
    mutating func willPublish(_ merged: Merge.Outcome) throws
}

extension PipelineRun {
    var partlyRead: Set<Source> { [] }
    var extended: Set<Source> { [] }
    var leaving: Set<String> { [] }
    var isFull: Bool { false }
    func isStale(_ result: Merge.Result) -> Bool { result.report.stale }
    mutating func mayPublish(_ generation: Generation) throws -> Bool { true }
    mutating func willPublish(_ merged: Merge.Outcome) throws {}
}

/// The way of records into an index: harvest → merge → link → build → judge → publish.
///
/// Every run takes it: `discover ingest` with one source, `discover reindex` with those of a configuration, `discover
/// forget` with none.  Whatever ends it before the last rename, the live generation is as it was.
struct Pipeline {
    let index: IndexFolder
    let vocabulary: Vocabulary
    /// Nil for an index without vectors.
    let embedding: TextEmbedding?
    /// With one, everything is done on the calling thread.  The number changes no byte of what is built.
    var threads = Pipeline.usualThreads
    let progress: ((IndexingProgress) -> Void)?
    let checkCancelled: () throws -> Void

    /// Those that link keep the terms they have met, and the one that writes has about half of the work.
    static let usualThreads = min(4, Workers.cores)

    /// How a run ended.
    enum Ending {
        case published(Generation)
        /// No record changed: the generation before stays.
        case unchanged(Generation)
        /// The run's own conditions keep the generation before.
        case stopped
    }

    /// How a run ended, and what it did on the way.
    struct Outcome {
        var ending = Ending.stopped
        var harvests: [HarvestOutcome] = []
        var merged = Merge.Outcome()
        var built = Build.Outcome()
        /// Seconds of each stage.
        var seconds: [String: Double] = [:]
    }

    /// The caller holds the lock.
    ///
    /// - Parameter outcome: tells what was done, also when the run throws.
    func run(_ run: inout some PipelineRun, outcome: inout Outcome, lock: IndexLock) throws {
        let linkers = (0..<max(1, threads)).map { _ in Linker(vocabulary: vocabulary) }
        let writer = try GenerationWriter(
            index: index, lock: lock, created: .now(), base: run.base, ancestors: linkers[0].namesAbove,
            names: linkers[0].names, background: threads > 1 ? .threads : .atOnce)
        do {
            try stages(of: &run, outcome: &outcome, writer: writer, linkers: linkers, lock: lock)
            if case .published = outcome.ending {} else { try writer.abandon() }
        } catch {
            // What cannot be removed now, the next build removes.
            try? writer.abandon()
            throw error
        }
    }

    private func stages(
        of run: inout some PipelineRun, outcome: inout Outcome, writer: GenerationWriter, linkers: [Linker],
        lock: IndexLock
    ) throws {
        var watch = Stopwatch()
        outcome.harvests = try run.harvest(into: writer)
        outcome.seconds["harvest"] = watch.lap()
        try checkCancelled()
        if let first = outcome.harvests.lazy.compactMap(\.records).first { try writer.begin(with: first) }
        outcome.merged = try Merge(
            base: run.base, admission: run.admission, staging: writer.staging, partlyRead: run.partlyRead,
            leaving: run.leaving, extended: run.extended
        ).run(outcome.harvests)
        outcome.seconds["merge"] = watch.lap()
        guard try run.mayBuild(outcome.merged) else { return }
        let sources = try sources(of: run, outcome, staging: writer.staging)
        if !run.isFull, outcome.merged.isUnchanged, let base = run.base, try stays(base, sources: sources) {
            let isGood = try run.mayPublish(base)
            outcome.seconds["verify"] = watch.lap()
            guard isGood else { return }
            if !outcome.harvests.isEmpty {
                try HarvestTimes(generation: base.manifest.generation, states: sources).write(to: index, lock: lock)
            }
            outcome.ending = .unchanged(base)
            return
        }
        let build = Build(
            linkers: linkers, embedding: embedding, earlier: run.isFull ? nil : run.base, progress: progress,
            checkCancelled: checkCancelled)
        let generation: Generation
        (generation, outcome.built) = try build.run(writer, sources: sources)
        outcome.seconds.merge(outcome.built.seconds) { $0 + $1 }
        _ = watch.lap()
        let isGood = try run.mayPublish(generation)
        outcome.seconds["verify"] = watch.lap()
        try checkCancelled()
        guard isGood else { return }
        try run.willPublish(outcome.merged)
        outcome.ending = .published(try writer.publish(kept: run.kept))
        outcome.seconds["publish", default: 0] += watch.lap()
    }

    /// What is told of each source.
    private func sources(of run: some PipelineRun, _ outcome: Outcome, staging: StagingFile) throws
        -> [Manifest.SourceState]
    {
        var states: [Manifest.SourceState] = []
        let results = outcome.merged.results
        for state in run.base?.sources ?? [] where results[state.source] == nil {
            var state = state
            state.records = try staging.count(of: state.source)
            states.append(state)
        }
        for (source, result) in results {
            let harvests = outcome.harvests.filter { $0.source == source }
            let before = run.base?.sources.first { $0.source == source }
            let isRead = harvests.contains { $0.records != nil }
            guard isRead || before != nil else { continue }
            let old = run.partlyRead.contains(source) ? before?.location.split(separator: " ").map(String.init) : nil
            let locations = harvests.map(\.location).reduce(into: old ?? []) { list, location in
                if !list.contains(location) { list.append(location) }
            }
            states.append(
                Manifest.SourceState(
                    source: source, records: try staging.count(of: source),
                    harvested: isRead ? Timestamp.now().iso : before?.harvested ?? "",
                    location: locations.joined(separator: " "), stale: run.isStale(result)))
        }
        return states.sorted { $0.source.rawValue < $1.source.rawValue }
    }

    /// Whether a build would give the live generation again: it holds these records, the same program and vocabulary
    /// linked them, and the same model made its vectors.
    private func stays(_ base: Generation, sources: [Manifest.SourceState]) throws -> Bool {
        func timeless(_ states: [Manifest.SourceState]) -> [Manifest.SourceState] {
            states.map { state in
                var state = state
                state.harvested = ""
                return state
            }
        }
        let manifest = base.manifest
        return try index.currentName() == manifest.generation && manifest.program == BuildIdentity.fingerprint
            && manifest.vocabulary == vocabulary.fingerprint && timeless(sources) == timeless(manifest.sources)
            && TextEmbedding.made(base, with: embedding)
    }
}

extension Background {
    /// Threads of their own.
    static let threads = Background { work in
        let background = Workers.Background(work)
        return { background.wait() }
    }
}
