import Export
import Planner
import Records
import Search
import Store

// Every flag there is.  A command lists those it takes; the ones in `everywhere` belong to all.

extension Flag {
    static let help = Flag("help", short: "h", help: "Print help and stop.")
    static let version = Flag("version", short: "V", help: "Print the version and stop.")
    static let quiet = Flag("quiet", short: "q", help: "Print no progress and no notes, only results and errors.")
    static let color = Flag(
        "color", .choice("WHEN", ["auto", "always", "never"]),
        help: "Use colour: auto (the default: on a terminal, unless NO_COLOR is set), always or never.")
    static let index = Flag(
        "index", .path("DIR"),
        help: "Use the index in DIR. Default: $DISCOVER_INDEX, else index/data in a checkout, else the XDG data folder."
    )
    static let vocabulary = Flag(
        "vocab", .path("DIR"),
        help: "Read the vocabularies in DIR. Default: $DISCOVER_VOCAB, else vocab/ of the checkout.")
    static let model = Flag(
        "model", .path("DIR"),
        help: "Use the sentence model in DIR. Default: all-MiniLM-L6-v2 in $DISCOVER_MODELS, else in the user's cache.")

    static let json = Flag("json", help: "Print one JSON document.")
    static let ndjson = Flag("ndjson", help: "Print one JSON document a line, one line a hit.")
    static let write = Flag("write", help: "Make the changes, not only print them.")
    static let csv = Flag("csv", help: "Print comma-separated values with a header line.")

    static let bibtex = Flag(.bibtex)
    static let ris = Flag(.ris)

    static let type = Flag(
        "type", .choice("TYPE", RecordType.allCases.map(\.rawValue)),
        help: "Ask for this kind of record, whatever the words ask for.")
    static let limit = Flag("limit", short: "n", .number("N", 1...100), help: "Print N results a page (default 10).")
    static let cursor = Flag(
        "cursor", .text("CURSOR"), help: "Continue where the page before ended: the next value of its JSON.")
    static let filter = Flag(
        "filter", short: "f", .facetValue("FACET=VALUE"), repeats: true,
        help: "Keep records with this value or one below it. May be repeated; all must hold.")
    static let not = Flag(
        "not", .facetValue("FACET=VALUE"), repeats: true,
        help: "Leave out records with this value. May be repeated.")
    static let mode = Flag(
        "mode", .choice("MODE", SearchMode.allCases.map(\.rawValue)),
        help: "Rank by words and meaning (hybrid, the default), words (text) or meaning (vector).")
    static let strict = Flag("strict", help: "Leave out the possible tier: records that do not tell enough.")
    static let statedOnly = Flag(
        "stated-only", help: "Let only what the sources state decide, not what was read from free text.")
    static let explain = Flag("explain", help: "Show scores and all evidence of every hit.")

    static let batch = Flag(
        "batch", .path("FILE"),
        help: "Read lines {\"id\", \"query\"} from FILE (- for standard input) and print lines {\"id\", \"plan\"}.")
    static let native = Flag(
        "native", .choice("SYSTEM", NativeSystem.allCases.map(\.rawValue)),
        help: "Write the question in the query language of SYSTEM, and say what that cannot hold.")
    static let facet = Flag(
        "facet", .choice("FACET", Facet.allCases.map(\.rawValue)), help: "Look only at this facet.")
    static let beir = Flag(
        "beir", .path("DIR"),
        help: "Build a throw-away index from corpus.jsonl in DIR and run its queries.jsonl against qrels.tsv.")
    static let keep = Flag(
        "keep", help: "With --beir: keep the index in the folder of --index, and use it when it is there.")
    static let previous = Flag(
        "previous", .path("FILE"),
        help: "The upstream file the table was made from: names gone since are unlinked.")
    static let queries = Flag("queries", .path("FILE"), help: "Run the queries of FILE on the current index.")
    static let qrels = Flag("qrels", .path("FILE"), help: "Judge by the relevance judgments in FILE.")
    static let run = Flag(
        "run", .path("FILE"), help: "Judge the ranking in FILE, in the format of TREC, instead of searching.")
    static let plan = Flag("plan", help: "With --beir: let the plan's filters decide too.")
    static let rows = Flag(
        "rows", .choice("FACET", Facet.allCases.map(\.rawValue)), help: "Put the values of FACET in the rows.")
    static let columns = Flag(
        "cols", .choice("FACET", Facet.allCases.map(\.rawValue)), help: "Put the values of FACET in the columns.")

    static let host = Flag(
        "host", .text("HOST"), help: "Listen on this name or address (default 127.0.0.1).")
    static let port = Flag(
        "port", .number("N", 0...65_535), help: "Listen on this port (default 8080; 0: any free one).")
    static let publicURL = Flag(
        "public-url", .text("URL"),
        help:
            "Say that the world reaches the service here, for feeds, site maps and exports (default http://HOST:PORT).")
    static let workers = Flag(
        "workers", .number("N", 1...256), help: "Answer N requests at a time (default: one a processor).")
    static let queue = Flag(
        "queue", .number("N", 1...100_000),
        help: "Let N requests wait for a worker (default 32); beyond, the answer is 503.")
    static let clientRate = Flag(
        "rate", .number("N", 0...100_000),
        help: "Let one client send N requests a second for ever (default 20; 0: no limit); beyond, the answer is 429.")
    static let burst = Flag(
        "burst", .number("N", 1...1_000_000),
        help: "Let one client send N requests at once (default: five seconds' worth).")
    static let connections = Flag(
        "connections", .number("N", 1...100_000), help: "Keep N connections open at a time (default 512).")
    static let trustForwarded = Flag(
        "trust-forwarded",
        help: "Take the last address of X-Forwarded-For for the client's. Only behind a proxy that sets it.")
    static let accessLog = Flag(
        "access-log", .path("FILE"),
        help: "Append the access log to FILE; - for standard error (the default), off for none.")

    static let describe = Flag(
        "describe", .choice("FORM", ["openapi", "markdown"]),
        help: "Print what is served, as an OpenAPI document or as tables for docs/http.md, and stop.")

    /// Flags that every command takes.
    static let everywhere: [Flag] = [.index, .vocabulary, .model, .color, .quiet, .help, .version]
}

extension Flag {
    /// The switch that asks for a form of export.
    init(_ format: ExportFormat) {
        let help =
            switch format {
            case .json: Flag.json.help
            case .ndjson: Flag.ndjson.help
            case .csv: Flag.csv.help
            case .jsonld: "Print schema.org linked data (JSON-LD)."
            case .bibtex: "Print BibTeX."
            case .ris: "Print RIS, which reference managers read."
            case .csl: "Print CSL-JSON, which citation processors read."
            case .datacite: "Print DataCite metadata as JSON (schema 4.5)."
            }
        self.init(format.rawValue, help: help)
    }
}
