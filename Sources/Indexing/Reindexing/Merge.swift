internal import Connectors
internal import Records
internal import Store

/// Brings what the sources gave together with what the live generation holds of all others, and counts the difference.
struct Merge {
    let live: Generation?
    let admission: Admission
    let staging: StagingFile
    /// Kinds of source of which this run reads only some entries: records it does not see are not removed.
    let partlyRead: Set<Source>

    /// What became of the records of one kind of source.
    struct Result {
        var report: ReindexReport.RecordReport
        /// Records that a complete harvest did not show.
        var missing: [RecordID] = []
        /// Records that leave although the harvest was incomplete: their source says they are not public.
        var withdrawn: Set<RecordID> = []
    }

    /// Takes all in; `harvested` names the kinds of source that this run reads.
    func run(_ outcomes: [HarvestOutcome]) throws -> [Source: Result] {
        var results: [Source: Result] = [:]
        var notPublic: Set<RecordID> = []
        for outcome in outcomes {
            let source = outcome.entry.connector.source
            var result = results[source] ?? Result(report: .init(source: source))
            result.report.forgotten += outcome.forgotten
            notPublic.formUnion(outcome.notPublic)
            if let records = outcome.records {
                try staging.absorb(records) { _ in result.report.duplicates += 1 }
                if !(outcome.report?.incomplete.isEmpty ?? true) { result.report.stale = true }
            } else {
                result.report.stale = true
            }
            results[source] = result
        }
        let withdrawn = try withFamilies(notPublic)
        // What the source itself denies may still have come with an older page.
        for id in withdrawn { try staging.remove(id: id) }
        for source in results.keys { results[source]?.report.after = try staging.count(of: source) }
        try carryOver(into: &results, withdrawn: withdrawn)
        for source in results.keys {
            guard var report = results[source]?.report else { continue }
            report.added = report.after - report.unchanged - report.changed
            report.after += report.kept
            results[source]?.report = report
        }
        return results
    }

    private func withFamilies(_ ids: Set<RecordID>) throws -> Set<String> {
        guard !ids.isEmpty, let live else { return Set(ids.map(\.description)) }
        return try Family.members(of: Set(ids.map(\.description)), in: live)
    }

    private func carryOver(into results: inout [Source: Result], withdrawn: Set<String>) throws {
        try live?.forEachHarvested { row in
            if admission.isForgotten(row.id) { return }
            guard let source = row.source, var result = results[source] else {
                _ = try staging.add(id: row.id, json: row.json)
                return
            }
            // Taken out first, so that its lists are not copied for every record.
            results[source] = nil
            defer { results[source] = result }
            result.report.before += 1
            switch try staging.compare(id: row.id, json: row.json) {
            case .same: result.report.unchanged += 1
            case .different: result.report.changed += 1
            case .absent:
                guard let id = RecordID(row.id) else { return }
                if withdrawn.contains(row.id) {
                    result.report.withdrawn += 1
                    result.report.removed += 1
                    result.withdrawn.insert(id)
                } else if result.report.stale || partlyRead.contains(source) {
                    _ = try staging.add(id: row.id, json: row.json)
                    result.report.kept += 1
                } else {
                    result.report.removed += 1
                    result.missing.append(id)
                }
            }
        }
    }
}
