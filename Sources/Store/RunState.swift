internal import FoundationEssentials
internal import JSON

/// How the last reindex run went: a small value for `discover status`, `/readyz?verbose`, `/metrics` and the text file
/// of a node exporter.  The index folder keeps it in `runs/last.json`.
package struct RunState: Codable, Sendable, Hashable {
    package enum Outcome: String, Codable, Sendable, Hashable, CaseIterable {
        case running
        /// Everything was read, and published unless nothing changed.
        case done
        /// Published, but a source or some records failed.
        case partial
        /// A gate failed and the old generation stays.
        case held
        /// Nothing was published, for another reason.
        case failed
        case interrupted
    }

    /// One source of the run.
    package struct SourceState: Codable, Sendable, Hashable {
        /// The name in the configuration.
        package var name: String
        package var records = 0
        package var added = 0
        package var changed = 0
        package var removed = 0
        package var rejected = 0
        package var requests = 0
        package var bytes = 0
        package var seconds = 0.0
        /// Whether older records replace what could not be read.
        package var stale = false
        /// Why it could not be read; nil when it could.
        package var failure: String?

        package init(name: String) { self.name = name }
    }

    package var outcome: Outcome
    /// Seconds since 1970; nil while it runs.
    package var started: Int
    package var finished: Int?
    /// The exit code of the command; nil while it runs.
    package var exitCode: Int?
    /// The generation that was published; nil when none was.
    package var generation: String?
    /// Records in it.
    package var records = 0
    /// Gates that kept it from being published, `shrink:brainstem`, each with its reason.
    package var gates: [String: String] = [:]
    /// What happened, in a sentence.
    package var message = ""
    package var sources: [SourceState] = []
    /// When a run last published, or found nothing to change, in seconds since 1970; kept from run to run.
    package var lastSuccess: Int?

    package init(outcome: Outcome, started: Int) {
        self.outcome = outcome
        self.started = started
    }

    /// Whether the last run succeeded.
    package var isGood: Bool { outcome == .done || outcome == .running }

    /// Reads the state of an index; nil when there was no run, or its file cannot be read.  A run whose state is
    /// "running" although no process holds the index's lock was killed, and is reported as interrupted.
    package static func last(of index: IndexFolder) -> RunState? {
        guard let bytes = try? Disk.contents(of: path(of: index)),
            var state = try? JSONDecoder().decode(RunState.self, from: Data(bytes))
        else { return nil }
        if state.outcome == .running, !index.isLocked {
            state.outcome = .interrupted
            state.message = "the run was killed before it ended; the index is as it was before"
        }
        return state
    }

    /// Writes the state in one step.
    package func write(to index: IndexFolder) throws(StoreError) {
        try Disk.makeFolder("\(index.path)/runs")
        do {
            try Disk.replace(RunState.path(of: index), with: JSONValue(encoding: self).json(.spaced) + [0x0A])
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError(.io, "the state of the run cannot be encoded: \(error)")
        }
    }

    private static func path(of index: IndexFolder) -> String { "\(index.path)/runs/last.json" }
}

extension RunState {
    /// The state in the text format of Prometheus (version 0.0.4), each line of its own metric family.
    package var metrics: String {
        var lines: [String] = []
        func family(_ name: String, _ help: String, _ samples: [(labels: String, value: String)]) {
            guard !samples.isEmpty else { return }
            lines += ["# HELP discover_reindex_\(name) \(help)", "# TYPE discover_reindex_\(name) gauge"]
            lines += samples.map { "discover_reindex_\(name)\($0.labels) \($0.value)" }
        }
        func one(_ name: String, _ help: String, _ value: Int?) {
            family(name, help, value.map { [("", "\($0)")] } ?? [])
        }
        one("success", "1 when the last run published everything, else 0.", outcome == .done ? 1 : 0)
        family(
            "outcome", "1 for the outcome of the last run.",
            Outcome.allCases.map { ("{outcome=\"\($0.rawValue)\"}", $0 == outcome ? "1" : "0") })
        one("exit_code", "Exit code of the last run.", exitCode)
        one("started_timestamp_seconds", "When the last run began.", started)
        one("finished_timestamp_seconds", "When the last run ended.", finished)
        one(
            "last_success_timestamp_seconds", "When a run last published a generation or found nothing to change.",
            lastSuccess)
        one("records", "Records in the generation that the last run published.", records)
        family(
            "gate_failed", "1 for each gate that kept the old generation.",
            gates.keys.sorted().map { ("{gate=\"\(RunState.label($0))\"}", "1") })
        func perSource(_ name: String, _ help: String, _ value: (SourceState) -> String) {
            family(
                "source_\(name)", help, sources.map { ("{source=\"\(RunState.label($0.name))\"}", value($0)) })
        }
        perSource("records", "Records of a source.") { "\($0.records)" }
        perSource("added", "Records of a source that are new.") { "\($0.added)" }
        perSource("changed", "Records of a source that changed.") { "\($0.changed)" }
        perSource("removed", "Records of a source that left.") { "\($0.removed)" }
        perSource("rejected", "Records of a source that could not be used.") { "\($0.rejected)" }
        perSource("requests", "Requests sent to a source.") { "\($0.requests)" }
        perSource("bytes", "Bytes received from a source.") { "\($0.bytes)" }
        perSource("seconds", "Seconds spent harvesting a source.") { "\($0.seconds)" }
        perSource("stale", "1 when older records of a source stand in.") { $0.stale ? "1" : "0" }
        perSource("failed", "1 when a source could not be read.") { $0.failure == nil ? "0" : "1" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A label's value: backslash, quote and line feed escaped.
    private static func label(_ text: String) -> String {
        text.map { $0 == "\\" ? "\\\\" : $0 == "\"" ? "\\\"" : $0.isNewline ? "\\n" : String($0) }.joined()
    }

    /// Writes the metrics for a node exporter's textfile collector, which reads `*.prom`, in one step.
    package func writeMetrics(to path: String) throws(StoreError) {
        try Disk.replace(path, with: Array(metrics.utf8))
    }
}
