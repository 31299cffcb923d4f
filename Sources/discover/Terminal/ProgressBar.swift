import Synchronization

/// Progress of long work on stderr: a bar drawn over itself on a terminal, elsewhere a plain line now and then once the
/// work has taken two seconds, nothing with `--quiet`.  May be updated from any thread.
final class ProgressBar: Sendable {
    private struct State {
        var lastDrawn: ContinuousClock.Instant?
        var isOpen = false
    }
    private let terminal: Terminal
    private let label: String
    private let started = ContinuousClock.now
    private let state = Mutex(State())

    /// The label says what is being counted: `embedding`.
    init(_ label: String, on terminal: Terminal) {
        self.label = label
        self.terminal = terminal
    }

    /// Tells how much is done; `total` nil when the end is not known.
    func update(_ done: Int, of total: Int?) {
        guard !terminal.isQuiet else { return }
        state.withLock { state in
            if terminal.drawsProgress {
                let now = ContinuousClock.now
                if let last = state.lastDrawn, now - last < .milliseconds(80), done != total { return }
                state.lastDrawn = now
                state.isOpen = true
                Terminal.writeError("\r\u{1B}[2K\(line(done, of: total))")
            } else {
                let now = ContinuousClock.now
                guard now - (state.lastDrawn ?? started) >= .seconds(2) else { return }
                state.lastDrawn = now
                Terminal.writeError(plainLine(done, of: total) + "\n")
            }
        }
    }

    /// Ends the line of the bar, if one was drawn.
    func finish() {
        state.withLock { state in
            if state.isOpen { Terminal.writeError("\n") }
            state.isOpen = false
        }
    }

    private func plainLine(_ done: Int, of total: Int?) -> String {
        total.map { "\(label): \(done) of \($0)" } ?? "\(label): \(done)"
    }

    private func line(_ done: Int, of total: Int?) -> String {
        guard let total, total > 0 else { return plainLine(done, of: total) }
        let width = 28
        let filled = min(width, done * width / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        var text = "\(label) \(terminal.errorStyle.good(bar)) \(done)/\(total)"
        let elapsed = (ContinuousClock.now - started) / .seconds(1)
        if done > 0, done < total, elapsed > 2 {
            text += " \(Int(elapsed / Double(done) * Double(total - done))) s left"
        }
        return text
    }
}
