import Store

/// A command as one value: everything the help, the completion and the documentation say of it, and what it does.
struct Command: Sendable {
    /// An example line and what it shows.
    struct Example: Sendable {
        let line: String
        let shows: String
        init(_ line: String, _ shows: String) {
            self.line = line
            self.shows = shows
        }
    }

    /// What an operand is, so that shells can complete it.
    enum Operands: Sendable, Hashable {
        case none
        /// Words of a question.
        case query
        case choice([String])
        case path
        case text
    }

    let name: String
    /// One line in the list of commands.
    let summary: String
    /// What follows the name in the usage line, one entry per form: `QUERY…`.
    let forms: [String]
    /// Paragraphs below the usage.
    let details: [String]
    let operands: Operands
    let flags: [Flag]
    let examples: [Example]
    /// Does it.  Results go to stdout, all else to stderr.
    let run: @Sendable (Session) throws -> ExitCode

    /// The flags of the command and those of all commands.
    var allFlags: [Flag] { flags + Flag.everywhere }
}
