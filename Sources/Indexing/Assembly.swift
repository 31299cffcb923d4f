internal import FoundationEssentials
internal import Records
internal import Store
internal import Vocabulary

/// Turns staged records into a sealed generation: joins, links, embeds and completes the files.
///
/// Rows of the previous generation are reused if nothing that they are computed from has changed: the record, the
/// vocabulary, the program and the sentence model.
struct Assembly {
    /// Which rows may be reused.
    enum Reuse {
        case never
        /// Those that the same program linked with the same vocabulary.
        case whereEqual
    }

    /// What was done, in numbers.
    struct Outcome {
        /// Things, each once.
        var total = 0
        /// Records listed under another one.
        var joined = 0
        /// Rows that were linked, and those reused.
        var linked = 0
        var takenOver = 0
        /// Texts that were encoded, and vectors reused.
        var embedded = 0
        var reused = 0
        /// Records of each source, joined ones included.
        var counts: [Source: Int] = [:]
        var seconds: [String: Double] = [:]
    }

    let linker: Linker
    let embedding: TextEmbedding?
    let reuse: Reuse
    let progress: ((IndexingProgress) -> Void)?
    let checkCancelled: () throws -> Void

    /// Builds and seals.  `states` gives what the manifest says of the sources, given their counts.
    func seal(
        _ writer: GenerationWriter, base: Generation?, states: ([Source: Int]) -> [Manifest.SourceState]
    ) throws -> (generation: Generation, outcome: Outcome) {
        var outcome = Outcome()
        let clock = ContinuousClock()
        func timed<Value>(_ phase: IndexingProgress.Phase, _ body: () throws -> Value) rethrows -> Value {
            let start = clock.now
            defer { outcome.seconds[phase.rawValue, default: 0] += start.duration(to: clock.now) / .seconds(1) }
            return try body()
        }
        let joining = try timed(.link) { try Joining(writer.staging) }
        outcome.joined = joining.count
        outcome.total = try writer.staging.count() - joining.count
        let vectors = try embedding.map { try $0.stage(for: writer, after: base) }
        var model: (identity: String, dimensions: Int)?
        let takesOver = takesOver(from: base) && vectors?.hasEarlier ?? true
        if takesOver { try writer.takeOverTerms() }
        try timed(.link) {
            try writer.staging.forEachEncoded { id, json in
                try checkCancelled()
                guard let id = RecordID(id) else { throw StoreError(.corrupt, "'\(id)' is no record id") }
                outcome.counts[id.source, default: 0] += 1
                guard !joining.isJoined(id) else { return }
                if takesOver, joining.others(of: id).isEmpty, !Self.declares(json),
                    let earlier = try writer.unchangedRow(id: id.description, json: json)
                {
                    try vectors?.takeOver(earlier.stored)
                    try writer.reuse(earlier)
                    outcome.takenOver += 1
                } else {
                    try link(id, json: json, joining: joining, vectors: vectors, into: writer)
                    outcome.linked += 1
                }
                progress?(
                    IndexingProgress(phase: .link, what: "records", done: writer.count, total: outcome.total))
            }
        }
        if let vectors {
            try timed(.embed) {
                model = try vectors.finish { done, total in
                    try checkCancelled()
                    progress?(IndexingProgress(phase: .embed, what: "texts", done: done, total: total))
                }
            }
            outcome.embedded = vectors.embedded
            outcome.reused = vectors.reused
        }
        try checkCancelled()
        progress?(IndexingProgress(phase: .publish, what: "records", done: outcome.total, total: outcome.total))
        let generation = try timed(.publish) {
            try writer.seal(
                sources: states(outcome.counts), vocabulary: linker.vocabulary.fingerprint,
                model: model, program: BuildIdentity.fingerprint)
        }
        return (generation, outcome)
    }

    private func takesOver(from base: Generation?) -> Bool {
        guard let base, reuse == .whereEqual else { return false }
        return base.manifest.vocabulary == linker.vocabulary.fingerprint
            && base.manifest.program == BuildIdentity.fingerprint
    }

    /// Whether an encoded record may say where else its data are: what that comes to depends on all other records.
    private static func declares(_ json: String) -> Bool { json.holds(bytesOf: "\"same_as\"") }

    private func link(
        _ id: RecordID, json: String, joining: Joining, vectors: (any RowVectors)?, into writer: GenerationWriter
    ) throws {
        guard let record = try writer.staging.record(of: id.description) else { return }
        var places = [(id: id, json: json)]
        var others: [Record] = []
        for other in joining.others(of: id) {
            guard let json = try writer.staging.json(of: other.id.description),
                let record = try writer.staging.record(of: other.id.description)
            else { continue }
            places.append((other.id, json))
            others.append(record)
        }
        let alsoAt = try joining.alsoAt(record, others: others)
        let isAlone = others.isEmpty
        let joined = isAlone ? record : record.joined(with: others)
        let tags = linker.tags(for: joined)
        try writer.append(
            joined, json: isAlone ? json : try writer.staging.encoded(joined), tags: tags,
            vectorKey: vectors?.add(VectorText.of(joined, tags: tags)) ?? 0, alsoAt: alsoAt,
            places: isAlone ? [] : places)
    }
}
