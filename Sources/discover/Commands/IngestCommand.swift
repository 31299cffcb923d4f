import Connectors
import Indexing
import Records
import Store
import Text

extension Command {
    static let ingest = Command(
        name: "ingest", summary: "Harvest one source and publish a new generation of the index.",
        forms: ["SOURCE LOCATION"],
        details: [
            "SOURCE is one of \(Connectors.all.map(\.name).joined(separator: ", ")). LOCATION is the address of a portal, "
                + "a file or a folder.",
            "The new generation is built aside and replaces the live one in one step; a failure changes nothing. Records "
                + "of other sources stay. Where no record changed, nothing is published.",
            "Answers of a portal are kept beside the index, in INDEX.http-cache, without addresses of people, so that the "
                + "next run asks only for what has changed. An interrupt (control-C) ends the run and leaves the index as it was.",
            "With --dry-run everything is harvested and linked and the report says what could not be used; nothing is "
                + "embedded, compared with the live index or published.",
        ],
        operands: .path,
        flags: [
            .add, .dryRun, .assets, .contact, .pace, .otherHosts, .noCache, .allowEmpty, .vectors, .noVectors, .json,
        ],
        examples: [
            Example("discover ingest brainstem https://www.brainstem.org/api/public", "a portal"),
            Example("discover ingest dandi dandisets.jsonl", "a file"),
            Example("discover ingest dandi dandisets.jsonl --dry-run", "only see what would be rejected"),
        ],
        run: { session throws in
            try session.requireOperands(2...2, named: "SOURCE and LOCATION")
            let name = session.arguments.operands[0]
            guard let connector = Connectors.connector(named: name) else {
                let known = Connectors.all.map(\.name)
                let near = closest(to: name, among: known)
                throw Failure(
                    .usage, "there is no source '\(printable(name))'", suggestions: near.isEmpty ? known : near)
            }
            let location = try Location(session.arguments.operands[1])
            let bars = SharedProgress(terminal: session.terminal)
            let isDryRun = session.arguments.has(.dryRun)
            let limits = try harvestLimits(connector, location: location, session: session)
            Interrupt.bePatient()
            let ingest = Ingest(
                index: session.indexFolder, vocabulary: try session.vocabulary(),
                embedding: isDryRun ? nil : try session.textEmbedding(),
                allowsEmpty: session.arguments.has(.allowEmpty), adds: session.arguments.has(.add),
                progress: { bars.show($0) })
            // Also after an error, whose message must not be written into the bar's line.
            defer { bars.finish() }
            if isDryRun {
                let report = try ingest.rehearse(
                    connector, location: location, limits: limits, cancelled: { Interrupt.wasAsked })
                bars.finish()
                try tell(report, session: session) { printSummary(of: report, session: session) }
                if report.harvest.total == 0, !session.arguments.has(.allowEmpty) {
                    throw IndexingError(.empty, "\(location) gave no record of \(connector.source.rawValue)")
                }
                return report.isComplete ? .done : .partial
            }
            let report = try ingest.run(
                connector, location: location, limits: limits, cancelled: { Interrupt.wasAsked })
            bars.finish()
            try tell(report, session: session) { printSummary(of: report, session: session) }
            return report.isComplete ? .done : .partial
        })

    /// How the location is to be harvested.
    private static func harvestLimits(_ connector: any Connector, location: Location, session: Session) throws
        -> HarvestLimits
    {
        var limits = HarvestLimits()
        limits.listsAssets = session.arguments.has(.assets)
        limits.followOtherHosts = session.arguments.has(.otherHosts)
        if let rate = session.arguments.value(of: .pace).flatMap(Double.init) { limits.requestsPerSecond = rate }
        if let text = session.arguments.value(of: .contact) {
            guard let contact = WebAddress(text) else {
                throw Failure(.usage, "--contact takes an http or https address, not '\(printable(text))'")
            }
            limits.contact = contact
        }
        guard case .web(let address) = location else { return limits }
        if limits.contact == nil, !address.isLoopback {
            session.terminal.note(
                "give the address of a page about you with --contact, so that the portal's operators can reach you")
        }
        if !session.arguments.has(.dryRun), !session.arguments.has(.noCache) {
            limits.cacheFolder = session.indexFolder.httpCachePath(of: connector.name)
        }
        return limits
    }

    /// A report as JSON, or its summary.
    private static func tell(_ report: some Encodable, session: Session, summary: () -> Void) throws {
        if session.arguments.has(.json) {
            try session.printJSON(report)
        } else {
            summary()
        }
    }

