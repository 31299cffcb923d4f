import Glibc
internal import Synchronization

/// Plain threads for work that keeps all cores busy: no pool, nothing left running.
package enum Workers {
    /// Processors that are online.
    package static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Runs `body(0)` … `body(count - 1)` at the same time and returns when all have.  The first runs on the calling
    /// thread, and so do those for which the system gives no thread.
    package static func run(count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        var threads: [pthread_t] = []
        var left = [0]
        for index in stride(from: 1, to: count, by: 1) {
            var thread = pthread_t()
            let task = Unmanaged.passRetained(Task(index: index, body: body))
            if pthread_create(&thread, nil, runTask, task.toOpaque()) == 0 {
                threads.append(thread)
            } else {
                task.release()
                left.append(index)
            }
        }
        if count > 0 { left.forEach(body) }
        for thread in threads { pthread_join(thread, nil) }
    }
}

extension Workers {
    /// Runs `body` once for each number below `count`: every thread takes the next one when it is free, the calling
    /// thread after it has done work of its own.  Returns when all is done, also when that work throws.
    ///
    /// - Parameters:
    ///   - threads: the calling one included.
    ///   - own: runs on the calling thread while the others begin.
    ///   - body: `worker` tells the thread, from 0, the calling one, to `threads - 1`.
    package static func share(
        _ count: Int, threads: Int = cores, beside own: () throws -> Void,
        _ body: @escaping @Sendable (_ worker: Int, _ number: Int) -> Void
    ) rethrows {
        let queue = Queue(count: count)
        let work: @Sendable (Int) -> Void = { worker in
            while let number = queue.next() { body(worker, number) }
        }
        let helpers = (1..<max(1, threads)).map { worker in Background { work(worker) } }
        defer { helpers.forEach { $0.wait() } }
        try own()
        work(0)
    }

    /// Work on a thread of its own, or done at once where the system gives none.
    package final class Background: Sendable {
        private let thread: Mutex<pthread_t?>

        package init(_ work: @escaping @Sendable () -> Void) {
            var thread = pthread_t()
            let task = Unmanaged.passRetained(Task(index: 0) { _ in work() })
            if pthread_create(&thread, nil, runTask, task.toOpaque()) == 0 {
                self.thread = Mutex(thread)
            } else {
                task.release()
                self.thread = Mutex(nil)
                work()
            }
        }

        deinit { wait() }

        /// Returns when the work is done.
        package func wait() {
            let running = thread.withLock { thread in
                defer { thread = nil }
                return thread
            }
            if let running { pthread_join(running, nil) }
        }
    }

    private final class Queue: Sendable {
        private let count: Int
        private let taken = Atomic(0)

        init(count: Int) { self.count = count }

        /// Nil when all numbers are taken.
        func next() -> Int? {
            let number = taken.add(1, ordering: .relaxed).oldValue
            return number < count ? number : nil
        }
    }
}

private final class Task: Sendable {
    let index: Int
    let body: @Sendable (Int) -> Void

    init(index: Int, body: @escaping @Sendable (Int) -> Void) {
        self.index = index
        self.body = body
    }
}

/// What a thread starts with; owns its argument.
private let runTask: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    guard let argument else { return nil }
    let task = Unmanaged<Task>.fromOpaque(argument).takeRetainedValue()
    task.body(task.index)
    return nil
}
