internal import Records
package import Store
package import Vocabulary

/// Takes records out of the live index at once: publishes the live generation without them, and removes every older one
/// that holds them.
package struct Takedown {
    let index: IndexFolder
    let vocabulary: Vocabulary
    let embedding: TextEmbedding?
    let progress: ((IndexingProgress) -> Void)?

    /// - Parameter embedding: the sentence model; nil where there is none.  Vectors are used again, so it is needed
    ///   only for records that were joined with one that goes; without it these have none until the next run.
    package init(
        index: IndexFolder, vocabulary: Vocabulary, embedding: TextEmbedding?,
        progress: ((IndexingProgress) -> Void)? = nil
    ) {
        self.index = index
        self.vocabulary = vocabulary
        self.embedding = embedding
        self.progress = progress
    }

    /// What was forgotten.
    package struct Report: Codable, Sendable, Hashable {
        /// Records that were removed.
        package var records = 0
        /// The generation without them; nil when the live one held none of them.
        package var generation: String?
        /// Older generations that were removed.
        package var generationsRemoved = 0
        /// Raw answers and reports that were removed.
        package var filesRemoved = 0
    }

    /// Publishes the live generation without the ids and without links to them.  The caller holds the lock.
    func publish(without ids: Set<String>, live: Generation, kept: Int, lock: IndexLock) throws -> Report {
        let pipeline = Pipeline(
            index: index, vocabulary: vocabulary, embedding: carrying(live), progress: progress, checkCancelled: {})
        var run = TakedownRun(base: live, leaving: ids, kept: kept)
        var outcome = Pipeline.Outcome()
        try pipeline.run(&run, outcome: &outcome, lock: lock)
        var report = Report()
        report.records = outcome.merged.left
        var remaining = live
        if case .published(let generation) = outcome.ending {
            report.generation = generation.manifest.generation
            remaining = generation
        }
        // Also what an earlier call that was interrupted left behind.
        report.generationsRemoved = try index.erase(holding: ids, except: remaining, lock: lock).count
        return report
    }

    /// The sentence model of the live generation; where it is not at hand, one that only lets vectors be used again and
    /// leaves the few others blank.
    private func carrying(_ live: Generation) -> TextEmbedding? {
        guard let model = live.manifest.model else { return nil }
        // Analysed again from what remains: no word or direction of a removed record may stay.
        if live.projectionPath != nil { return .latent() }
        if let embedding, embedding.identity == model { return embedding }
        let dimensions = live.manifest.dimensions
        return TextEmbedding(identity: model, dimensions: dimensions) { texts in
            texts.map { _ in Array(repeating: 0, count: dimensions) }
        }
    }
}

/// No source: all records of the live generation but those that leave.
private struct TakedownRun: PipelineRun {
    let base: Generation?
    let leaving: Set<String>
    let kept: Int
    var admission: Admission { Admission(forgotten: ForgottenList()) }

    func harvest(into writer: GenerationWriter) throws -> [HarvestOutcome] { [] }

    func mayBuild(_ merged: Merge.Outcome) throws -> Bool { merged.left > 0 }
}
