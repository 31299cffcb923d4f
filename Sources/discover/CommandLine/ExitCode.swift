/// How the program ends: section 4 of docs/contract.md.
enum ExitCode: Int32, Sendable {
    /// Done, also with zero hits.
    case done = 0
    case failed = 1
    case usage = 2
    /// A term or an operator that no vocabulary has.
    case unknownTerm = 3
    /// The index is missing, corrupt or of another schema.
    case index = 4
    /// Finished, but a source or some records failed; they are listed.
    case partial = 5
    /// A limit was hit.
    case limit = 6
    /// Another run holds the lock.
    case busy = 75
    case interrupted = 130

    /// One line for people, printed in the help and in `docs/commands.md`.
    var meaning: String {
        switch self {
        case .done: "done (also with zero hits)"
        case .failed: "failed"
        case .usage: "the command line is wrong"
        case .unknownTerm: "unknown term or operator"
        case .index: "index missing, corrupt or of another schema"
        case .partial: "finished, but a source or some records failed (they are listed)"
        case .limit: "a limit was hit"
        case .busy: "another run holds the lock"
        case .interrupted: "interrupted"
        }
    }

    /// Every code, in the order of the documentation.
    static let all: [ExitCode] = [
        .done, .failed, .usage, .unknownTerm, .index, .partial, .limit, .busy, .interrupted,
    ]
}

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
