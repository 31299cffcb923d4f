import Glibc
import Synchronization

/// A wish to end, sent as SIGINT or SIGTERM: long work looks for it and ends in good order; a second one ends at once.
struct Interruption: Sendable {
    private static let count = Atomic<Int>(0)

    /// From now on the first signal only asks.
    static func begin() -> Interruption {
        count.store(0, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            signal(number) { _ in
                if Interruption.count.wrappingAdd(1, ordering: .relaxed).oldValue > 0 {
                    _exit(ExitCode.interrupted.rawValue)
                }
            }
        }
        return Interruption()
    }

    var isRequested: Bool { Interruption.count.load(ordering: .relaxed) > 0 }
}
