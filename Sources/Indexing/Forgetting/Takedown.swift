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

    /// - Parameter embedding: the sentence model; nil if there is none.  Vectors are reused, so it is needed only for
    ///   records that were joined with one that goes; without it these have none until the next run.
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
        var report = Report()
        let linker = Linker(vocabulary: vocabulary)
        let writer = try GenerationWriter(
            index: index, lock: lock, created: .now(), base: live, ancestors: linker.namesAbove,
            names: linker.names)
        do {
            try live.forEachHarvested { row in
                if ids.contains(row.id) {
                    report.records += 1
                    return
                }
                // Ids are looked for letter by letter first: few records name another.
                guard ids.contains(where: row.mentions) else {
                    _ = try writer.staging.add(id: row.id, json: row.json)
                    return
                }
                var record = try row.record()
                record.links.removeAll { ids.contains($0.target) }
                _ = try writer.staging.add(record)
            }
            guard report.records > 0 else {
                try writer.abandon()
                // What an earlier call that was interrupted left behind.
                report.generationsRemoved = try index.erase(holding: ids, except: live, lock: lock).count
                return report
            }
            let assembly = Assembly(
                linker: linker, embedding: carrying(live), reuse: .whereEqual, progress: progress, checkCancelled: {})
            _ = try assembly.seal(writer, base: live) { counts in
                live.manifest.sources.map { state in
                    var state = state
                    state.records = counts[state.source] ?? 0
                    return state
                }
            }
            let generation = try writer.publish(kept: kept)
            report.generation = generation.manifest.generation
            report.generationsRemoved = try index.erase(holding: ids, except: generation, lock: lock).count
            return report
        } catch {
            try? writer.abandon()
            throw error
        }
    }

    /// The sentence model of the live generation; where it is not at hand, one that only takes vectors over and leaves
    /// the few others blank.
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
