import Dispatch
import Synchronization
import Testing

@testable import Serving

/// The bounded queue between the thread that waits for sockets and the workers.
struct WorkQueueTests {
    /// Stands for a request and its answer.
    private final class Load: Sendable {}

    @Test func `what is done is let go, also while the queue is never empty`() {
        let queue = WorkQueue(workers: 1, limit: 4)
        defer { queue.close() }
        // Every turn, the worker waits for leave to end a job; another one waits behind it all the time.
        let began = DispatchSemaphore(value: 0)
        let leave = DispatchSemaphore(value: 0)
        func push(_ load: Load) {
            #expect(
                queue.push { _ in
                    began.signal()
                    leave.wait()
                    withExtendedLifetime(load) {}
                })
        }
        weak var last: Load?
        var held: [() -> Load?] = []
        push(Load())
        for _ in 0..<20 {
            let load = Load()
            last = load
            held.append { [weak load] in load }
            push(load)
            began.wait()
            leave.signal()
        }
        began.wait()
        // The last job is at work now; one before it may still be on its way out.
        #expect(last != nil)
        #expect(held.dropLast(2).allSatisfy { $0() == nil })
        leave.signal()
    }

    @Test func `jobs run in the order they came, and more than may wait are refused`() {
        let queue = WorkQueue(workers: 1, limit: 3)
        let began = DispatchSemaphore(value: 0)
        let leave = DispatchSemaphore(value: 0)
        let done = Mutex<[Int]>([])
        #expect(
            queue.push { _ in
                began.signal()
                leave.wait()
            })
        began.wait()
        let taken = (0..<5).map { number in queue.push { _ in done.withLock { $0.append(number) } } }
        #expect(taken == [true, true, true, false, false])
        #expect(queue.load == (3, 1))
        leave.signal()
        queue.close()
        #expect(done.withLock { $0 } == [0, 1, 2])
        #expect(!queue.push { _ in })
    }
}
