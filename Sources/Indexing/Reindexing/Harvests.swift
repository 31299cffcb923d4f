internal import Connectors
internal import FoundationEssentials
internal import LinearAlgebra
internal import Records
internal import Store
internal import Synchronization

/// What one source gave.
struct HarvestOutcome: Sendable {
    let entry: ReindexConfiguration.SourceEntry
    /// Its records, in a file of their own; nil when the source could not be read.
    var records: StagingFile?
    var report: HarvestReport?
    var failure: (any Error)?
    /// Records that the source says are not public.
    var notPublic: Set<RecordID> = []
    var forgotten = 0
    var seconds = 0.0
}

/// All sources read at the same time, each by a thread of its own and within its own limits; nothing is written in
/// common.
struct Harvests {
    let index: IndexFolder
    let admission: Admission
    let progress: (@Sendable (IndexingProgress) -> Void)?
    let cancelled: @Sendable () -> Bool

    /// Reads every entry; one that fails does not stop the others.
    func run(_ entries: [ReindexConfiguration.SourceEntry], files: [StagingFile]) -> [HarvestOutcome] {
        let collected = Collected()
        let harvests = self
        Workers.run(count: entries.count) { number in
            let outcome = harvests.harvest(entries[number], into: files[number])
            collected.outcomes.withLock { $0[number] = outcome }
        }
        return collected.outcomes.withLock { outcomes in entries.indices.compactMap { outcomes[$0] } }
    }

    /// What the threads bring together.
    private final class Collected: Sendable {
        let outcomes = Mutex<[Int: HarvestOutcome]>([:])
    }

    private func harvest(_ entry: ReindexConfiguration.SourceEntry, into file: StagingFile) -> HarvestOutcome {
        var outcome = HarvestOutcome(entry: entry)
        let clock = ContinuousClock()
        let start = clock.now
        do {
            outcome = try read(entry, into: file)
        } catch {
            outcome.failure = error
        }
        outcome.seconds = start.duration(to: clock.now) / .seconds(1)
        return outcome
    }

    /// Throws only when the location is none; what happens on the way is in the outcome.
    private func read(_ entry: ReindexConfiguration.SourceEntry, into file: StagingFile) throws -> HarvestOutcome {
        let location = try Location(entry.location)
        var limits = entry.limits
        if case .web = location { limits.cacheFolder = cacheFolder(of: entry) }
        let forgotten = admission.forgotten
        let run = Harvest(
            source: entry.connector.source, location: location, limits: limits,
            withheld: { forgotten.isMentioned(in: $0) },
            progress: { step in
                progress?(
                    IndexingProgress(
                        phase: .harvest, what: "\(entry.name): \(step.what)", done: step.done, total: step.total))
            }, cancelled: cancelled)
        var left = 0
        var outcome = HarvestOutcome(entry: entry)
        do {
            try entry.connector.harvest(location, run: run) { record in
                guard let admitted = admission.admit(record) else {
                    left += 1
                    return
                }
                if try !file.add(admitted) { throw DuplicateRecord() }
            }
            outcome.records = file
        } catch {
            outcome.failure = error
        }
        outcome.report = run.report
        outcome.notPublic = run.notPublic
        outcome.forgotten = left
        return outcome
    }

    private func cacheFolder(of entry: ReindexConfiguration.SourceEntry) -> String? {
        guard let folder = entry.cache else { return index.httpCachePath(of: entry.name) }
        return folder.isEmpty ? nil : folder
    }
}
