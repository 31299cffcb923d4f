public import Foundation

extension Process {
    /// Ends the process for good and waits for it.
    ///
    /// Not `terminate()`: the test runner blocks SIGTERM, its children inherit the mask, and a helper that lives on
    /// keeps files and ports of a finished run.
    public func end() {
        if isRunning { kill(processIdentifier, SIGKILL) }
        waitUntilExit()
    }
}
