package import Search
import Synchronization

/// Where snapshots come from: Serving does not know the format of an index on disk.
package struct IndexSource: Sendable {
    /// Name of the live generation.  Costs a few microseconds; asked once a second.
    package let liveName: @Sendable () throws -> String
    /// Names of the generations that are still there.
    package let names: @Sendable () -> [String]
    /// Opens the live generation after comparing every file with its checksum.
    package let open: @Sendable () throws -> Searcher
    /// Opens what a server begins with: the live generation, or the newest older one that is whole, with what is wrong
    /// with those that were passed over.
    package let begin: @Sendable () throws -> (searcher: Searcher, problems: [String])
    /// How the last unattended run went; nil when there was none.
    package let lastRun: @Sendable () -> ReindexStatus?

    package init(
        liveName: @escaping @Sendable () throws -> String, names: @escaping @Sendable () -> [String],
        open: @escaping @Sendable () throws -> Searcher,
        begin: @escaping @Sendable () throws -> (searcher: Searcher, problems: [String]),
        lastRun: @escaping @Sendable () -> ReindexStatus?
    ) {
        self.liveName = liveName
        self.names = names
        self.open = open
        self.begin = begin
        self.lastRun = lastRun
    }
}

/// The generations being served: the live one, and the one before while it is still on disk, so that cursors of it go
/// on working.  A request takes a snapshot and keeps it to the end.
package final class ServedGenerations: Sendable {
    private struct State {
        var live: Snapshot
        var previous: Snapshot?
        /// Why the generation that is live on disk is not served; nil when it is.
        var refusal: String?
        /// The generation that was refused, so that it is not tried again every second.
        var refused: String?
        var switches = 0
    }

    private let state: Mutex<State>
    private let source: IndexSource?
    /// Held while a generation is opened, so that two callers do not open one twice.
    private let refreshing = Mutex(())
    private let identity: String

    /// Serves what a source gives, a whole generation from the first moment on; fails when there is none.
    package init(_ source: IndexSource, identity: String) throws {
        self.source = source
        self.identity = identity
        let (searcher, problems) = try source.begin()
        var state = State(live: Snapshot(searcher, identity: identity))
        if !problems.isEmpty {
            (state.refusal, state.refused) = (problems.joined(separator: "; "), try? source.liveName())
        }
        self.state = Mutex(state)
    }

    /// Serves one searcher for ever.
    package init(_ searcher: Searcher, identity: String = "") {
        source = nil
        self.identity = identity
        state = Mutex(State(live: Snapshot(searcher, identity: identity)))
    }

    /// The live generation.
    package var live: Snapshot { state.withLock { $0.live } }
    /// Why a newer generation is not served.
    package var refusal: String? { state.withLock { $0.refusal } }
    /// How the last unattended run went; nil when there was none.  Reads one small file.
    package var lastRun: ReindexStatus? { source?.lastRun() }
    /// How often a new generation took the place of another.
    package var switches: Int { state.withLock { $0.switches } }

    /// The generation with a name, when it is served still; else the live one.
    package func snapshot(named name: String?) -> Snapshot {
        state.withLock { state in
            if let name, let previous = state.previous, previous.generation == name { return previous }
            return state.live
        }
    }

    /// Looks whether another generation is live on disk and takes it up, proven whole, while requests go on.  One that
    /// cannot be opened is refused and what is served stays.  Returns what happened, for the log; nil for nothing.
    package func refresh() -> String? { refreshing.withLock { _ in refreshed() } }

    private func refreshed() -> String? {
        guard let source else { return nil }
        let current = live.generation
        let name: String
        do {
            name = try source.liveName()
        } catch {
            return refuse(nil, "\(error)")
        }
        let kept = Set(source.names())
        state.withLock { state in
            if let previous = state.previous, !kept.contains(previous.generation) { state.previous = nil }
        }
        guard name != current else {
            state.withLock { ($0.refusal, $0.refused) = (nil, nil) }
            return nil
        }
        if state.withLock({ $0.refused == name }) { return nil }
        do {
            let next = Snapshot(try source.open(), identity: identity)
            state.withLock { state in
                state.previous = kept.contains(state.live.generation) ? state.live : nil
                state.live = next
                (state.refusal, state.refused) = (nil, nil)
                state.switches += 1
            }
            return "generation \(next.generation) is live"
        } catch {
            return refuse(name, "\(error)")
        }
    }

    private func refuse(_ name: String?, _ reason: String) -> String? {
        state.withLock { state in
            let isNews = state.refusal != reason
            (state.refusal, state.refused) = (reason, name)
            return isNews ? "refused \(name ?? "the live generation"): \(reason)" : nil
        }
    }
}
