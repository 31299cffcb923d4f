import Search
import Store
import Vocabulary
import Records

extension Command {
    static let completion = Command(
        name: "completion", summary: "Print a completion script for a shell.", forms: ["bash|zsh|fish"],
        details: [
            "The script completes commands, flags and their values; values of facets come from the vocabularies, "
                + "asked for as they are typed."
        ],
        operands: .choice(Completion.Shell.allCases.map(\.rawValue)), flags: [],
        examples: [
            Example("source <(discover completion bash)", "for this shell"),
            Example("discover completion fish > ~/.config/fish/completions/discover.fish", "for good"),
        ],
        run: { session throws in
            let words = session.arguments.operands
            // The scripts ask for values with `completion values FACET PREFIX`.
            if words.first == "values", words.count >= 2 {
                try printValues(of: words[1], prefix: words.count > 2 ? words[2] : "", session: session)
                return .done
            }
            guard words.count == 1, let shell = Completion.Shell(rawValue: words[0]) else {
                throw Failure(.usage, "expected one of bash, zsh, fish")
            }
            session.terminal.print(Completion(commands: all).script(for: shell))
            return .done
        })

    /// Labels of a facet that begin with a prefix, one a line; nothing for an unknown facet.
    private static func printValues(of facet: String, prefix: String, session: Session) throws {
        guard let facet = Facet(rawValue: facet) else { return }
        let vocabulary = try session.vocabulary()
        let wanted = prefix.lowercased()
        var count = 0
        for number in 0..<vocabulary.count where vocabulary.facet(of: number) == facet {
            let label = vocabulary.label(of: number)
            guard label.lowercased().hasPrefix(wanted) else { continue }
            session.terminal.print(printable(label))
            count += 1
            if count == 200 { return }
        }
    }
}
