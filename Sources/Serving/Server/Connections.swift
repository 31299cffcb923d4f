import Glibc
import Synchronization

/// The open connections and what each is doing, so that slow clients cannot keep them for ever.
///
/// The library closes a connection on which nothing moves; a client that sends one byte every few seconds moves
/// something.  Here the whole request has a deadline, and the whole answer has one.
final class Connections: Sendable {
    enum Phase: Sendable { case reading, working, writing }

    private struct Entry {
        var phase: Phase
        var since: ContinuousClock.Instant
    }

    private let entries = Mutex<[Int32: Entry]>([:])
    private let readLimit: Duration
    private let writeLimit: Duration

    init(readLimit: Duration, writeLimit: Duration) {
        self.readLimit = readLimit
        self.writeLimit = writeLimit
    }

    var count: Int { entries.withLock { $0.count } }

    /// Requests that are at work or being answered.
    var active: Int { entries.withLock { $0.values.count { $0.phase != .reading } } }

    func open(_ socket: Int32) { entries.withLock { $0[socket] = Entry(phase: .reading, since: .now) } }

    /// The library calls this before it closes the socket, so that its number is not another's yet.
    func close(_ socket: Int32) { entries.withLock { $0[socket] = nil } }

    func enter(_ phase: Phase, _ socket: Int32) {
        entries.withLock { $0[socket] = Entry(phase: phase, since: .now) }
    }

    /// Shuts connections that have been reading or writing for too long; the library then finds them ended.
    func reap(at now: ContinuousClock.Instant = .now) {
        entries.withLock { entries in
            for (socket, entry) in entries {
                let limit: Duration? =
                    switch entry.phase {
                    case .reading: readLimit
                    case .writing: writeLimit
                    case .working: nil
                    }
                if let limit, now - entry.since > limit { _ = shutdown(socket, Int32(SHUT_RDWR)) }
            }
        }
    }
}
