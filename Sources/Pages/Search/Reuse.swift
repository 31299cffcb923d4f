import Planner
import Records
import Search

/// The same search elsewhere: as an address, a command, a request, and in each source's own query language, ready to be
/// copied.
struct Reuse {
    let context: PageContext
    let state: SearchState
    let plan: Plan
    let planner: Planner

    var html: HTML {
        """
        <section class="reuse" aria-labelledby="reuse-title">
        <h2 id="reuse-title">Use this search elsewhere</h2>
        \(block("Address of this page", context.origin + page.address.text))\
        \(block("Command line", command))\
        \(block("HTTP request", "curl " + ShellQuoting.quoted(context.origin + interface.text)))\
        <details><summary><h3>In each source’s own words</h3></summary>
        \(NativeSystem.allCases.map(native))</details>
        </section>

        """
    }

    private func block(_ title: HTML, _ text: String, after: HTML = "") -> HTML {
        """
        <div class="copy"><h3>\(title)</h3><pre tabindex="0" role="region" aria-label="\(title)"><code>\(text)</code></pre>\(after)</div>

        """
    }

    /// Without the cursor.
    private var page: SearchState {
        var state = state
        state.cursor = nil
        state.unfolded = nil
        return state
    }

    private var interface: Address { Address("/v1/search", page.parameters) }

    private var command: String {
        var words = ["discover", "search"]
        if !state.query.isEmpty { words.append(ShellQuoting.quoted(state.query)) }
        if let type = state.type { words += ["--type", type.rawValue] }
        for choice in state.choices {
            words += [
                choice.isNegated ? "--not" : "--filter",
                ShellQuoting.quoted("\(choice.facet.rawValue)=\(choice.value)"),
            ]
        }
        if state.mode != .hybrid { words += ["--mode", state.mode.rawValue] }
        if state.isStrict { words.append("--strict") }
        if state.statedOnly { words.append("--stated-only") }
        return words.joined(separator: " ")
    }

    private func native(_ system: NativeSystem) -> HTML {
        let query = planner.native(plan, for: system)
        let lists: [(HTML, [String])] = [
            ("Checked by the source", query.pushedDown), ("Checked by discover", query.addedByDiscover),
            ("Not recorded there", query.notExpressible), ("Note", query.notes),
        ]
        let account = lists.filter { !$0.1.isEmpty }.map { name, entries -> HTML in
            let items = entries.map { entry -> HTML in "<li>\(entry)</li>" }
            return "<dt>\(name)</dt><dd><ul>\(items)</ul></dd>"
        }
        return block(HTML(text: system.title), query.text, after: "<dl class=\"account\">\(account)</dl>")
    }
}

/// Words of a POSIX shell.
enum ShellQuoting {
    /// One word, in single quotes where it needs any; control characters become spaces, which no shell runs.
    static func quoted(_ text: String) -> String {
        let safe = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : $0 }
        var word = String.UnicodeScalarView()
        word.append(contentsOf: safe)
        let plain = safe.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value)
                    || "_-./:=,@%+".unicodeScalars.contains(scalar))
        }
        if plain, !safe.isEmpty { return String(word) }
        return "'" + String(word).pieces(around: "'").joined(separator: "'\\''") + "'"
    }
}
