import Export
import Requests
import Store

// Every flag that only the command line has, and the parameters of requests that commands name.  A command lists what
// it takes; the ones in `everywhere` belong to all.

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

    static let limit = Flag(.limit, short: "n")
    static let facet = Flag(.facet)
    static let explain = Flag("explain", help: "Show scores and all evidence of every hit.")

    static let batch = Flag(
        "batch", .path("FILE"),
        help: "Read lines {\"id\", \"query\"} from FILE (- for standard input) and print lines {\"id\", \"plan\"}.")
    static let parse = Flag(
        "parse", help: "Print the shallow parse instead: clauses and what they are for, phrases, lists, cues.")
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
    static let mode = Flag(.mode)

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
    /// The switches that stand for the choices of `format`.
    static let formsOfList = ExportFormat.allCases.map(Flag.init)
    static let formsOfRecord = ExportFormat.ofRecords.map(Flag.init)

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
