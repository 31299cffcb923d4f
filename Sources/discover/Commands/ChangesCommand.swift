import Planner
import Records
import Requests
import Search
import Store

extension Command {
    static let changes = Command(
        name: "changes", summary: "Tell what changed since the generation before.", forms: ["[QUERY…]"],
        details: [
            "Lists records that are new or changed, all or those that match a question. What left is told as numbers only: "
                + "a list of names would keep what a source took back.",
            "As JSON, 100 records are listed unless --limit says otherwise.",
        ],
        operands: .query,
        flags: [.since] + Flag.flags(of: RequestParameter.narrowing + [.limit.standing(at: "20")]) + [.json],
        examples: [
            Example("discover changes", "what the last run changed"),
            Example("discover changes species:mouse --limit 100 --json", "new and changed records of mice"),
            Example("discover changes --since 000012-20261121T093000Z-3fa9", "since a generation that is still kept"),
        ],
        run: { session throws in
            let folder = session.indexFolder
            let searcher = try session.searcher()
            let arguments = session.arguments
            let isAsked = session.isNarrowed || !session.query.allSatisfy(\.isWhitespace)
            let request = isAsked ? try session.request(with: Planner(vocabulary: searcher.vocabulary)) : nil
            let changes = try searcher.changes(
                since: try arguments.value(of: .since).map { try folder.generation(named: $0) }, matching: request,
                limit: arguments.number(of: .limit) ?? (arguments.has(.json) ? 100 : 20))
            if arguments.has(.json) {
                try session.printJSON(changes)
            } else {
                session.terminal.print(lines(of: changes, style: session.terminal.style).joined(separator: "\n"))
            }
            return .done
        })

    private static func lines(of changes: ChangeList, style: Style) -> [String] {
        var lines = [
            "\(style.bold(changes.generation)) since \(changes.since ?? "the beginning"): \(changes.added) new, "
                + "\(changes.changed) changed"
        ]
        for record in changes.records {
            let mark = record.kind == .added ? style.good("+") : style.unsure("~")
            lines.append("  \(mark) \(style.name(printable(record.id.description)))  \(printable(record.title))")
        }
        let rest = changes.added + changes.changed - changes.records.count
        if rest > 0 { lines.append("  … and \(rest) more (--limit, --json)") }
        for gone in changes.removed {
            lines.append("  \(style.bad("-")) \(gone.records) \(gone.type.rawValue) of \(gone.source.rawValue)")
        }
        return lines
    }
}

extension Flag {
    static let since = Flag(
        "since", .text("GENERATION"),
        help: "Compare with this generation, which must still be kept ('discover status').")
    static let generation = Flag(
        "generation", .text("GENERATION"),
        help: "Ask this generation instead of the live one, while it is kept ('discover status').")
}
