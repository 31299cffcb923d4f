import FoundationEssentials
import Glibc
import Store

/// Where the program writes: what stdout and stderr are, and how wide.
struct Terminal: Sendable {
    /// Colours of stdout and of stderr.
    let style: Style
    let errorStyle: Style
    /// Characters in a line.
    let width: Int
    /// Whether stderr is a terminal, so that a progress bar can be drawn over itself.
    let drawsProgress: Bool
    let isQuiet: Bool

    /// `color` is the value of the flag, if given.  The order is flag, `NO_COLOR`, whether the stream is a terminal
    /// that can (https://no-color.org).
    init(color: String?, isQuiet: Bool, environment: [String: String] = ProcessInfo.processInfo.environment) {
        let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        func isOn(_ descriptor: Int32) -> Bool {
            switch color {
            case "always": true
            case "never": false
            default: !isPlain && isatty(descriptor) == 1
            }
        }
        style = Style(isOn: isOn(STDOUT_FILENO))
        errorStyle = Style(isOn: isOn(STDERR_FILENO))
        width = Terminal.columns() ?? environment["COLUMNS"].flatMap { Int($0) } ?? 100
        drawsProgress = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
        self.isQuiet = isQuiet
    }

    /// A result.
    func print(_ text: String) { Swift.print(text) }

    /// A result that ends its own lines.
    func printWhole(_ text: String) { Swift.print(text, terminator: "") }

    /// A note for people; left out with `--quiet`.
    func note(_ text: String) {
        if !isQuiet { Terminal.writeError(text + "\n") }
    }

    /// An error, with what may have been meant and what to do.
    func report(_ failure: Failure) {
        var lines = ["\(errorStyle.bad("discover:")) \(failure.message)"]
        if !failure.suggestions.isEmpty {
            lines.append("  did you mean \(failure.suggestions.joined(separator: ", "))?")
        }
        lines += failure.advice.map { "  \($0)" }
        Terminal.writeError(lines.joined(separator: "\n") + "\n")
    }

    /// Writes to stderr, past all buffers.
    static func writeError(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// A reader that went away (`discover … | head`) is success; an interrupt ends with its own code.
    static func installSignalHandlers() {
        signal(SIGPIPE) { _ in _exit(ExitCode.done.rawValue) }
        signal(SIGINT) { _ in _exit(ExitCode.interrupted.rawValue) }
    }

    private static func columns() -> Int? {
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
