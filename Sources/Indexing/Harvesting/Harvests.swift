internal import Connectors
internal import FoundationEssentials
internal import LinearAlgebra
internal import Records
internal import Store
internal import Synchronization

/// What one entry of a run gave.
struct HarvestOutcome: Sendable {
    /// Name in the configuration; that of the source where there is none.
    let name: String
    let source: Source
    /// The URL, file or folder.
    let location: String
    /// Its records, in a file of their own; nil when the source could not be read.
    var records: StagingFile?
    var report: HarvestReport?
    var failure: (any Error)?
    /// Records that the source says are not public.
    var notPublic: Set<RecordID> = []
    var forgotten = 0
    /// Records that came from no connector and whose id another one had taken; a connector's report lists its own.
    var duplicates: [RecordID] = []
    var seconds = 0.0

    init(name: String, source: Source, location: String) {
        self.name = name
        self.source = source
        self.location = location
    }

    /// Whether every record was read and used.
    var isComplete: Bool { records != nil && duplicates.isEmpty && report?.isComplete ?? true }
}

/// The first stage: what the sources say, each in a file of its own.
struct Harvests {
    let admission: Admission
    let progress: (@Sendable (IndexingProgress) -> Void)?
    let cancelled: @Sendable () -> Bool

    /// One location and what reads it.
    struct Entry: Sendable {
        let name: String
        let connector: any Connector
        let location: String
        let limits: HarvestLimits
        /// Where answers of a portal are kept; nil for nowhere.
        let cacheFolder: String?
        /// What stands before the progress told of it, where several are read.
        let label: String
    }

    /// Reads all entries at the same time, each by a thread of its own and within its own limits; nothing is written in
    /// common, and one that fails does not stop the others.
    func read(_ entries: [Entry], into files: [StagingFile]) -> [HarvestOutcome] {
        let collected = Collected()
        let harvests = self
        Workers.run(count: entries.count) { number in
            let outcome = harvests.read(entries[number], into: files[number])
            collected.outcomes.withLock { $0[number] = outcome }
        }
        return collected.outcomes.withLock { outcomes in entries.indices.compactMap { outcomes[$0] } }
    }

    /// What the threads bring together.
    private final class Collected: Sendable {
        let outcomes = Mutex<[Int: HarvestOutcome]>([:])
    }

    /// Reads one entry; what goes wrong is in the outcome.
    private func read(_ entry: Entry, into file: StagingFile) -> HarvestOutcome {
        var outcome = HarvestOutcome(name: entry.name, source: entry.connector.source, location: entry.location)
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let location = try Location(entry.location)
            var limits = entry.limits
            if case .web = location { limits.cacheFolder = entry.cacheFolder }
            let forgotten = admission.forgotten
            let run = Harvest(
                source: entry.connector.source, location: location, limits: limits,
                withheld: { forgotten.isMentioned(in: $0) },
                progress: { step in
                    progress?(
                        IndexingProgress(
                            phase: .harvest, what: entry.label + step.what, done: step.done, total: step.total))
                }, cancelled: cancelled)
            do {
                try entry.connector.harvest(location, run: run) { record in
                    guard let admitted = admission.admit(record) else {
                        outcome.forgotten += 1
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
        } catch {
            outcome.failure = error
        }
        outcome.seconds = start.duration(to: clock.now) / .seconds(1)
        return outcome
    }

    /// The same for records that come from no connector: the closure hands every record to its sink.
    static func collect(
        _ source: Source, location: String, admission: Admission, into file: StagingFile,
        _ harvest: ((Record) throws -> Void) throws -> HarvestReport?
    ) throws -> HarvestOutcome {
        var outcome = HarvestOutcome(name: source.rawValue, source: source, location: location)
        outcome.report = try harvest { record in
            guard let admitted = admission.admit(record) else {
                outcome.forgotten += 1
                return
            }
            if try !file.add(admitted) { outcome.duplicates.append(record.id) }
        }
        outcome.records = file
        return outcome
    }
}
