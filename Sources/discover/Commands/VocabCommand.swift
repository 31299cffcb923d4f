import Planner
import Records
import Vocabulary

extension Command {
    static let vocab = Command(
        name: "vocab", summary: "Look into the vocabularies.",
        forms: ["list", "find NAME…", "show ID", "check"],
        details: [
            "list counts the terms of every facet; find names the terms that bear a name; show prints one term with "
                + "everything above and directly below it; check reports references to terms that do not exist and "
                + "cycles."
        ],
        operands: .choice(["list", "find", "show", "check"]), flags: [.facet, .json],
        examples: [
            Example("discover vocab find \"primary visual cortex\"", "what a name stands for"),
            Example("discover vocab show UBERON:0001897", "one term and its place"),
        ],
        run: { session throws in
            let words = session.arguments.operands
            let shelf = VocabularyShelf(session: session, vocabulary: try session.vocabulary())
            let rest = words.dropFirst().joined(separator: " ")
            switch words.first {
            case "list" where words.count == 1: try shelf.list()
            case "find" where words.count > 1: try shelf.find(rest)
            case "show" where words.count == 2: try shelf.show(rest)
            case "check" where words.count == 1: return shelf.check()
            default: throw Failure(.usage, "expected list, find NAME…, show ID or check")
            }
            return .done
        })
}

/// The subcommands of `vocab`.
private struct VocabularyShelf {
    let session: Session
    let vocabulary: Vocabulary

    /// A term as JSON and on a line.
    private struct Entry: Encodable {
        let id: String
        let facet: Facet
        let label: String
        let synonyms: [String]
        let acronyms: [String]
        let adjectives: [String]
        let xrefs: [String]
        let scheme: String
        let obsolete: Bool
        let parents: [Name]
        let children: [Name]
        /// Terms below it, itself not counted.
        let descendants: Int
    }
    private struct Name: Encodable {
        let id: String
        let label: String
    }

    private var facet: Facet? { session.arguments.value(of: .facet).flatMap { Facet(rawValue: $0) } }

    func list() throws {
        var counts: [Facet: Int] = [:]
        for number in 0..<vocabulary.count { counts[vocabulary.facet(of: number), default: 0] += 1 }
        if session.arguments.has(.json) {
            try session.printJSON(Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }))
            return
        }
        for facet in Facet.allCases where self.facet == nil || self.facet == facet {
            let count = String(counts[facet] ?? 0)
            session.terminal.print(
                String(repeating: " ", count: max(0, 7 - count.count)) + "\(count)  \(facet.rawValue)")
        }
    }

    func find(_ name: String) throws {
        let facets = facet.map { [$0] } ?? Facet.allCases
        var numbers: [Int] = []
        for facet in facets {
            for match in vocabulary.terms(named: name, facet: facet) where !numbers.contains(match.number) {
                numbers.append(match.number)
            }
        }
        guard !numbers.isEmpty else {
            let near = facets.flatMap { vocabulary.suggestions(for: name, facet: $0, limit: 2) }
            throw Failure(.unknownTerm, "nothing is called '\(printable(name))'", suggestions: Array(near.prefix(6)))
        }
        if session.arguments.has(.json) {
            try session.printJSON(numbers.map(entry))
            return
        }
        let style = session.terminal.style
        for number in numbers {
            let below = vocabulary.descendants(of: number).count - 1
            session.terminal.print(
                "\(vocabulary.facet(of: number).rawValue) \(style.chip(vocabulary.label(of: number)))  "
                    + style.name(vocabulary.id(of: number)) + style.faint(below > 0 ? "  +\(below) below" : ""))
        }
    }

    func show(_ id: String) throws {
        guard let number = vocabulary.number(of: id) else {
            throw Failure(.unknownTerm, "there is no term '\(printable(id))'")
        }
        let entry = entry(number)
        if session.arguments.has(.json) {
            try session.printJSON(entry)
            return
        }
        let style = session.terminal.style
        var lines = [
            "\(style.bold(entry.label))  \(style.name(entry.id))  \(entry.facet.rawValue), table \(entry.scheme)"
        ]
        func line(_ name: String, _ values: [String]) {
            if !values.isEmpty { lines.append("  \(style.faint(name)) \(values.joined(separator: ", "))") }
        }
        if entry.obsolete { lines.append(style.unsure("  obsolete")) }
        line("also called", entry.synonyms)
        line("short", entry.acronyms)
        line("adjectives", entry.adjectives)
        line("elsewhere", entry.xrefs)
        line("above", entry.parents.map { "\($0.label) (\($0.id))" })
        line("directly below", entry.children.prefix(40).map { "\($0.label) (\($0.id))" })
        lines.append("  \(style.faint("all below")) \(entry.descendants)")
        session.terminal.print(lines.joined(separator: "\n"))
    }

    /// Prints every problem; exit code 1 when there is one.
    func check() -> ExitCode {
        var problems = vocabulary.dangling.map { "\($0.term): \($0.column) names \($0.id), which no table has" }
        for number in 0..<vocabulary.count {
            let above = vocabulary.ancestors(of: number)
            if above.contains(where: { vocabulary.parents(of: $0).contains(number) }) {
                problems.append("\(vocabulary.id(of: number)): lies below itself")
            }
        }
        for problem in problems { session.terminal.print(problem) }
        session.terminal.note("\(vocabulary.count) terms, \(problems.count) problems")
        return problems.isEmpty ? .done : .failed
    }

    private func entry(_ number: Int) -> Entry {
        let term = vocabulary[number]
        func names(_ numbers: [Int]) -> [Name] {
            numbers.map { Name(id: vocabulary.id(of: $0), label: vocabulary.label(of: $0)) }
        }
        return Entry(
            id: term.id, facet: term.facet, label: term.label, synonyms: term.synonyms, acronyms: term.acronyms,
            adjectives: term.adjectives, xrefs: term.xrefs, scheme: term.scheme,
            obsolete: term.flags.contains(.obsolete), parents: names(vocabulary.parents(of: number)),
            children: names(vocabulary.children(of: number)),
            descendants: vocabulary.descendants(of: number).count - 1)
    }
}
