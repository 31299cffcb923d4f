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
        var next = 0
        var working = 0
        var isClosed = false

        var count: Int { waiting.count - next }

        mutating func pop() -> Waiting? {
            guard next < waiting.count else { return nil }
            let first = waiting[next]
            next += 1
            if next == waiting.count {
                waiting.removeAll(keepingCapacity: true)
                next = 0
            }
            return first
        }
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
    var load: (waiting: Int, working: Int) { state.withLock { ($0.count, $0.working) } }

    /// Takes a job; false when the queue is full or closed.
    func push(_ job: @escaping Job) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isClosed, state.count < limit else { return false }
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
