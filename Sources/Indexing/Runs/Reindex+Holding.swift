internal import Connectors
internal import Records
internal import Store

/// What leaves although the generation stays, and what else names it.
extension Reindex {
    /// Removes reports of earlier runs that name what leaves; the raw answers were renewed by the harvest.
    func eraseMentions(of ids: [RecordID]) throws {
        let natives = Set(ids.map(\.native))
        guard !natives.isEmpty else { return }
        for folder in Set(["\(index.path)/runs", configuration.reportFolder ?? "\(index.path)/runs"]) {
            _ = try IndexFolder.removeFiles(in: folder, holding: natives)
        }
    }

    /// Keeps the old generation, but not those of its records that their sources say are not public.
    func hold(
        _ report: inout ReindexReport, results: [Source: Merge.Result], entries: [ReindexConfiguration.SourceEntry],
        live: Generation?,
        lock: IndexLock
    ) throws {
        let names = report.failedGates.map(\.name)
        let advice = names.map { "--accept \($0)" }.joined(separator: " ")
        var message = "the old generation stays: \(names.joined(separator: ", ")) failed (accept with \(advice))"
        if let live {
            let gone = try Withdrawals(index: index, cancelled: cancelled).ids(
                results: results, entries: entries, live: live,
                threshold: { Gates(configuration: configuration, accepted: []).threshold(of: $0) })
            if !gone.isEmpty {
                try eraseMentions(of: gone.compactMap { RecordID($0) })
                let taken = try Takedown(index: index, vocabulary: vocabulary, embedding: embedding, progress: progress)
                    .publish(without: gone, live: live, kept: configuration.generations, lock: lock)
                if let generation = taken.generation {
                    report.generation = generation
                    report.generationsErased = taken.generationsRemoved
                    message += "; \(taken.records) records that are no longer public were taken out of it"
                }
            }
        }
        report.end(.held, .failed, message)
    }
}
