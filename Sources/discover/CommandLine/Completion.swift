import Requests

/// Completion scripts, derived from the commands and their flags.
struct Completion {
    enum Shell: String, CaseIterable { case bash, zsh, fish }
    let commands: [Command]

    /// The script of a shell.
    func script(for shell: Shell) -> String {
        switch shell {
        case .bash: bash
        case .zsh: "#compdef discover\nautoload -U +X bashcompinit && bashcompinit\n" + bash
        case .fish: fish
        }
    }

    private var names: String { commands.map(\.name).joined(separator: " ") }

    private var bash: String {
        var lines = [
            "_discover() {",
            "  local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\" command=\"\" word",
            "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do",
            "    [[ $word != -* ]] && { command=$word; break; }",
            "  done",
            "  COMPREPLY=()",
            "  case \"$prev\" in",
        ]
        for flag in uniqueFlags {
            let names = ["--\(flag.name)"] + (flag.short.map { ["-\($0)"] } ?? [])
            guard let action = bashAction(flag.value) else { continue }
            lines.append("    \(names.joined(separator: "|"))) \(action); return ;;")
        }
        lines += [
            "  esac",
            "  case \"$command\" in",
            "    '') COMPREPLY=($(compgen -W '\(names) --help --version' -- \"$cur\")) ;;",
        ]
        for command in commands {
            var words = command.allFlags.map { "--\($0.name)" }
            if case .choice(let values) = command.operands { words = values + words }
            let path = command.operands == .path ? "; COMPREPLY+=($(compgen -f -- \"$cur\"))" : ""
            lines.append(
                "    \(command.name)) COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$cur\"))\(path) ;;"
            )
        }
        return (lines + ["  esac", "}", "complete -F _discover discover"]).joined(separator: "\n")
    }

    private func bashAction(_ value: Flag.Value) -> String? {
        switch value {
        case .none: nil
        case .typed(_, .choice(let values)): "COMPREPLY=($(compgen -W '\(values.joined(separator: " "))' -- \"$cur\"))"
        case .path: "COMPREPLY=($(compgen -f -- \"$cur\"))"
        case .typed(_, .facetValue):
            "if [[ $cur == *=* ]]; then local IFS=$'\\n'; COMPREPLY=($(discover completion values \"${cur%%=*}\" "
                + "\"${cur#*=}\" 2>/dev/null | sed \"s/^/${cur%%=*}=/; s/ /\\\\\\\\ /g\")); else "
                + "COMPREPLY=($(compgen -S = -W '\(facetNames)' -- \"$cur\")); compopt -o nospace; fi"
        case .typed: ":"
        }
    }

    private var fish: String {
        var lines = ["complete -c discover -f"]
        for command in commands {
            lines.append(
                "complete -c discover -n __fish_use_subcommand -a \(command.name) -d '\(quoted(command.summary))'")
            let condition = "-n '__fish_seen_subcommand_from \(command.name)'"
            for flag in command.allFlags {
                var line = "complete -c discover \(condition) -l \(flag.name)"
                if let short = flag.short { line += " -s \(short)" }
                switch flag.value {
                case .none: break
                case .typed(_, .choice(let values)): line += " -x -a '\(values.joined(separator: " "))'"
                case .path: line += " -r -F"
                case .typed(_, .facetValue): line += " -x -a '(__discover_facet_values)'"
                case .typed: line += " -x"
                }
                lines.append(line + " -d '\(quoted(flag.help))'")
            }
            if case .choice(let values) = command.operands {
                lines.append("complete -c discover \(condition) -a '\(values.joined(separator: " "))'")
            }
        }
        lines += [
            "function __discover_facet_values",
            "  set -l token (commandline -ct | string replace -r '^--?[a-z]+=' '')",
            "  if string match -q '*=*' -- $token",
            "    set -l pieces (string split -m1 = -- $token)",
            "    discover completion values $pieces[1] $pieces[2] 2>/dev/null | string replace -r '^' \"$pieces[1]=\"",
            "  else",
            "    string split ' ' '\(facetNames)' | string replace -r '$' '='",
            "  end",
            "end",
        ]
        return lines.joined(separator: "\n")
    }

    private var facetNames: String { Flag.facet.value.choices?.joined(separator: " ") ?? "" }

    private func quoted(_ text: String) -> String {
        text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
    }

    private var uniqueFlags: [Flag] {
        var seen: Set<String> = []
        return commands.flatMap(\.allFlags).filter { seen.insert($0.name).inserted }
    }
}
