/// A flag of the command line as one value: its names, what it takes, what it does.  Parsing, help, completion and
/// `docs/commands.md` all derive from it, so none of them can lag behind.
struct Flag: Sendable, Hashable {
    /// What follows the flag.
    enum Value: Sendable, Hashable {
        case none
        /// Any text; the name stands in the help: `DIR`.
        case text(String)
        /// A whole number within bounds.
        case number(String, ClosedRange<Int>)
        /// One of a fixed list.
        case choice(String, [String])
        /// A file or folder, completed by the shell.
        case path(String)
        /// A facet and a value joined by `=`, completed from the vocabulary.
        case facetValue(String)

        /// The placeholder in the help; nil for a switch.
        var placeholder: String? {
            switch self {
            case .none: nil
            case .text(let name), .number(let name, _), .choice(let name, _), .path(let name), .facetValue(let name):
                name
            }
        }
    }

    /// Long name without its dashes.
    let name: String
    /// One-letter name, for the flags typed by hand every day.
    let short: Character?
    let value: Value
    /// Whether it may be given more than once.
    let repeats: Bool
    /// One sentence that begins with a verb.
    let help: String

    init(_ name: String, short: Character? = nil, _ value: Value = .none, repeats: Bool = false, help: String) {
        self.name = name
        self.short = short
        self.value = value
        self.repeats = repeats
        self.help = help
    }

    /// `-n, --limit N`.
    var synopsis: String {
        let names = short.map { "-\($0), --\(name)" } ?? "--\(name)"
        return value.placeholder.map { "\(names) \($0)" } ?? names
    }
}
