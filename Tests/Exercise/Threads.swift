import Glibc

/// Threads with stacks of their own; nothing here waits, so nothing needs to be asynchronous.
enum Threads {
    private final class Work: Sendable {
        let number: Int
        let body: @Sendable (Int) -> Void
        init(number: Int, body: @escaping @Sendable (Int) -> Void) { (self.number, self.body) = (number, body) }
    }

    /// Runs the body once a number, each on its own thread, and waits for all.
    static func run(count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let threads = (0..<count).map { number -> pthread_t in
            var thread = pthread_t()
            let work = Unmanaged.passRetained(Work(number: number, body: body))
            let failure = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
                    work.body(work.number)
                    return nil
                }, work.toOpaque())
            precondition(failure == 0, "a thread must start")
            return thread
        }
        for thread in threads { pthread_join(thread, nil) }
    }
}
