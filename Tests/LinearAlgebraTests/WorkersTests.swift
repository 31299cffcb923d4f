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
}
