import Store

/// Why a command could not do what was asked.  Every error of every module becomes one of these at the edge, and
/// nowhere else.
struct Failure: Error {
    let exit: ExitCode
    /// One sentence, without a full stop.
    let message: String
    /// What the person may have meant.
    let suggestions: [String]
    /// What to do next, one line each.
    let advice: [String]

    init(_ exit: ExitCode, _ message: String, suggestions: [String] = [], advice: [String] = []) {
        self.exit = exit
        self.message = message
        self.suggestions = suggestions
        self.advice = advice
    }
}
