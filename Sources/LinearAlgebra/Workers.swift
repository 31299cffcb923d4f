import Glibc

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
