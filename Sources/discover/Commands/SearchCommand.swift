import Export
import FoundationEssentials
import Planner
import Records
import Requests
import Search
import Store

extension Command {
    static let search = Command(
        name: "search", summary: "Find records that answer a question.", forms: ["QUERY…"],
        details: [
            "The question may be plain words, operators (species:mouse, region:\"primary motor cortex\", "
                + "-state:anesthetized, subjects:>=50, published:2021..2023), or both. Words that name something known "
                + "become filters; the others rank.",
            "Alternatives: (species:mouse device:tetrode) OR (species:rat). Preferred: ~state:sleep. One record: "
                + "record:dandi:dataset:000026; records like it: like:dandi:dataset:000026.",
            "First come the matches: records for which every filter holds. After them, counted apart, the possible "
                + "ones: nothing speaks against them, but they do not tell enough.",
        ],
        operands: .query,
        flags: Flag.flags(of: RequestParameter.ofSearch) + [.explain, .generation] + Flag.formsOfList,
        examples: [
            Example(
                "discover search \"thalamic Neuropixels recordings in sleep\"", "a question in plain words"),
            Example("discover search sleep --filter species=mouse --not region=hippocampus", "words and filters"),
            Example("discover search 'region:VISp subjects:>=5' --json", "operators, answered as JSON"),
            Example("discover search sleep --type dataset --sort newest", "the latest first"),
            Example("discover search \"place cells\" --csv --limit 100", "a table for a spreadsheet"),
            Example("discover search \"place cells\" --bibtex > found.bib", "the hits as a bibliography"),
        ],
        run: { session throws in try SearchCommand(session: session).run() })
}

/// Plans a question, asks the index and prints the answer in the form that is asked for.
struct SearchCommand {
    let session: Session

    /// Runs the command.
    func run() throws -> ExitCode {
        let arguments = session.arguments
        let formats = ExportFormat.allCases.filter { arguments.has(Flag($0)) }
        guard formats.count <= 1 else {
            throw Failure(.usage, "choose one of \(formats.map { "--\($0.rawValue)" }.joined(separator: " and "))")
        }
        guard !session.query.allSatisfy(\.isWhitespace) || session.isNarrowed else {
            throw Failure(
                .usage, "the question is empty", advice: ["for example: discover search \"sleep in mouse thalamus\""])
        }
        let searcher = try session.searcher(generation: arguments.value(of: .generation))
        var request = try session.request(with: searcher.planner)
        request.take(arguments.request)
        request.countsFacets = request.countsFacets && (formats.isEmpty || formats.first == .json)
        let result = try searcher.search(request)
        switch formats.first {
        case .json?: try session.printJSON(result)
        case .ndjson?: for hit in result.hits { try session.printJSON(hit, pretty: false) }
        case .csv?: for row in HitList(result.hits).rows { session.terminal.print(CommaSeparated.row(row)) }
        case let format?: try printRecords(result, as: format, from: searcher)
        case nil: SearchPage(session: session, result: result).show()
        }
        if let format = formats.first, format != .json, let next = result.next {
            session.terminal.note("more: --cursor \(next)")
        }
        return .done
    }

    /// The records of the page in a form that is made of more than the hits.
    private func printRecords(_ result: SearchResult, as format: ExportFormat, from searcher: Searcher) throws {
        let rows = try result.hits.flatMap { try searcher.rows(named: $0.id.description) }
        let entries = try searcher.records(rows: rows).map {
            CatalogEntry($0, vocabulary: searcher.vocabulary)
        }
        session.terminal.printWhole(RecordList(entries).text(as: format) ?? "")
    }
}
