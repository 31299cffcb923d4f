package import Records

/// How far a harvest has come, for a progress bar.
package struct HarvestProgress: Sendable {
    /// `sessions`, `dandisets`.
    package var what: String
    package var done: Int
    /// Nil while the source has not said how many there are.
    package var total: Int?
}

/// One run of one connector: its limits, its report, and the final check of its records.
///
/// Not shared between threads: a harvest is one thread's work.
package final class Harvest {
    package let limits: HarvestLimits
    package private(set) var report: HarvestReport
    private let progress: ((HarvestProgress) -> Void)?
    private let cancelled: () -> Bool
    private var kept: HTTPCache?
    private let withheld: (String) -> Bool
    /// Records that the source lists or was asked for by name, and does not show.  In no report: a name on the disk
    /// would be what the source took back.
    package private(set) var notPublic: Set<RecordID> = []

    /// - Parameters:
    ///   - withheld: whether a text names a forgotten record; such an answer is not kept, and such a complaint not
    ///   listed.
    ///   - progress: called often; must be quick.
    ///   - cancelled: asked before each request and record; true ends the run.
    package init(
        source: Source, location: Location, limits: HarvestLimits = HarvestLimits(),
        withheld: @escaping (String) -> Bool = { _ in false },
        progress: ((HarvestProgress) -> Void)? = nil, cancelled: @escaping () -> Bool = { false }
    ) {
        self.withheld = withheld
        self.limits = limits
        self.report = HarvestReport(source: source, location: location.description)
        self.progress = progress
        self.cancelled = cancelled
    }

    /// The answers kept from earlier runs, nil when nothing is to be kept.  One a run.
    func cache() throws(ConnectorError) -> HTTPCache? {
        if kept == nil, let folder = limits.cacheFolder { kept = try HTTPCache(folder: folder, withheld: withheld) }
        return kept
    }

    /// To be called once a connector has read its location to the end: what the source no longer shows leaves the
    /// cache, unless some of it could not be read.
    func finish() {
        if report.incomplete.isEmpty { kept?.removeUntouched() }
    }

    /// Throws ``ConnectorError/Kind/cancelled`` once the run was interrupted.
    func checkCancelled() throws(ConnectorError) {
        if cancelled() { throw ConnectorError(.cancelled, "interrupted") }
    }

    /// Tells how far the harvest has come.
    func advance(_ what: String, _ done: Int, of total: Int?) {
        progress?(HarvestProgress(what: what, done: done, total: total))
    }

    /// A record that cannot be used.
    func reject(_ id: String, field: String = "", _ reason: String) {
        report.rejectedRecords += 1
        list(.record, id, field, reason)
    }

    /// A field that cannot be used; its record is.
    func reject(field: String, of id: String, _ reason: String) {
        report.rejectedFields += 1
        list(.field, id, field, reason)
    }

    private func list(_ extent: Reject.Extent, _ id: String, _ field: String, _ reason: String) {
        guard report.rejects.count < HarvestReport.maximumRejects else { return }
        let reject = Reject(
            extent, source: report.source, id: PlainText.line(id, limit: 200), field: field,
            reason: PlainText.line(reason, limit: 400))
        // Counted and not listed: reports are kept, and a forgotten record must not appear in them.
        guard !withheld(reject.id), !withheld(reject.reason) else { return }
        report.rejects.append(reject)
    }

    /// A record that the source names and does not show: it is removed from the index, whatever else happens.
    func notPublic(_ id: RecordID) { notPublic.insert(id) }

    /// Something people should know; equal notes are counted.
    func note(_ text: String) {
        if !withheld(text) { report.notes[text, default: 0] += 1 }
    }

    /// A list that could not be read to its end.
    func incomplete(_ list: String, _ reason: String) {
        let reason = PlainText.line(reason, limit: 400)
        report.incomplete.append("\(list): \(withheld(reason) ? "concerns a record that was taken down" : reason)")
    }

    /// Adds to the counts of the report.
    func count(requests: Int = 0, retries: Int = 0, bytes: Int = 0, unchanged: Int = 0) {
        report.requests += requests
        report.retries += retries
        report.bytes += bytes
        report.unchanged += unchanged
    }

    /// The gate: without addresses, under the field limit.  A sink that has a record of the same id throws
    /// ``DuplicateRecord``; the first is kept and the second listed.  The sink remembers, not the harvest, because it
    /// has the ids on disk, and a dump of any length must fit into memory.
    func emit(_ record: Record, into sink: (Record) throws -> Void) throws {
        try checkCancelled()
        guard !EmailAddresses.occur(in: record.id.native), !record.id.native.isEmpty else {
            return reject("\(record.id.type.rawValue)", field: "id", "the id holds an address")
        }
        let clean = record.cleaned(limit: limits.maximumFieldBytes)
        if clean.wasCut {
            reject(field: "text", of: record.id.description, "longer than \(limits.maximumFieldBytes) bytes: cut")
        }
        do {
            try sink(clean.record)
        } catch is DuplicateRecord {
            return reject(record.id.native, field: "id", "duplicate id: the first record is kept")
        }
        report.records[record.id.type.rawValue, default: 0] += 1
    }
}

/// What a sink throws for a record whose id it already has; the harvest goes on.
package struct DuplicateRecord: Error {
    package init() {}
}
