import Foundation
import LinearAlgebra
import Synchronization
import Testing

@Suite struct WorkersTests {
    private final class Seen: Sendable {
        let indices = Mutex<[Int]>([])
    }

    @Test(arguments: [0, 1, 2, 5, 40])
    func `every index is run once, and all are done on return`(count: Int) {
        let seen = Seen()
        Workers.run(count: count) { index in seen.indices.withLock { $0.append(index) } }
        #expect(seen.indices.withLock { $0.sorted() } == Array(0..<count))
    }

    @Test(arguments: [0, 1, 2, 5, 400], [1, 2, 5])
    func `every number is taken by one thread, and all are done on return`(count: Int, threads: Int) {
        let seen = Seen()
        var isOwnDone = false
        Workers.share(count, threads: threads, beside: { isOwnDone = true }) { worker, number in
            #expect((0..<threads).contains(worker))
            seen.indices.withLock { $0.append(number) }
        }
        #expect(isOwnDone)
        #expect(seen.indices.withLock { $0.sorted() } == Array(0..<count))
    }

    @Test func `an error of the calling thread is handed on after the others have ended`() {
        struct Wrong: Error {}
        let seen = Seen()
        #expect(throws: Wrong.self) {
            try Workers.share(50, threads: 3, beside: { throw Wrong() }) { _, number in
                seen.indices.withLock { $0.append(number) }
            }
        }
        let taken = seen.indices.withLock { $0 }
        #expect(taken.count == Set(taken).count && Set(taken).isSubset(of: Set(0..<50)))
    }

    @Test func `work in the background is done when it was waited for`() {
        let seen = Seen()
        let background = Workers.Background { seen.indices.withLock { $0.append(7) } }
        background.wait()
        background.wait()
        #expect(seen.indices.withLock { $0 } == [7])
    }
}
