package import Connectors
package import Records
package import Store

/// What an unattended run did: the file for programs.  The page for people is made of it.
package struct ReindexReport: Codable, Sendable {
    /// One condition that a generation must meet before it is published.
    package struct Gate: Codable, Sendable, Hashable {
        /// `shrink:brainstem`, `canary:sleep`, `parity`: what `--accept` takes.
        package var name: String
        package var passed: Bool
        /// Whether it failed and somebody said that it may.
        package var accepted = false
        package var detail: String

        package init(_ name: String, passed: Bool, detail: String) {
            self.name = name
            self.passed = passed
            self.detail = detail
        }

        /// Whether it keeps the old generation.
        package var holds: Bool { !passed && !accepted }
    }

    /// What became of one source of the configuration.
    package struct SourceReport: Codable, Sendable {
        /// Name in the configuration.
        package var name: String
        package var source: Source
        package var location: String
        package var seconds = 0.0
        /// Records it gave.
        package var records = 0
        /// What the connector could and could not use; nil when the source could not be read.
        package var harvest: HarvestReport?
        /// Why it could not be read; nil when it could.
        package var failure: String?
    }

    /// What became of the records of one kind of source, whichever entries they came from.
    package struct RecordReport: Codable, Sendable, Hashable {
        package var source: Source
        /// Records before the run and after it.
        package var before = 0
        package var after = 0
        package var added = 0
        package var changed = 0
        package var unchanged = 0
        package var removed = 0
        /// Kept although this run did not show them, because it could not be read as a whole.
        package var kept = 0
        /// Left out because they were forgotten.
        package var forgotten = 0
        /// Left because the source says by name that they are not public.
        package var withdrawn = 0
        /// Records that two entries of the configuration gave differently; they were merged.
        package var duplicates = 0
        package var stale = false
    }

    package var outcome: RunState.Outcome = .failed
    package var exitCode = 1
    package var message = ""
    package var started: String
    package var finished = ""
    /// The generation before, and the one that was published; nil when there was none.
    package var previous: String?
    package var generation: String?
    /// Whether no record changed, so that nothing was published.
    package var isUnchanged = false
    /// Things in the index, each once.
    package var total = 0
    package var joined = 0
    package var sources: [SourceReport] = []
    package var records: [RecordReport] = []
    package var gates: [Gate] = []
    /// Rows that were linked; texts that were embedded, and those whose vectors were used again.
    package var linked = 0
    package var embedded = 0
    package var reused = 0
    /// Seconds of each phase.
    package var seconds: [String: Double] = [:]
    /// Bytes that the run was expected to need and that were free when it began.
    package var bytesNeeded = 0
    package var bytesFree = 0
    /// Older generations that were removed because they held records that were withdrawn since.
    package var generationsErased = 0
    /// What people should know besides.
    package var notes: [String] = []

    package init(started: Timestamp) { self.started = started.iso }

    package var failedGates: [Gate] { gates.filter(\.holds) }
}

extension ReindexReport {
    /// The small value that monitoring reads.
    func state(started: Timestamp, finished: Timestamp, before: RunState?) -> RunState {
        var state = RunState(outcome: outcome, started: started.secondsSince1970)
        state.finished = finished.secondsSince1970
        state.exitCode = exitCode
        state.generation = generation
        state.records = total
        state.message = message
        for gate in failedGates { state.gates[gate.name] = gate.detail }
        state.lastSuccess =
            outcome == .done || outcome == .partial ? finished.secondsSince1970 : before?.lastSuccess
        var told: Set<Source> = []
        state.sources = sources.map { entry in
            var source = RunState.SourceState(name: entry.name)
            source.records = entry.records
            source.rejected = entry.harvest?.rejectedRecords ?? 0
            source.requests = entry.harvest?.requests ?? 0
            source.bytes = entry.harvest?.bytes ?? 0
            source.seconds = entry.seconds
            source.failure = entry.failure
            // Several entries of one kind share their records; they are counted with the first.
            if let shared = records.first(where: { $0.source == entry.source }) {
                source.stale = shared.stale
                if told.insert(entry.source).inserted {
                    source.added = shared.added
                    source.changed = shared.changed
                    source.removed = shared.removed
                }
            }
            return source
        }
        return state
    }
}
