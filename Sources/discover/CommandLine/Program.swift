import Records
import Store
import Text

/// The program: finds the command, reads its flags, runs it, and says how it ended.
enum Program {
    /// Runs one command line and returns its exit code; every error ends here.
    static func run(_ words: [String]) -> ExitCode {
        var terminal = Terminal(color: nil, isQuiet: false)
        do {
            guard let position = commandPosition(in: words) else { return try runBare(words, terminal: terminal) }
            let name = words[position]
            guard let command = Command.all.first(where: { $0.name == name }) else {
                throw Failure(
                    .usage, "there is no command '\(printable(name))'",
                    suggestions: closest(to: name, among: Command.all.map(\.name)),
                    advice: ["'discover --help' lists the commands"])
            }
            let rest = words[..<position] + words[(position + 1)...]
            let arguments = try Arguments(rest, flags: command.allFlags)
            terminal = Terminal(color: arguments.value(of: .color), isQuiet: arguments.has(.quiet))
            if arguments.has(.version) { return printVersion(terminal) }
            if arguments.has(.help) {
                terminal.print(Help(style: terminal.style, width: terminal.width).page(of: command))
                return .done
            }
            return try command.run(Session(arguments: arguments, terminal: terminal))
        } catch {
            let failure = Failure(error)
            terminal.report(failure)
            return failure.exit
        }
    }

    /// The position of the command's name: the first word that is neither a flag nor the value of one.
    private static func commandPosition(in words: [String]) -> Int? {
        var index = 0
        while index < words.count, words[index].hasPrefix("-") {
            let takesNext = Flag.everywhere.contains { flag in
                flag.value != .none
                    && (words[index] == "--\(flag.name)" || flag.short.map { words[index] == "-\($0)" } ?? false)
            }
            index += takesNext ? 2 : 1
        }
        return index < words.count ? index : nil
    }

    /// A command line without a command: help, version, or a usage error.
    private static func runBare(_ words: [String], terminal: Terminal) throws(Failure) -> ExitCode {
        let arguments = try Arguments(words, flags: Flag.everywhere)
        let terminal = Terminal(color: arguments.value(of: .color), isQuiet: arguments.has(.quiet))
        if arguments.has(.version) { return printVersion(terminal) }
        let help = Help(style: terminal.style, width: terminal.width).overview(of: Command.all)
        if arguments.has(.help) {
            terminal.print(help)
            return .done
        }
        throw Failure(.usage, "a command is missing", advice: ["'discover --help' lists the commands"])
    }

    private static func printVersion(_ terminal: Terminal) -> ExitCode {
        terminal.print("discover \(Release.version)")
        return .done
    }
}
