internal import FoundationEssentials
internal import LinearAlgebra
internal import Records
internal import Store
internal import Vocabulary

/// The third and fourth stage: links the merged records, each with those it is joined with, on all cores, and builds a
/// sealed generation of them.
struct Build {
    /// One for each thread.
    let linkers: [Linker]
    let embedding: TextEmbedding?
    /// The generation whose vectors may be used again; nil for none.
    let earlier: Generation?
    let progress: ((IndexingProgress) -> Void)?
    let checkCancelled: () throws -> Void

    /// What was done, in numbers.
    struct Outcome {
        /// Things, each once.
        var total = 0
        /// Records listed under another one.
        var joined = 0
        /// Texts that were embedded, and those whose vectors are used again.
        var embedded = 0
        var reused = 0
        var seconds: [String: Double] = [:]
    }

    /// Builds and seals.
    ///
    /// - Parameter sources: what the manifest tells of the sources.
    func run(_ writer: GenerationWriter, sources: [Manifest.SourceState]) throws -> (Generation, Outcome) {
        var outcome = Outcome()
        var watch = Stopwatch()
        let joining = try Joining(writer.staging)
        outcome.joined = joining.count
        outcome.total = try writer.staging.count() - joining.count
        let vectors = try embedding.map { try $0.stage(for: writer, after: earlier) }
        try LinkStage(linkers: linkers, joining: joining, hasTexts: vectors != nil, staging: writer.staging).run {
            linked in
            try checkCancelled()
            let key = try linked.text.map { try vectors?.add($0) ?? 0 } ?? 0
            try writer.append(linked.stored, vectorKey: key)
            progress?(IndexingProgress(phase: .link, what: "records", done: writer.count, total: outcome.total))
        } number: {
            writer.numbered($0)
        }
        outcome.seconds[IndexingProgress.Phase.link.rawValue] = watch.lap()
        var model: (identity: String, dimensions: Int)?
        if let vectors {
            model = try vectors.finish { done, total in
                try checkCancelled()
                progress?(IndexingProgress(phase: .embed, what: "texts", done: done, total: total))
            }
            outcome.embedded = vectors.embedded
            outcome.reused = vectors.reused
            outcome.seconds[IndexingProgress.Phase.embed.rawValue] = watch.lap()
        }
        try checkCancelled()
        progress?(IndexingProgress(phase: .publish, what: "records", done: outcome.total, total: outcome.total))
        let generation = try writer.seal(
            sources: sources, vocabulary: linkers[0].vocabulary.fingerprint, model: model,
            program: BuildIdentity.fingerprint)
        outcome.seconds[IndexingProgress.Phase.publish.rawValue] = watch.lap()
        return (generation, outcome)
    }
}

/// Seconds since it was looked at last.
struct Stopwatch {
    private var last = ContinuousClock.now

    mutating func lap() -> Double {
        let now = ContinuousClock.now
        let seconds = (now - last) / .seconds(1)
        last = now
        return seconds
    }
}
