internal import Connectors
internal import Records
internal import Store

/// Which records must leave although a gate keeps the new generation back: those that their sources say, by name, are
/// not public, and all that is part of them.
struct Withdrawals {
    /// Most records that one source is asked for by name.
    static let limit = 500

    let index: IndexFolder
    let cancelled: @Sendable () -> Bool

    /// Ids in the live generation that leave.
    ///
    /// An answer 401, 403 or 410 counts always.  404 counts for datasets and projects only, and only while few of them
    /// are gone: portals answer so for what was made private, but also for everything when they are out of order.
    func ids(
        results: [Source: Merge.Result], entries: [ReindexConfiguration.SourceEntry], live: Generation,
        threshold: (Source) -> Double
    ) throws -> Set<String> {
        var gone: Set<RecordID> = []
        for (source, result) in results {
            gone.formUnion(result.withdrawn)
            guard !result.missing.isEmpty else { continue }
            let wholes = result.missing.filter { $0.type == .dataset }
            let asked = (wholes + result.missing.filter { $0.type != .dataset }).prefix(Withdrawals.limit)
            var all = 0
            for row in 0..<live.manifest.records
            where live.facets.source(ofRecord: row) == source && live.facets.type(ofRecord: row) == .dataset {
                all += 1
            }
            let isFew = wholes.count <= max(1, Int(threshold(source) * Double(all)))
            for entry in entries where entry.connector.source == source {
                guard let location = try? Location(entry.location) else { continue }
                let run = Harvest(
                    source: source, location: location, limits: entry.limits, cancelled: cancelled)
                let standing = try Connectors.standing(
                    of: Array(asked), connector: entry.connector, location: location, run: run)
                gone.formUnion(standing.denied)
                if isFew { gone.formUnion(standing.absent.filter { $0.type == .dataset }) }
            }
        }
        guard !gone.isEmpty else { return [] }
        return try Family.members(of: Set(gone.map(\.description)), in: live)
    }
}
