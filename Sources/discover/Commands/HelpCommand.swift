import Store
import Text

extension Command {
    static let help = Command(
        name: "help", summary: "Explain a command.", forms: ["[COMMAND]"],
        details: [], operands: .text, flags: [.markdown],
        examples: [Example("discover help search", "everything about searching")],
        run: { session throws in
            if session.arguments.has(.markdown) {
                session.terminal.print(CommandReference.markdown(of: all).trimmingSuffix { $0 == "\n" })
                return .done
            }
            try session.requireOperands(0...1, named: "at most one command")
            let help = Help(style: session.terminal.style, width: session.terminal.width)
            guard let name = session.arguments.operands.first else {
                session.terminal.print(help.overview(of: all))
                return .done
            }
            guard let command = all.first(where: { $0.name == name }) else {
                throw Failure(
                    .usage, "there is no command '\(printable(name))'",
                    suggestions: closest(to: name, among: all.map(\.name)))
            }
            session.terminal.print(help.page(of: command))
            return .done
        })
}

extension Flag {
    static let markdown = Flag("markdown", help: "Print the reference of all commands as docs/commands.md holds it.")
}
