import Store

/// The help texts, derived from the commands and their flags.
struct Help: Sendable {
    let style: Style
    let width: Int

    /// What `discover --help` prints: examples first, then the commands.
    func overview(of commands: [Command]) -> String {
        var lines = [
            "\(style.bold("discover")) finds public neuroscience data by what was recorded, where, how and in whom.",
            "",
            style.heading("Examples"),
        ]
        for example in commands.compactMap(\.examples.first).prefix(5) { lines += show(example) }
        lines += ["", style.heading("Commands")]
        let column = commands.map(\.name.count).max() ?? 0
        for command in commands { lines += entry(command.name, command.summary, column: column) }
        lines += ["", style.heading("Flags of every command")] + table(of: Flag.everywhere)
        lines += ["", style.heading("Exit codes")]
        lines += ExitCode.allCases.map { "  \(padded(String($0.rawValue), to: 5))\($0.meaning)" }
        lines += ["", "'discover help COMMAND' tells more."]
        return lines.joined(separator: "\n")
    }

    /// What `discover COMMAND --help` prints.
    func page(of command: Command) -> String {
        var lines = [command.summary, "", style.heading("Usage")]
        lines += command.forms.map { "  discover \(command.name)\($0.isEmpty ? "" : " \($0)") [FLAGS]" }
        for paragraph in command.details { lines += [""] + wrapped(paragraph, indent: 0) }
        if !command.examples.isEmpty {
            lines += ["", style.heading("Examples")]
            for example in command.examples { lines += show(example) }
        }
        if !command.flags.isEmpty { lines += ["", style.heading("Flags")] + table(of: command.flags) }
        lines += ["", style.heading("Flags of every command")] + table(of: Flag.everywhere)
        return lines.joined(separator: "\n")
    }

    private func show(_ example: Command.Example) -> [String] {
        ["  \(style.faint("# \(example.shows)"))", "  \(example.line)"]
    }

    private func table(of flags: [Flag]) -> [String] {
        let column = min(flags.map(\.synopsis.count).max() ?? 0, 26)
        return flags.flatMap { entry($0.synopsis, $0.explanation(), column: column) }
    }

    private func entry(_ name: String, _ text: String, column: Int) -> [String] {
        let body = wrapped(text, indent: column + 4)
        let head = "  " + style.name(padded(name, to: column)) + "  "
        guard name.count <= column else { return ["  " + style.name(name)] + body }
        return [head + (body.first ?? "").trimmingPrefix(while: { $0 == " " })] + body.dropFirst()
    }

    private func padded(_ text: String, to count: Int) -> String {
        text + String(repeating: " ", count: max(0, count - text.count))
    }

    private func wrapped(_ text: String, indent: Int) -> [String] {
        wrap(text, width: max(40, width - indent)).map { String(repeating: " ", count: indent) + $0 }
    }
}
