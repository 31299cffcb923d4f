package import Connectors
package import Records
package import Store
package import Vocabulary

/// One run: harvest a source, carry over all others, link, embed, publish.
package struct Ingest {
    private let index: IndexFolder
    let vocabulary: Vocabulary
    private let embedding: TextEmbedding?
    private let allowsEmpty: Bool
    let progress: ((IndexingProgress) -> Void)?

    /// - Parameters:
    ///   - embedding: nil for an index without vectors.
    ///   - allowsEmpty: whether a source that had records may lose all of them.
    ///   - progress: called often, from the thread that runs.
    package init(
        index: IndexFolder, vocabulary: Vocabulary, embedding: TextEmbedding? = nil, allowsEmpty: Bool = false,
        progress: ((IndexingProgress) -> Void)? = nil
    ) {
        self.index = index
        self.vocabulary = vocabulary
        self.embedding = embedding
        self.allowsEmpty = allowsEmpty
        self.progress = progress
    }

    /// Harvests a location with a connector and publishes.  Throws ``Connectors/ConnectorError``,
    /// ``Store/StoreError`` or ``IndexingError``; the live index is then as it was.
    package func run(
        _ connector: any Connector, location: Location, limits: HarvestLimits = HarvestLimits(),
        cancelled: @escaping () -> Bool = { false }
    ) throws -> IngestReport {
        let progress = progress
        return try build(source: connector.source, location: location.description, cancelled: cancelled) { staging, _ in
            let harvest = Harvest(
                source: connector.source, location: location, limits: limits,
                progress: { step in
                    progress?(
                        IndexingProgress(phase: .harvest, what: step.what, done: step.done, total: step.total))
                }, cancelled: cancelled)
            try connector.harvest(location, run: harvest) { record in
                if try !staging.add(record) { throw DuplicateRecord() }
            }
            return harvest.report
        }
    }

    /// The same for records that come from no connector: the closure hands every record to its sink.
    package func run(
        source: Source, location: String, cancelled: @escaping () -> Bool = { false },
        harvest: ((Record) throws -> Void) throws -> HarvestReport?
    ) throws -> IngestReport {
        try build(source: source, location: location, cancelled: cancelled) { staging, report in
            try harvest { record in
                if try !staging.add(record) { report.duplicates.append(record.id) }
            }
        }
    }

    private func build(
        source: Source, location: String, cancelled: () -> Bool,
        harvest: (StagingFile, inout IngestReport) throws -> HarvestReport?
    ) throws -> IngestReport {
        let lock = try index.lock()
        var report = IngestReport(source: source, location: location)
        let previous = try openPrevious(report: &report)
        let linker = Linker(vocabulary: vocabulary)
        let writer = try GenerationWriter(index: index, lock: lock, created: .now()) { id in
            linker.ancestors(of: id).map { TermName(id: $0.id, label: $0.label) }
        }
        do {
            return try build(
                report, previous: previous, linker: linker, writer: writer, cancelled: cancelled, harvest: harvest)
        } catch {
            // What cannot be removed now, the next build removes.
            try? writer.abandon()
            throw error
        }
    }

    /// The live generation to carry over from.  An index of another schema cannot be read and is replaced, which the
    /// report says; its generation stays on disk like any other.
    private func openPrevious(report: inout IngestReport) throws(StoreError) -> Generation? {
        guard try index.currentName() != nil else { return nil }
        do {
            return try index.current()
        } catch {
            guard error.kind == .schema else { throw error }
            report.replaced = error.detail
            return nil
        }
    }

    private func build(
        _ started: IngestReport, previous: Generation?, linker: Linker, writer: GenerationWriter,
        cancelled: () -> Bool, harvest: (StagingFile, inout IngestReport) throws -> HarvestReport?
    ) throws -> IngestReport {
        var report = started
        func checkCancelled() throws(IndexingError) {
            if cancelled() { throw IndexingError(.cancelled, "interrupted; the index is as it was") }
        }
        let clock = ContinuousClock()
        func timed<Value>(_ phase: IndexingProgress.Phase, _ body: () throws -> Value) rethrows -> Value {
            let start = clock.now
            defer { report.seconds[phase.rawValue, default: 0] += start.duration(to: clock.now) / .seconds(1) }
            return try body()
        }

        try timed(.harvest) {
            report.harvest = try harvest(writer.staging, &report)
            try carryOver(from: previous, to: writer.staging, report: &report)
        }
        let joining = try timed(.link) { try Joining(writer.staging) }
        report.joined = joining.count
        report.total = try writer.staging.count() - joining.count
        var counts: [Source: Int] = [:]
        let vectors = try embedding.map {
            try VectorStage(
                $0, path: writer.vectorsPath, listsPath: writer.listsPath, staging: writer.staging, previous: previous)
        }
        try timed(.link) {
            try writer.staging.forEach { record, json in
                try checkCancelled()
                counts[record.id.source, default: 0] += 1
                guard !joining.isJoined(record.id) else { return }
                var places = [(id: record.id, json: json)]
                var others: [Record] = []
                for other in joining.others(of: record.id) {
                    guard let json = try writer.staging.json(of: other.id.description),
                        let record = try writer.staging.record(of: other.id.description)
                    else { continue }
                    places.append((other.id, json))
                    others.append(record)
                }
                let alsoAt = try joining.alsoAt(record, others: others)
                let isAlone = others.isEmpty
                let record = isAlone ? record : record.joined(with: others)
                let tags = linker.tags(for: record)
                try writer.append(
                    record, json: isAlone ? json : try writer.staging.encoded(record), tags: tags,
                    names: linker.names(of: record, tags: tags),
                    vectorKey: vectors?.add(VectorText.of(record, tags: tags)) ?? "", alsoAt: alsoAt,
                    places: isAlone ? [] : places)
                progress?(
                    IndexingProgress(phase: .link, what: "records", done: writer.count, total: report.total))
            }
        }
        if let vectors {
            try timed(.embed) {
                try vectors.finish { done, total in
                    try checkCancelled()
                    progress?(IndexingProgress(phase: .embed, what: "texts", done: done, total: total))
                }
            }
            report.embedded = vectors.embedded
            report.reused = vectors.reused
        }
        progress?(IndexingProgress(phase: .publish, what: "records", done: report.total, total: report.total))
        let generation = try timed(.publish) {
            try writer.publish(
                sources: states(counts, report: report, previous: previous), vocabulary: vocabulary.fingerprint,
                model: embedding.map { ($0.identity, $0.dimensions) })
        }
        report.generation = generation.manifest.generation
        return report
    }

    /// Takes over what this run did not harvest: records of all other sources, and, after an incomplete harvest,
    /// records of this one that were not seen.
    private func carryOver(from previous: Generation?, to staging: StagingFile, report: inout IngestReport) throws {
        let harvested = try staging.count()
        let before = previous?.manifest.sources.first { $0.source == report.source }?.records ?? 0
        guard harvested > 0 || before == 0 || allowsEmpty else {
            throw IndexingError(
                .empty,
                """
                \(report.location) gave no record of \(report.source.rawValue), which has \(before) in the index; \
                nothing was changed (--allow-empty removes them)
                """)
        }
        let isIncomplete = report.harvest.map { !$0.incomplete.isEmpty } ?? false
        try previous?.forEachHarvested { row in
            guard row.source == report.source else {
                _ = try staging.add(id: row.id, json: row.json)
                return
            }
            switch try staging.json(of: row.id) {
            case row.json: report.unchanged += 1
            case .some: report.changed += 1
            case nil where isIncomplete:
                _ = try staging.add(id: row.id, json: row.json)
                report.kept += 1
            case nil: report.removed += 1
            }
        }
        report.added = harvested - report.unchanged - report.changed
    }

    private func states(_ counts: [Source: Int], report: IngestReport, previous: Generation?) -> [Manifest.SourceState]
    {
        var states = previous?.manifest.sources.filter { $0.source != report.source } ?? []
        states = states.map { state in
            var state = state
            state.records = counts[state.source] ?? 0
            return state
        }
        states.append(
            Manifest.SourceState(
                source: report.source, records: counts[report.source] ?? 0, harvested: Timestamp.now().iso,
                location: report.location, stale: report.kept > 0))
        return states
    }
}
