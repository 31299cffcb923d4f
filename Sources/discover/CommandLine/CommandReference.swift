import Store

/// The reference that stands in `docs/commands.md`, derived from the commands; a test compares the two.
struct CommandReference {
    /// The whole document.
    static func markdown(of commands: [Command]) -> String {
        var lines = [
            "# Commands", "",
            "Written by `discover help --markdown`; a test fails when it is out of date.", "",
            "Results go to standard output, progress and diagnostics to standard error.", "",
            "## Flags of every command", "",
        ]
        lines += table(of: Flag.everywhere)
        lines += ["", "## Exit codes", "", "| code | meaning |", "| --- | --- |"]
        lines += ExitCode.allCases.map { "| \($0.rawValue) | \($0.meaning) |" }
        for command in commands {
            lines += ["", "## discover \(command.name)", "", command.summary, "", "```"]
            lines += command.forms.map { "discover \(command.name)\($0.isEmpty ? "" : " \($0)") [FLAGS]" }
            lines += ["```"]
            for paragraph in command.details { lines += ["", paragraph] }
            if !command.flags.isEmpty { lines += [""] + table(of: command.flags) }
            if !command.examples.isEmpty {
                lines += ["", "```sh"] + command.examples.flatMap { ["# \($0.shows)", $0.line] } + ["```"]
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func table(of flags: [Flag]) -> [String] {
        ["| flag | does |", "| --- | --- |"]
            + flags.map { flag in
                let text = flag.explanation { "`\($0)`" }
                return "| `\(flag.synopsis)` | \(text.split(separator: "|").joined(separator: "\\|")) |"
            }
    }
}
