package import Connectors
internal import Records
internal import Store

extension Ingest {
    /// Harvests a location and links every record, and keeps none: what a run would read, reject and tag, without an
    /// index to read or write.
    ///
    /// Records are linked as they are read, and the ids by which one given twice is known are kept on disk, so memory
    /// does not grow with them.  Nothing is compared with the live index and no text is embedded.  Throws
    /// ``Connectors/ConnectorError``, or ``Store/StoreError`` when the disk is full.
    package func rehearse(
        _ connector: any Connector, location: Location, limits: HarvestLimits = HarvestLimits(),
        cancelled: @escaping () -> Bool = { false }
    ) throws -> DryRunReport {
        let progress = progress
        let harvest = Harvest(
            source: connector.source, location: location, limits: limits,
            progress: { step in
                progress?(IndexingProgress(phase: .harvest, what: step.what, done: step.done, total: step.total))
            }, cancelled: cancelled)
        let linker = Linker(vocabulary: vocabulary)
        var tags: [String: Int] = [:]
        let known = try StagingFile()
        let clock = ContinuousClock()
        var linking = Duration.zero
        let start = clock.now
        try connector.harvest(location, run: harvest) { record in
            guard try known.add(id: record.id.description, json: "") else { throw DuplicateRecord() }
            let begin = clock.now
            for tag in linker.tags(for: record) { tags[tag.evidence.kind.rawValue, default: 0] += 1 }
            linking += begin.duration(to: clock.now)
        }
        let whole = start.duration(to: clock.now)
        return DryRunReport(
            harvest: harvest.report, tags: tags,
            seconds: [
                IndexingProgress.Phase.harvest.rawValue: (whole - linking) / .seconds(1),
                IndexingProgress.Phase.link.rawValue: linking / .seconds(1),
            ])
    }
}

/// What a run would have read and linked, for people and for `--json`.
package struct DryRunReport: Codable, Sendable {
    /// What the connector could and could not use.
    package var harvest: HarvestReport
    /// Tags that linking made, by the kind of their evidence: `stated`, `mapped`, `inferred`.
    package var tags: [String: Int]
    /// Seconds of reading and flattening (`harvest`) and of linking (`link`), the loading of the vocabulary left out.
    package var seconds: [String: Double]

    /// Whether every record was read and used; else the command ends with code 5.
    package var isComplete: Bool { harvest.isComplete }
}
