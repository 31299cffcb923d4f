internal import Connectors
internal import Records
internal import Store

/// The second stage: brings what the sources gave together with what the generation before holds of all others, and
/// counts the difference.
struct Merge {
    let base: Generation?
    let admission: Admission
    /// What the first harvest gave; the others and what is kept come into it.
    let staging: StagingFile
    /// Kinds of source of which this run reads only some entries: what it does not see is not gone.
    let partlyRead: Set<Source>
    /// Ids that leave, and links to them.
    let leaving: Set<String>
    /// Kinds of source to whose records this run adds another location: what both know of is merged.
    var extended: Set<Source> = []

    /// What became of the records of one kind of source.
    struct Result {
        var report: ReindexReport.RecordReport
        /// Records that a complete harvest did not show.
        var missing: [RecordID] = []
        /// Records that leave although the harvest was incomplete: their source says they are not public.
        var withdrawn: Set<RecordID> = []

        /// Records that the harvest gave.
        var harvested: Int { report.after - report.kept }
    }

    /// What became of all records.
    struct Outcome {
        /// For each kind of source that the run read.
        var results: [Source: Result] = [:]
        /// Records of the generation before that left because they were to leave, or are taken down by hand.
        var left = 0
        /// Whether the generation before holds exactly these records.
        var isUnchanged: Bool {
            left == 0 && results.values.allSatisfy { $0.report.added + $0.report.changed + $0.report.removed == 0 }
        }
    }

    /// Takes all in.
    func run(_ harvests: [HarvestOutcome]) throws -> Outcome {
        var outcome = Outcome()
        var notPublic: Set<RecordID> = []
        for harvest in harvests {
            var result = outcome.results[harvest.source] ?? Result(report: .init(source: harvest.source))
            result.report.forgotten += harvest.forgotten
            notPublic.formUnion(harvest.notPublic)
            if let records = harvest.records {
                if records !== staging {
                    try staging.absorb(records) { there, new in
                        result.report.duplicates += 1
                        return there.merged(with: new)
                    }
                }
                if !(harvest.report?.incomplete.isEmpty ?? true) { result.report.stale = true }
            } else {
                result.report.stale = true
            }
            outcome.results[harvest.source] = result
        }
        let withdrawn = try withFamilies(notPublic)
        // What the source itself denies may still have come with an older page.
        for id in withdrawn { try staging.remove(id: id) }
        for source in outcome.results.keys { outcome.results[source]?.report.after = try staging.count(of: source) }
        try carryOver(into: &outcome, withdrawn: withdrawn)
        for source in outcome.results.keys {
            guard var report = outcome.results[source]?.report else { continue }
            report.added = report.after - report.unchanged - report.changed
            report.after += report.kept
            outcome.results[source]?.report = report
        }
        return outcome
    }

    private func withFamilies(_ ids: Set<RecordID>) throws -> Set<String> {
        guard !ids.isEmpty, let base else { return Set(ids.map(\.description)) }
        return try Family.members(of: Set(ids.map(\.description)), in: base)
    }

    private func carryOver(into outcome: inout Outcome, withdrawn: Set<String>) throws {
        try base?.forEachHarvested { row in
            if leaving.contains(row.id) || admission.isForgotten(row.id) {
                outcome.left += 1
                return
            }
            guard let source = row.source, var result = outcome.results[source] else { return try keep(row) }
            // Taken out first, so that its lists are not copied for every record.
            outcome.results[source] = nil
            defer { outcome.results[source] = result }
            result.report.before += 1
            if extended.contains(source) {
                try staging.join(id: row.id, json: row.json) { $0.merged(with: $1) }
            }
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
                    try keep(row)
                    result.report.kept += 1
                } else {
                    result.report.removed += 1
                    result.missing.append(id)
                }
            }
        }
    }

    /// Keeps a record of the generation before, without links to what leaves.
    private func keep(_ row: Generation.Harvested) throws {
        // Ids are looked for letter by letter first: few records name another.
        guard leaving.contains(where: row.mentions) else {
            _ = try staging.add(id: row.id, json: row.json)
            return
        }
        var record = try row.record()
        record.links.removeAll { leaving.contains($0.target) }
        _ = try staging.add(record)
    }
}
