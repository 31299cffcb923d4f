/// How a command or an unattended run ends: section 4 of the contract.
package enum ExitCode: Int32, Sendable, Hashable, CaseIterable {
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
    package var meaning: String {
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
}
