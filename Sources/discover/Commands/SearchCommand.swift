import Export
import FoundationEssentials
import Planner
import Records
import Search
import Store

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
            .csv, .bibtex, .ris,
        ],
        examples: [
            Example(
                "discover search \"thalamic Neuropixels recordings in sleep\"", "a question in plain words"),
            Example("discover search sleep --filter species=mouse --not region=hippocampus", "words and filters"),
            Example("discover search 'region:VISp subjects:>=5' --json", "operators, answered as JSON"),
            Example("discover search \"place cells\" --csv --limit 100", "a table for a spreadsheet"),
            Example("discover search \"place cells\" --bibtex > found.bib", "the hits as a bibliography"),
        ],
        run: { session throws in try SearchCommand(session: session).run() })
}

/// Plans a question, asks the index and prints the answer in one of four forms.
struct SearchCommand {
    let session: Session

    /// Runs the command.
    func run() throws -> ExitCode {
        let arguments = session.arguments
        let formats = [Flag.json, .ndjson, .csv, .bibtex, .ris].filter(arguments.has)
        guard formats.count <= 1 else {
            throw Failure(.usage, "choose one of \(formats.map { "--\($0.name)" }.joined(separator: " and "))")
        }
        let hasChoice = arguments.has(.filter) || arguments.has(.not) || arguments.has(.type)
        guard !session.query.allSatisfy(\.isWhitespace) || hasChoice else {
            throw Failure(
                .usage, "the question is empty", advice: ["for example: discover search \"sleep in mouse thalamus\""])
        }
        let searcher = try session.searcher(generation: arguments.value(of: .generation))
        var request = try session.request(with: session.planner(searcher.vocabulary))
        request.mode = arguments.value(of: .mode).flatMap { SearchMode(rawValue: $0) } ?? .hybrid
        request.isStrict = arguments.has(.strict)
        request.statedOnly = arguments.has(.statedOnly)
        request.limit = arguments.number(of: .limit) ?? 10
        request.cursor = arguments.value(of: .cursor)
        request.countsFacets = formats.isEmpty || formats.first == .json
        let result = try searcher.search(request)
        switch formats.first {
        case .json?: try session.printJSON(result)
        case .ndjson?: for hit in result.hits { try session.printJSON(hit, pretty: false) }
        case .csv?: for row in HitList(result.hits).rows { session.terminal.print(CommaSeparated.row(row)) }
        case .bibtex?: try printBibliography(result, as: .bibtex, from: searcher)
        case .ris?: try printBibliography(result, as: .ris, from: searcher)
        default: SearchPage(session: session, result: result).show()
        }
        if let format = formats.first, format != .json, let next = result.next {
            session.terminal.note("more: --cursor \(next)")
        }
        return .done
    }

    /// The records of the page as a bibliography.
    private func printBibliography(_ result: SearchResult, as format: ExportFormat, from searcher: Searcher) throws {
        let rows = try result.hits.flatMap { try searcher.rows(named: $0.id.description) }
        let entries = try searcher.records(rows: rows).map {
            CatalogEntry($0, vocabulary: searcher.vocabulary)
        }
        session.terminal.printWhole(RecordList(entries).text(as: format) ?? "")
    }
}
