package import Store

/// How the last unattended run went, for whoever serves the index and sees nothing of how it is stored.
package struct ReindexStatus: Encodable, Sendable, Hashable {
    /// `running`, `done`, `partial`, `held`, `failed` or `interrupted`.
    package let outcome: String
    /// Whether nobody needs to look.
    package let isGood: Bool
    /// What happened, in a sentence.
    package let message: String
    /// Seconds since 1970.
    package let started: Int
    package let finished: Int?
    package let lastSuccess: Int?
    package let exitCode: Int?
    /// The generation it published.
    package let generation: String?
    /// Gates that kept the old generation, each with its reason.
    package let gates: [String: String]
    /// Sources that could not be read, each with its reason.
    package let failures: [String: String]
    /// Names of the sources whose older records are kept.
    package let stale: [String]
    /// The same as metric families in the text format of Prometheus, `discover_reindex_…`.
    package let metrics: String

    /// Reads the state of an index: one small file.  Nil when no run was ever begun here.
    package static func last(of index: IndexFolder) -> ReindexStatus? {
        RunState.last(of: index).map { ReindexStatus($0) }
    }

    private init(_ state: RunState) {
        outcome = state.outcome.rawValue
        isGood = state.isGood
        message = state.message
        started = state.started
        finished = state.finished
        lastSuccess = state.lastSuccess
        exitCode = state.exitCode
        generation = state.generation
        gates = state.gates
        failures = Dictionary(
            state.sources.compactMap { source in source.failure.map { (source.name, $0) } },
            uniquingKeysWith: { first, _ in first })
        stale = state.sources.filter(\.stale).map(\.name)
        metrics = state.metrics
    }

    private enum CodingKeys: String, CodingKey {
        case outcome, message, started, finished, generation, gates, failures, stale
        case isGood = "good"
        case lastSuccess = "last_success"
        case exitCode = "exit_code"
    }
}
