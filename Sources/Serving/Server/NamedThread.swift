import CShims
import Glibc

/// A plain thread that is joined, not forgotten.
final class NamedThread: Sendable {
    private let thread: pthread_t

    /// Starts at once.  The name is what `top -H` shows, at most 15 bytes.
    init(_ name: String, _ body: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, 8 << 20)
        var thread = pthread_t()
        let task = Unmanaged.passRetained(Task(name: name, body: body))
        let code = pthread_create(&thread, &attributes, run, task.toOpaque())
        pthread_attr_destroy(&attributes)
        precondition(code == 0, "the system gives no thread")
        self.thread = thread
    }

    func join() { pthread_join(thread, nil) }
}

private final class Task: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}

/// What a thread starts with; owns its argument.
private let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    guard let argument else { return nil }
    let task = Unmanaged<Task>.fromOpaque(argument).takeRetainedValue()
    discover_thread_name(task.name)
    task.body()
    return nil
}

/// A thread that does something again and again until it is stopped.
final class Ticker: Sendable {
    private let stopping = AtomicFlag()
    private let thread: NamedThread

    init(_ name: String, every milliseconds: UInt32, _ body: @escaping @Sendable () -> Void) {
        thread = NamedThread(name) { [stopping] in
            while !stopping.isSet {
                body()
                var left = milliseconds
                while left > 0, !stopping.isSet {
                    let step = min(left, 50)
                    usleep(step * 1000)
                    left -= step
                }
            }
        }
    }

    /// Waits for the turn that is under way.
    func stop() {
        stopping.set()
        thread.join()
    }
}
