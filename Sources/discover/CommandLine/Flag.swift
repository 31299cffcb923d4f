import Requests

/// A flag of the command line as one value: its names, what it takes, what it does.  Parsing, help, completion and
/// `docs/commands.md` all derive from it, so none of them can lag behind.  A flag that is a parameter of requests
/// derives itself from that.
struct Flag: Sendable, Hashable {
    /// What follows the flag.
    enum Value: Sendable, Hashable {
        case none
        /// A file or folder, completed by the shell.  The name stands in the help: `DIR`.
        case path(String)
        /// What a parameter of requests takes.
        case typed(String, RequestParameter.Kind)

        /// Any text.
        static func text(_ placeholder: String) -> Value { .typed(placeholder, .text(longest: .max)) }
        /// A whole number within bounds.
        static func number(_ placeholder: String, _ bounds: ClosedRange<Int>) -> Value {
            .typed(placeholder, .integer(bounds))
        }
        /// One of a fixed list.
        static func choice(_ placeholder: String, _ choices: [String]) -> Value {
            .typed(placeholder, .choice(choices))
        }

        /// The placeholder in the help; nil for a switch.
        var placeholder: String? {
            switch self {
            case .none: nil
            case .path(let name), .typed(let name, _): name
            }
        }

        /// The values of a fixed list; nil for every other kind.
        var choices: [String]? {
            if case .typed(_, .choice(let choices)) = self { choices } else { nil }
        }
    }

    /// Long name without its dashes.
    let name: String
    /// One-letter name, for the flags typed by hand every day.
    let short: Character?
    let value: Value
    /// Whether it may be given more than once.
    let repeats: Bool
    /// Sentences, the first of which begins with a verb.
    let help: String
    /// The parameter of requests it stands for; nil where only the command line has it.
    let parameter: RequestParameter?

    init(_ name: String, short: Character? = nil, _ value: Value = .none, repeats: Bool = false, help: String) {
        self.name = name
        self.short = short
        self.value = value
        self.repeats = repeats
        self.help = help
        parameter = nil
    }

    /// The flag of a parameter of requests: `stated_only` is `--stated-only`; a switch that is on by itself is written
    /// as what turns it off, `--no-facets`.
    init(_ parameter: RequestParameter, short: Character? = nil, placeholder: String? = nil) {
        let name = String(parameter.name.map { $0 == "_" ? "-" : $0 })
        let isOff = parameter.kind == .flag && parameter.standard == "true"
        self.name = isOff ? "no-" + name : name
        self.short = short
        repeats = parameter.repeats
        help = isOff ? parameter.helpOff ?? parameter.help : parameter.help
        self.parameter = parameter
        value =
            switch parameter.kind {
            case .flag: .none
            case .integer: .typed(placeholder ?? "N", parameter.kind)
            case .facetValue: .typed(placeholder ?? "FACET=VALUE", parameter.kind)
            case .text, .choice: .typed(placeholder ?? name.uppercased(), parameter.kind)
            }
    }

    /// The flags of what a request takes, but for what stands as words behind the command: the question, a prefix, an
    /// id.
    static func flags(of parameters: [RequestParameter]) -> [Flag] {
        let words: [RequestParameter] = [.question, .question.required, .prefix, .id]
        return parameters.filter { !words.contains($0) }.map(Flag.flag)
    }

    private static func flag(of parameter: RequestParameter) -> Flag {
        switch parameter.name {
        case RequestParameter.limit.name: Flag(parameter, short: "n")
        case RequestParameter.filter.name: Flag(parameter, short: "f")
        case RequestParameter.rows.name, RequestParameter.columns.name: Flag(parameter, placeholder: "FACET")
        case RequestParameter.native.name: Flag(parameter, placeholder: "SYSTEM")
        default: Flag(parameter)
        }
    }

    /// `-n, --limit N`.
    var synopsis: String {
        let names = short.map { "-\($0), --\(name)" } ?? "--\(name)"
        return value.placeholder.map { "\(names) \($0)" } ?? names
    }

    /// The help with the choices and the default, where it does not say them itself; `quoted` writes a choice.
    func explanation(quoting quoted: (String) -> String = { $0 }) -> String {
        var text = help
        if let choices = value.choices, !choices.allSatisfy({ help.contains($0) }) {
            text += " One of \(choices.map(quoted).joined(separator: ", "))."
        }
        if let standard = parameter?.standard, parameter?.kind != .flag { text += " Default: \(quoted(standard))." }
        return text
    }
}
