import CShims

/// SIGTERM and SIGINT, taken by one thread that waits for them: no code runs inside a signal handler.
package enum StopSignal {
    /// Holds both back, in this thread and in those it starts.  A reader that went away is no reason to end either.
    package static func hold() { discover_signals_hold() }

    /// Returns when one has come.
    package static func wait() { _ = discover_signals_wait() }
}
