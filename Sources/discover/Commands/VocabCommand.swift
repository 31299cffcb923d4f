import Encoder
import FoundationEssentials
import Planner
import Records
import Search
import Store
import Vocabulary

extension Command {
    static let vocab = Command(
        name: "vocab", summary: "Look into the vocabularies.",
        forms: ["list", "find NAME…", "show ID", "check", "embed", "import TABLE FILE"],
        details: [
            "list counts the terms of every facet; find names the terms that bear a name; show prints one term with "
                + "everything above and directly below it; check reports everything wrong in the tables: "
                + "ids listed twice, cycles, references to nothing, names that several terms bear without a rule; embed makes "
                + "the vectors of all names, once, so that search and plan can suggest names for unknown words; import compares a "
                + "table (region/allen-mouse) with its upstream file, prints what would change and with --write changes "
                + "it: + added, - gone (made obsolete), ~ renamed, ^ with other parents, ! a cross-reference that is gone "
                + "since the file given with --previous."
        ],
        operands: .choice(["list", "find", "show", "check", "embed", "import"]),
        flags: [.facet, .json, .write, .previous],
        examples: [
            Example("discover vocab find \"primary visual cortex\"", "what a name stands for"),
            Example("discover vocab show UBERON:0001897", "one term and its place"),
        ],
        run: { session throws in
            let words = session.arguments.operands
            let listing = VocabularyListing(session: session, vocabulary: try session.vocabulary())
            let rest = words.dropFirst().joined(separator: " ")
            switch words.first {
            case "list" where words.count == 1: try listing.list()
            case "find" where words.count > 1: try listing.find(rest)
            case "show" where words.count == 2: try listing.show(rest)
            case "check" where words.count == 1: return listing.check()
            case "embed" where words.count == 1: try listing.embed()
            case "import" where words.count == 3: try listing.importTable(words[1], from: words[2])
            default: throw Failure(.usage, "expected list, find NAME…, show ID, check, embed or import TABLE FILE")
            }
            return .done
        })
}

/// The subcommands of `vocab`.
private struct VocabularyListing {
    let session: Session
    let vocabulary: Vocabulary

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
        let problems = vocabulary.findings()
        for problem in problems { session.terminal.print(problem.description) }
        session.terminal.note("\(vocabulary.count) terms, \(problems.count) problems")
        return problems.isEmpty ? .done : .failed
    }

    /// Makes the vectors that suggestions for unknown words are found by.
    func embed() throws {
        guard let folder = session.modelFolder else {
            throw Failure(.failed, "no sentence model on this machine", advice: ["run 'make model' to fetch it"])
        }
        let written = try NearNames.write(vocabulary: vocabulary, encoder: try SentenceEncoder(folder: folder))
        session.terminal.note(
            written.made == 0 ? "\(written.path) is up to date" : "\(written.made) names, written to \(written.path)")
    }

    /// Compares a table with an upstream file, and rewrites it when asked to.
    func importTable(_ name: String, from file: String) throws {
        let folder = session.arguments.value(of: .vocabulary) ?? Vocabulary.locate() ?? ""
        guard let facet = name.split(separator: "/").first.flatMap({ Facet(rawValue: String($0)) }),
            !name.contains(".."), let scheme = vocabulary.scheme(ofTable: name),
            let data = FileManager.default.contents(atPath: "\(folder)/\(name).tsv")
        else { throw Failure(.usage, "there is no table '\(printable(name))'; name it as in region/allen-mouse") }
        guard let upstream = FileManager.default.contents(atPath: file) else {
            throw Failure(.failed, "cannot read \(printable(file))")
        }
        let previous = try session.arguments.value(of: .previous).map { file throws in
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Failure(.failed, "cannot read \(printable(file))")
            }
            return try UpstreamFile(bytes: [UInt8](data), scheme: scheme)
        }
        let change = TableImport(
            table: String(decoding: data, as: UTF8.self), facet: facet.rawValue,
            upstream: try UpstreamFile(bytes: [UInt8](upstream), scheme: scheme), previous: previous,
            isKnown: { vocabulary.number(of: $0) != nil })
        for line in change.changes { session.terminal.print(printable(line.description)) }
        let isWritten = session.arguments.has(.write) && !change.changes.isEmpty
        if isWritten { try Data(change.text.utf8).write(to: URL(filePath: "\(folder)/\(name).tsv"), options: .atomic) }
        session.terminal.note("\(change.changes.count) changes, " + (isWritten ? "written" : "nothing written"))
    }

    private func entry(_ number: Int) -> TermEntry { TermEntry(vocabulary, number) }
}