    /// What was done, and everything that could not be used.
    private static func printSummary(of report: IngestReport, session: Session) {
        let style = session.terminal.style
        var lines = [
            report.isUnchanged
                ? "\(style.good("nothing changed")); generation \(report.generation) stays: \(report.total) records"
                : "\(style.good("published")) generation \(report.generation): \(report.total) records",
            "  \(report.source.rawValue): \(report.added) new, \(report.changed) changed, \(report.unchanged) unchanged, "
                + "\(report.removed) gone"
                + (report.kept > 0 ? ", \(report.kept) kept from before" : "")
                + (report.kept > 0 && !report.isComplete ? " because the harvest is incomplete" : ""),
        ]
        if let location = report.replacedLocation, report.removed > 0 {
            lines.append(
                style.unsure(
                    "  the \(report.removed) gone came from \(printable(location)); ingest with --add keeps them"))
        }
        if let replaced = report.replaced {
            lines.append(style.unsure("  nothing was carried over from the index before: \(replaced)"))
        }
        if report.joined > 0 {
            lines.append("  \(report.joined) listed under the record of another place that holds the same data")
        }
        if report.embedded + report.reused > 0 {
            lines.append("  vectors: \(report.embedded) computed, \(report.reused) reused")
        }
        lines.append(style.faint("  " + phases(report.seconds)))
        if let harvest = report.harvest { lines += summary(of: harvest, style: style) }
        for id in report.duplicates.prefix(20) {
            lines.append(style.unsure("  given twice, the first kept: \(printable(id.description))"))
        }
        session.terminal.print(lines.joined(separator: "\n"))
    }

    /// What would have been done.
    private static func printSummary(of report: DryRunReport, session: Session) {
        let style = session.terminal.style
        let types = report.harvest.records.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let tags = report.tags.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let lines = [
            "\(style.good("read")) \(report.harvest.total) records, published none (--dry-run)",
            "  \(report.harvest.source.rawValue): \(types.isEmpty ? "nothing" : types.joined(separator: ", "))",
            "  tags: \(tags.isEmpty ? "none" : tags.joined(separator: ", "))",
            style.faint("  " + phases(report.seconds)),
        ]
        session.terminal.print((lines + summary(of: report.harvest, style: style)).joined(separator: "\n"))
    }

    private static func phases(_ seconds: [String: Double]) -> String {
        IndexingProgress.Phase.allCases.compactMap { phase in
            seconds[phase.rawValue].map { "\(phase) \(($0 * 10).rounded() / 10) s" }
        }
        .joined(separator: ", ")
    }

    /// What the source said besides, and everything that could not be used.
    private static func summary(of harvest: HarvestReport, style: Style) -> [String] {
        var lines: [String] = []
        for (note, count) in harvest.notes.sorted(by: { $0.key < $1.key }) {
            lines.append(style.faint("  note: \(printable(note))\(count > 1 ? " (\(count) times)" : "")"))
        }
        if harvest.rejectedRecords + harvest.rejectedFields > 0 {
            let counted = "\(harvest.rejectedRecords) records and \(harvest.rejectedFields) fields could not be used"
            lines.append(style.unsure("  " + counted))
        }
        let groups = RejectGroup.of(harvest.rejects)
        for group in groups.prefix(20) { lines.append("    \(printable(group.description))") }
        if groups.count > 20 || harvest.rejects.count == HarvestReport.maximumRejects {
            lines.append("    … the first \(HarvestReport.maximumRejects), one by one, with --json")
        }
        lines += harvest.incomplete.prefix(20).map { style.unsure("  not read to its end: \(printable($0))") }
        if harvest.incomplete.count > 20 {
            lines.append(style.unsure("  … and \(harvest.incomplete.count - 20) more, all of them with --json"))
        }
        return lines
    }
}

extension Flag {
    static let vectors = Flag(
        "vectors", .choice("KIND", ["auto", "model", "lsa", "none"]),
        help:
            "Make vectors with the sentence model (model), by latent semantic analysis of the records themselves (lsa), "
            + "or not at all (none). Default: auto, the model where there is one, else lsa.")
    static let noVectors = Flag(
        "no-vectors", help: "Build an index that ranks by words only; the same as --vectors none.")
    static let add = Flag(
        "add",
        help: "Keep what other locations of the source gave; what both know of is merged field by field.")
    static let dryRun = Flag(
        "dry-run", help: "Harvest and link everything, print the report, publish nothing; no vectors are computed.")
    static let assets = Flag(
        "assets",
        help: "Read files of dandisets and participants of OpenNeuro, too, for records of subjects and sessions.")
    static let contact = Flag(
        "contact", .text("URL"),
        help: "Tell the portal's operators where to find you: the address of a page, sent in the User-Agent.")
    static let pace = Flag(
        "pace", .number("N", 1...1_000), help: "Ask a host at most N times a second (default 10).")
    static let otherHosts = Flag(
        "other-hosts", help: "Follow redirects to other hosts than the one given.")
    static let noCache = Flag(
        "no-cache", help: "Keep no answers of the portal, and ask for everything anew.")
    static let allowEmpty = Flag(
        "allow-empty", help: "Accept a location that gives no record, and let a source that had some lose all of them.")
}

/// One progress bar after the other, one per phase and unit counted.
final class ProgressBars {
    private let terminal: Terminal
    private var label = ""
    private var bar: ProgressBar?

    init(terminal: Terminal) { self.terminal = terminal }

    func show(_ progress: IndexingProgress) {
        let name: String =
            switch progress.phase {
            case .prepare: "disk: \(progress.what)"
            case .harvest: "harvesting \(progress.what)"
            case .link: "linking \(progress.what)"
            case .embed: "embedding \(progress.what)"
            case .publish: "publishing \(progress.what)"
            }
        if name != label {
            bar?.finish()
            label = name
            bar = ProgressBar(name, on: terminal)
        }
        bar?.update(progress.done, of: progress.total)
    }

    func finish() { bar?.finish() }
}
