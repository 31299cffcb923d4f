internal import Connectors
internal import Records
internal import Store
internal import Text

extension ReindexReport {
    /// The report for people, in Markdown.  Texts of sources appear in it as plain text only.
    package var page: String {
        var lines = ["# Reindexing, \(started)", "", "**\(outcome.rawValue)**: \(Self.plain(message))", ""]
        lines += [
            "- ended \(finished), exit code \(exitCode)",
            isUnchanged
                ? "- generation: \(previous ?? "none") stays"
                : "- generation: \(generation ?? "none published")" + (previous.map { ", before it \($0)" } ?? ""),
            "- \(total) things in the index, \(joined) records listed under another place",
            "- rows: \(linked) linked; vectors: \(embedded) computed, \(reused) used again",
            "- disk: about \(Self.size(bytesNeeded)) needed, \(Self.size(bytesFree)) were free",
        ]
        if generationsErased > 0 {
            lines.append("- \(generationsErased) older generations removed: they held records that were taken back")
        }
        let phases = seconds.sorted { $0.key < $1.key }.map { "\($0.key) \(Self.rounded($0.value)) s" }
        if !phases.isEmpty { lines.append("- \(phases.joined(separator: ", "))") }
        lines += notes.map { "- \(Self.plain($0))" }
        if !gates.isEmpty {
            lines += ["", "## Gates", "", "| gate | | |", "| --- | --- | --- |"]
            lines += gates.map { gate in
                "| \(gate.name) | \(gate.passed ? "passed" : gate.accepted ? "failed, accepted" : "**failed**") "
                    + "| \(Self.plain(gate.detail)) |"
            }
            for gate in failedGates {
                lines += ["", "To publish in spite of it: `discover reindex --accept \(gate.name)`"]
            }
        }
        lines += [
            "", "## Records", "",
            "| source | before | after | new | changed | same | gone | kept | withdrawn | taken down |",
            "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
        ]
        lines += records.map { row in
            "| \(row.source.rawValue)\(row.stale ? " (stale)" : "") | \(row.before) | \(row.after) | \(row.added) "
                + "| \(row.changed) | \(row.unchanged) | \(row.removed) | \(row.kept) | \(row.withdrawn) "
                + "| \(row.forgotten) |"
        }
        lines += [
            "", "## Sources", "",
            "| source | records | rejected | requests | retries | not modified | bytes | seconds |",
            "| --- | --: | --: | --: | --: | --: | --: | --: |",
        ]
        lines += sources.map { entry in
            let harvest = entry.harvest
            return "| \(entry.name) | \(entry.records) | \(harvest?.rejectedRecords ?? 0) | \(harvest?.requests ?? 0) "
                + "| \(harvest?.retries ?? 0) | \(harvest?.unchanged ?? 0) | \(harvest?.bytes ?? 0) "
                + "| \(Self.rounded(entry.seconds)) |"
        }
        for entry in sources { lines += details(of: entry) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func details(of entry: SourceReport) -> [String] {
        var lines: [String] = []
        if let failure = entry.failure { lines.append("- failed: \(Self.plain(failure))") }
        if let harvest = entry.harvest {
            lines += harvest.incomplete.prefix(20).map { "- not read to its end: \(Self.plain($0))" }
            lines += harvest.notes.sorted { $0.key < $1.key }.map { "- \(Self.plain($0.key)) (\($0.value))" }
            lines += harvest.rejects.prefix(50).map { reject in
                "- rejected: \(Self.plain(reject.id)) \(Self.plain(reject.field)): \(Self.plain(reject.reason))"
            }
            if harvest.rejects.count > 50 { lines.append("- … and others: see the JSON file") }
        }
        return lines.isEmpty ? [] : ["", "### \(entry.name), \(Self.plain(entry.location))", ""] + lines
    }

    /// Text that Markdown and HTML read as text and nothing else.
    private static func plain(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "|", "\\", "`", "*", "_", "[", "]", "#", "!": result += "\\" + String(scalar)
            case "\n", "\t": result += " "
            default: MarkupEscaping.append(scalar, to: &result)
            }
        }
        return result
    }

    private static func rounded(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }

    /// `1.2 GB`.
    package static func size(_ bytes: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(bytes) B" : "\((value * 10).rounded() / 10) \(units[unit])"
    }
}
