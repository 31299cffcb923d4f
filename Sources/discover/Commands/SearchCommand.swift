import FoundationEssentials
import Planner
import Records
import Search

extension Command {
    static let search = Command(
        name: "search", summary: "Find records that answer a question.", forms: ["QUERY…"],
        details: [
            "The question may be plain words, operators (species:mouse, region:\"primary motor cortex\", "
                + "-state:anesthetized, subjects:>=50, published:2021..2023), or both. Words that name something known "
                + "become filters; the others rank.",
            "First come the matches: records for which every filter holds. After them, counted apart, the possible "
                + "ones: nothing speaks against them, but they do not tell enough.",
        ],
        operands: .query,
        flags: [
            .type, .limit, .cursor, .filter, .not, .mode, .strict, .statedOnly, .explain, .generation, .json, .ndjson,
            .csv,
        ],
        examples: [
            Example(
                "discover search \"thalamic Neuropixels recordings in sleep\"", "a question in plain words"),
            Example("discover search sleep --filter species=mouse --not region=hippocampus", "words and filters"),
            Example("discover search 'region:VISp subjects:>=5' --json", "operators, answered as JSON"),
            Example("discover search \"place cells\" --csv --limit 100", "a table for a spreadsheet"),
        ],
        run: { session throws in try SearchCommand(session: session).run() })
}

/// Plans a question, asks the index and prints the answer in one of four forms.
struct SearchCommand {
    let session: Session

    /// Runs the command.
    func run() throws -> ExitCode {
        let arguments = session.arguments
        let formats = [Flag.json, .ndjson, .csv].filter(arguments.has)
        guard formats.count <= 1 else {
            throw Failure(.usage, "choose one of \(formats.map { "--\($0.name)" }.joined(separator: " and "))")
        }
        let hasChoice = arguments.has(.filter) || arguments.has(.not) || arguments.has(.type)
        guard !session.query.allSatisfy(\.isWhitespace) || hasChoice else {
            throw Failure(
                .usage, "the question is empty", advice: ["for example: discover search \"sleep in mouse thalamus\""])
        }
        let searcher = try session.searcher(generation: arguments.value(of: .generation))
        var request = try session.request(with: Planner(vocabulary: searcher.vocabulary))
        request.mode = arguments.value(of: .mode).flatMap { SearchMode(rawValue: $0) } ?? .hybrid
        request.isStrict = arguments.has(.strict)
        request.statedOnly = arguments.has(.statedOnly)
        request.limit = arguments.number(of: .limit) ?? 10
        request.cursor = arguments.value(of: .cursor)
        request.countsFacets = !arguments.has(.csv) && !arguments.has(.ndjson)
        let result = try searcher.search(request)
        switch formats.first {
        case .json?: try session.printJSON(result)
        case .ndjson?: for hit in result.hits { try session.printJSON(hit, pretty: false) }
        case .csv?: printTable(result)
        default: SearchPage(session: session, result: result).show()
        }
        if formats.first == .csv || formats.first == .ndjson, let next = result.next {
            session.terminal.note("more: --cursor \(next)")
        }
        return .done
    }

    private func printTable(_ result: SearchResult) {
        session.terminal.print("id,tier,score,type,source,access,title,url")
        for hit in result.hits {
            let fields = [
                hit.id.description, hit.tier.rawValue, "\(hit.score)", hit.type.rawValue, hit.source.rawValue,
                hit.access.rawValue, hit.title, hit.url ?? "",
            ]
            session.terminal.print(fields.map(CommaSeparated.field).joined(separator: ","))
        }
    }
}

/// Comma-separated values (RFC 4180) that no spreadsheet takes for a formula.
enum CommaSeparated {
    /// One field, quoted where needed; a leading `=`, `+`, `-` or `@` gets an apostrophe before it, unless it is a
    /// plain number.
    static func field(_ text: String) -> String {
        var text = printable(text)
        if let first = text.first, "=+-@".contains(first), Double(text) == nil { text = "'" + text }
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
