import Requests
import Store
import Text

/// What was typed, split into flags and operands but not yet understood: the low arguments.
///
/// `--limit 5`, `--limit=5`, `-n 5` and `-n5` are the same.  `--` ends the flags.  A word with one dash that holds a
/// colon (`-state:anesthetized`) belongs to the question, not to the command line.
struct Arguments: Sendable {
    /// Values by long flag name, in the order typed; a switch has one empty value.
    private(set) var values: [String: [String]] = [:]
    private(set) var operands: [String] = []
    private let flags: [Flag]

    /// Splits the words that follow the command's name.
    init(_ words: some Collection<String>, flags: [Flag]) throws(Failure) {
        self.flags = flags
        var rest = ArraySlice(Array(words))
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                return
            } else if word.hasPrefix("--") {
                try takeLong(String(word.dropFirst(2)), from: flags, rest: &rest)
            } else if word.hasPrefix("-"), word.count > 1, !word.contains(":") {
                try takeShort(String(word.dropFirst()), from: flags, rest: &rest)
            } else {
                operands.append(word)
            }
        }
    }

    /// Whether a switch was given.
    func has(_ flag: Flag) -> Bool { values[flag.name] != nil }

    /// The last value given to a flag.
    func value(of flag: Flag) -> String? { values[flag.name]?.last }

    /// All values given to a flag that repeats.
    func all(of flag: Flag) -> [String] { values[flag.name] ?? [] }

    /// The value of a flag that takes a number; bounds were checked when it was parsed.
    func number(of flag: Flag) -> Int? { value(of: flag).flatMap { Int($0) } }

    /// What was typed of the parameters of requests, with the defaults of the command.
    var request: RequestValues {
        var given: [String: [String]] = [:]
        for flag in flags {
            guard let parameter = flag.parameter, let typed = values[flag.name] else { continue }
            given[parameter.name] = flag.value == .none ? [parameter.standard == "true" ? "false" : "true"] : typed
        }
        return RequestValues(definitions: flags.compactMap(\.parameter), given: given)
    }

    private mutating func takeLong(_ text: String, from flags: [Flag], rest: inout ArraySlice<String>) throws(Failure) {
        let pieces = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = pieces.first ?? ""
        guard let flag = flags.first(where: { $0.name == name }) else {
            throw Failure(
                .usage, "unknown flag --\(printable(name))",
                suggestions: closest(to: name, among: flags.map(\.name)).map { "--\($0)" })
        }
        try take(flag, attached: pieces.count > 1 ? pieces[1] : nil, rest: &rest)
    }

    private mutating func takeShort(
        _ text: String, from flags: [Flag], rest: inout ArraySlice<String>
    ) throws(Failure) {
        var letters = text[...]
        while let letter = letters.popFirst() {
            guard let flag = flags.first(where: { $0.short == letter }) else {
                throw Failure(.usage, "unknown flag -\(printable(String(letter)))")
            }
            if flag.value == .none {
                try take(flag, attached: nil, rest: &rest)
            } else {
                try take(flag, attached: letters.isEmpty ? nil : String(letters), rest: &rest)
                return
            }
        }
    }

    private mutating func take(_ flag: Flag, attached: String?, rest: inout ArraySlice<String>) throws(Failure) {
        if flag.value == .none {
            guard attached == nil else { throw Failure(.usage, "--\(flag.name) takes no value") }
            values[flag.name] = [""]
            return
        }
        guard let value = attached ?? rest.popFirst() else {
            throw Failure(.usage, "--\(flag.name) needs a value: \(flag.synopsis)")
        }
        try check(value, of: flag)
        if flag.repeats {
            values[flag.name, default: []].append(value)
        } else if let before = values[flag.name]?.first, before != value {
            throw Failure(.usage, "--\(flag.name) was given twice, with different values")
        } else {
            values[flag.name] = [value]
        }
    }

    private func check(_ value: String, of flag: Flag) throws(Failure) {
        switch flag.value {
        case .none: break
        case .path:
            guard !value.isEmpty else { throw Failure(.usage, "--\(flag.name) needs a value: \(flag.synopsis)") }
        case .typed(_, let kind):
            do {
                try RequestParameter.check(value, as: kind, written: "--\(flag.name)")
            } catch {
                throw Failure(
                    error.kind == .unknownFacet ? .unknownTerm : .usage, error.detail, suggestions: error.suggestions)
            }
        }
    }
}
