import FoundationEssentials
import JSON
import Planner
import Requests
import Search
import Store
import Vocabulary

/// One run of a command: what was typed, understood, and what it opens when needed.  The high arguments.
struct Session: Sendable {
    let arguments: Arguments
    let terminal: Terminal

    /// The words of a question.
    var query: String { arguments.operands.joined(separator: " ") }

    /// Today as a day number, for relative dates.
    var today: Int { Int((Date().timeIntervalSince1970 / 86_400).rounded(.down)) }

    /// The index the command works on.
    var indexFolder: IndexFolder { IndexFolder.locate(flag: arguments.value(of: .index)) }

    /// Reads the vocabularies.
    func vocabulary() throws -> Vocabulary {
        guard let folder = arguments.value(of: .vocabulary) ?? Vocabulary.locate() else {
            throw Failure(
                .failed, "the vocabularies are not found",
                advice: ["give their folder with --vocab DIR or in DISCOVER_VOCAB"])
        }
        return try Vocabulary.load(folder: folder)
    }

    /// Prints a value as one JSON document: sorted keys, so that two runs can be compared.
    func printJSON(_ value: some Encodable, pretty: Bool = true) throws {
        terminal.print(
            String(decoding: try JSONValue(encoding: value).json(pretty ? .spaced : .compact), as: UTF8.self))
    }

    /// Refuses operands of a command that takes none, or the wrong number of them.
    func requireOperands(_ count: ClosedRange<Int>, named names: String) throws(Failure) {
        guard count.contains(arguments.operands.count) else {
            let given = arguments.operands.count
            throw Failure(
                .usage,
                names.isEmpty
                    ? "this command takes no operand, \(given) given" : "expected \(names), \(given) operands given")
        }
    }

    /// The words and flags as a request; `words` are the operands unless some of them mean something else.
    func request(_ words: String? = nil, with planner: Planner) throws -> SearchRequest {
        try SearchRequest(asking: words ?? query, values: arguments.request, today: today, planner: planner)
    }

    /// Whether flags narrow the records, so that no words are needed.
    var isNarrowed: Bool {
        [RequestParameter.filter, .not, .type].contains { arguments.request.has($0) }
    }

    /// The text of a file, `-` for standard input; exit code 1 when it cannot be read.
    func contents(of path: String) throws(Failure) -> String {
        if path == "-" {
            var text = ""
            while let line = readLine(strippingNewline: false) { text += line }
            return text
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.failed, "cannot read \(printable(path))")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// The lines of a file, without empty ones.  Only a line feed ends a line: JSON texts hold other line separators
    /// as they are (RFC 8259 section 7).
    static func lines(of text: String) -> [Data] {
        Array(text.utf8).split(separator: 0x0A)
            .map { line in Data(line.last == 0x0D ? line.dropLast() : line) }
            .filter { line in line.contains { $0 != 0x20 && $0 != 0x09 } }
    }
}
