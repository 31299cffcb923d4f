import Glibc
import Store
import Synchronization

/// An interrupt (control-C, or SIGTERM from a scheduler) that work may end in its own time.
///
/// Work that leaves nothing half done ends at once, as the program does by default.  A harvest asks for patience: the
/// first signal is noted, so that the build is taken away and the snapshot stays whole; the second ends the program.
enum Interrupt {
    fileprivate static let isAsked = Atomic<Bool>(false)

    /// From now on the first signal is only noted.
    static func bePatient() {
        let note: @convention(c) (Int32) -> Void = { _ in
            if Interrupt.isAsked.exchange(true, ordering: .relaxed) { _exit(ExitCode.interrupted.rawValue) }
        }
        signal(SIGINT, note)
        signal(SIGTERM, note)
        // Who started us may have blocked them (test runners do), and a mask is inherited.
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        unsafe sigaddset(&mask, SIGINT)
        unsafe sigaddset(&mask, SIGTERM)
        unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    }

    /// Whether the work is to end.
    static var wasAsked: Bool { isAsked.load(ordering: .relaxed) }
}
