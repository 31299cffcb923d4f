import Dispatch
import Glibc
import Synchronization

/// A bounded queue and the threads that empty it.
///
/// Threads of our own and not a pool of the system's: their number is the number of searches at work, and each search
/// keeps one processor busy, so more of them would only make all of them slower.
final class WorkQueue: Sendable {
    typealias Job = @Sendable (_ waited: Duration) -> Void

    private struct Waiting {
        let since: ContinuousClock.Instant
        let job: Job
    }

    private struct State {
        var waiting: [Waiting] = []
        var working = 0
        var isClosed = false

        /// Moves what waits behind it, at most ``WorkQueue/limit`` jobs.  A job left in the list after its turn would
        /// keep its request and answer for as long as the queue is never empty, which in an overload is for ever.
        mutating func pop() -> Waiting? { waiting.isEmpty ? nil : waiting.removeFirst() }
    }

    /// Most jobs that may wait.
    let limit: Int
    let workers: Int
    private let state = Mutex(State())
    private let signal = DispatchSemaphore(value: 0)
    private let threads: Mutex<[NamedThread]>

    init(workers: Int, limit: Int) {
        self.workers = workers
        self.limit = limit
        threads = Mutex([])
        let started = (0..<workers).map { index in
            NamedThread("worker-\(index)") { [self] in work() }
        }
        threads.withLock { $0 = started }
    }

    /// Jobs that wait, and jobs at work.
    var load: (waiting: Int, working: Int) { state.withLock { ($0.waiting.count, $0.working) } }

    /// Takes a job; false when the queue is full or closed.
    func push(_ job: @escaping Job) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isClosed, state.waiting.count < limit else { return false }
            state.waiting.append(Waiting(since: .now, job: job))
            return true
        }
        if isTaken { signal.signal() }
        return isTaken
    }

    /// Takes no more jobs, finishes those it has and ends the threads.
    func close() {
        state.withLock { $0.isClosed = true }
        for _ in 0..<workers { signal.signal() }
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    private func work() {
        while true {
            signal.wait()
            let next = state.withLock { state in
                let next = state.pop()
                if next != nil { state.working += 1 }
                return next
            }
            guard let next else {
                if state.withLock({ $0.isClosed }) { return }
                continue
            }
            next.job(.now - next.since)
            state.withLock { $0.working -= 1 }
        }
    }
}
