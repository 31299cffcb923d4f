import Connectors
import FoundationEssentials
import Indexing
import JSON
import Planner
import Records
import Search
import Store
import Synchronization

extension Command {
    static let reindex = Command(
        name: "reindex", summary: "Harvest all sources, build, judge and publish: the nightly job.", forms: [""],
        details: [
            "Reads the sources that the configuration names at the same time, builds a generation aside, judges it and makes "
                + "it the live one in one step. docs/reindexing.md describes the file and the gates.",
            "A source that cannot be read keeps its records, marked stale. A failed gate keeps the old generation and says "
                + "which --accept lets it pass.",
            "The report is written below the index folder (runs/), for programs and for people, and 'discover status' "
                + "tells how the last run went.",
        ],
        operands: .none, flags: [.config, .source, .full, .accept, .dryRun, .vectors, .noVectors, .json],
        examples: [
            Example("discover reindex --config /etc/discover/reindex.json5", "the nightly job"),
            Example("discover reindex --source dandi", "one source only; the others stay as they are"),
            Example("discover reindex --accept shrink:brainstem", "publish although BrainSTEM lost many records"),
        ],
        run: { session throws in try ReindexCommand(session: session).run() })
}

/// Reads the configuration, runs, and prints the report.
struct ReindexCommand {
    let session: Session

    func run() throws -> ExitCode {
        try session.requireOperands(0...0, named: "")
        var configuration = try session.reindexConfiguration()
        if session.arguments.has(.noVectors) || session.arguments.value(of: .vectors) == "none" {
            configuration.hasVectors = false
        }
        var options = Reindex.Options()
        options.sources = Set(session.arguments.all(of: .source))
        options.isFull = session.arguments.has(.full)
        options.accepted = Set(session.arguments.all(of: .accept))
        options.isDryRun = session.arguments.has(.dryRun)
        let known = configuration.sources.map(\.name)
        for name in options.sources.sorted() where !known.contains(name) {
            throw Failure(
                .usage, "the configuration has no source '\(printable(name))'", suggestions: known)
        }
        let vocabulary = try session.vocabulary()
        let folder = session.indexFolder
        let settings = try session.rankingSettings(near: folder)
        let planner = Planner(vocabulary: vocabulary)
        let bars = SharedProgress(terminal: session.terminal)
        Interrupt.bePatient()
        let session = session
        let reindex = Reindex(
            index: folder, configuration: configuration, options: options, vocabulary: vocabulary,
            embedding: options.isDryRun || !configuration.hasVectors ? nil : try session.textEmbedding(),
            ask: { canary, generation in
                let searcher = try session.searcher(on: generation, vocabulary: vocabulary, settings: settings)
                let plan = try planner.plan(canary.question, today: session.today)
                return try searcher.matches(SearchRequest(plan: plan, limit: generation.manifest.records))
            }, progress: { bars.show($0) }, cancelled: { Interrupt.wasAsked })
        let report: ReindexReport
        do {
            report = try reindex.run()
        } catch {
            bars.finish()
            throw error
        }
        bars.finish()
        if session.arguments.has(.json) {
            try session.printJSON(report)
        } else {
            session.terminal.print(lines(of: report).joined(separator: "\n"))
        }
        if report.outcome == .failed || report.outcome == .interrupted || report.outcome == .held {
            session.terminal.report(Failure(ExitCode(rawValue: Int32(report.exitCode)) ?? .failed, report.message))
        }
        return ExitCode(rawValue: Int32(report.exitCode)) ?? .failed
    }

    private func lines(of report: ReindexReport) -> [String] {
        let style = session.terminal.style
        var lines: [String] = []
        if let generation = report.generation, report.outcome != .held {
            lines.append("\(style.good("published")) generation \(generation): \(report.total) records")
        }
        if report.isUnchanged, let live = report.previous {
            lines.append("\(style.good("nothing changed")); generation \(live) stays: \(report.total) records")
        }
        for row in report.records {
            lines.append(
                "  \(style.name(row.source.rawValue)): \(row.added) new, \(row.changed) changed, \(row.unchanged) unchanged, "
                    + "\(row.removed) gone" + (row.kept > 0 ? ", \(row.kept) kept from before" : "")
                    + (row.forgotten > 0 ? ", \(row.forgotten) taken down" : "")
                    + (row.stale ? style.unsure(", stale") : ""))
        }
        for source in report.sources {
            if let failure = source.failure {
                lines.append("  \(style.unsure("\(source.name) could not be read")): \(printable(failure))")
            }
            for list in source.harvest?.incomplete.prefix(5) ?? [] {
                lines.append("  \(style.unsure("\(source.name) was not read to its end")): \(printable(list))")
            }
            if let rejected = source.harvest?.rejectedRecords, rejected > 0 {
                lines.append("  \(source.name): \(rejected) records could not be used")
            }
        }
        for gate in report.gates where !gate.passed {
            lines.append(
                "  gate \(style.bold(gate.name)) \(gate.accepted ? "failed and was accepted" : style.bad("failed")): "
                    + printable(gate.detail))
        }
        if report.linked > 0 {
            lines.append(
                "  rows: \(report.linked) linked; vectors: \(report.embedded) computed, \(report.reused) reused")
        }
        if report.generationsErased > 0 {
            lines.append("  \(report.generationsErased) older generations removed: they held what was taken back")
        }
        lines += report.notes.map { "  \(style.unsure("note")): \(printable($0))" }
        let seconds = report.seconds.sorted { $0.key < $1.key }.map { "\($0.key) \(($0.value * 10).rounded() / 10) s" }
        if !seconds.isEmpty { lines.append(style.faint("  \(seconds.joined(separator: ", "))")) }
        return lines
    }
}

extension Session {
    /// The settings of unattended runs: the flag, else `reindex.json5` in or beside the index folder.
    func reindexConfiguration() throws -> ReindexConfiguration {
        guard let path = configurationPath else {
            throw Failure(
                .usage, "there is no configuration",
                advice: ["give it with --config FILE, or write reindex.json5 beside the index folder"])
        }
        let text = try contents(of: path)
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        do {
            return try ReindexConfiguration(json5: text, folder: folder)
        } catch {
            throw Failure(.usage, "\(printable(path)), \(error.description)", suggestions: error.suggestions)
        }
    }

    /// Where the settings are; nil when there are none.
    var configurationPath: String? {
        if let path = arguments.value(of: .config) { return path }
        let folder = indexFolder.path
        let parent = folder.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return ["\(folder)/reindex.json5", "\(parent)/reindex.json5"]
            .first { FileManager.default.fileExists(atPath: $0) }
    }
}

extension Flag {
    static let config = Flag(
        "config", .path("FILE"),
        help: "Read the sources and limits from FILE (JSON5). Default: reindex.json5 in the index folder or beside it.")
    static let source = Flag(
        "source", .text("NAME"), repeats: true, help: "Read only this source of the configuration. May be repeated.")
    static let full = Flag("full", help: "Compute all vectors anew, and build a generation although nothing changed.")
    static let accept = Flag(
        "accept", .text("GATE"), repeats: true,
        help: "Publish although this gate fails, such as shrink:brainstem. May be repeated.")
}

/// Progress of several threads: one line at a time.
final class SharedProgress: Sendable {
    private let bars: Mutex<ProgressBars>

    init(terminal: Terminal) { bars = Mutex(ProgressBars(terminal: terminal)) }

    func show(_ progress: IndexingProgress) { bars.withLock { $0.show(progress) } }
    func finish() { bars.withLock { $0.finish() } }
}
