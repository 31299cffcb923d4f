import JSON

/// Reads a public Alyx (openalyx.internationalbrainlab.org): lists of regions, subjects, insertions and sessions,
/// then each session's own page and each probe's channels.
final class AlyxPortal {
    private let base: WebAddress
    private let run: Harvest
    private let client: WebClient
    /// Set once the portal has shown that it has no such list.
    private var hasChannels = true
    private var hasTrajectories = true

    /// - Parameter base: what `/sessions` is appended to.
    init(base: WebAddress, run: Harvest) throws(ConnectorError) {
        self.base = base
        self.run = run
        client = try WebClient(run: run)
    }

    /// Reads the lists; sessions must be there, the others may not be.
    func read(into tables: inout AlyxTables) throws {
        try list("sessions", isNeeded: true) { tables.add(session: $0, run: run) }
        try list("brain-regions") { tables.add(region: $0) }
        try list("subjects") { tables.add(subject: $0, run: run) }
        try list("insertions") { tables.add(insertion: $0, run: run) }
        try list("projects") { row in
            tables.projects.append(row)
            return true
        }
    }

    private func list(_ name: String, isNeeded: Bool = false, _ add: (JSONValue) -> Bool) throws {
        let list = PagedList(
            client: client, run: run, name: name, limit: 250,
            address: { offset, limit in
                self.base.appending(
                    "/\(name)", query: [(name: "limit", value: String(limit)), (name: "offset", value: String(offset))])
            },
            rows: { $0["results"]?.array ?? $0.array })
        do {
            let isThere = try list.read { _, rows in rows.count { add($0) } }
            if !isThere, isNeeded {
                throw ConnectorError(.unusableLocation, "\(base.text) has no Alyx API (no list at /\(name))")
            }
            if !isThere { run.note("no public list of \(name)") }
        } catch let error as ConnectorError {
            if isNeeded || error.kind == .cancelled { throw error }
            run.incomplete(name, error.detail)
        }
    }

    /// The session with its own page, its probes with the regions of their channels.
    func complete(_ session: AlyxSession, tables: AlyxTables) throws -> AlyxSession {
        var session = session
        session.detail = try value(at: "/sessions/\(session.id)", what: "session \(session.id)")
        session.insertions = try (tables.insertions[session.id] ?? []).map(regions)
        return session
    }

    /// Regions along a probe, from its channels; of several tracings the best one.
    private func regions(of insertion: AlyxInsertion) throws -> AlyxInsertion {
        guard hasChannels else { return insertion }
        var insertion = insertion
        let answer = try value(
            at: "/channels", query: [("probe_insertion", insertion.id), ("limit", "1000")],
            what: "channels of insertion \(insertion.id)")
        guard let channels = answer?["results"]?.array ?? answer?.array else {
            if answer == nil { hasChannels = false }
            return insertion
        }
        var tracks: [String: [Int]] = [:]
        var order: [String] = []
        for channel in channels {
            guard let region = channel["brain_region"]?.number.flatMap(JSONValue.wholeNumber) else { continue }
            let track = channel["trajectory_estimate"]?.identifier ?? ""
            if tracks[track] == nil { order.append(track) }
            if tracks[track]?.contains(region) != true { tracks[track, default: []].append(region) }
        }
        var best = order.first
        if order.count > 1 {
            let provenance = try provenances(of: insertion)
            best = order.min { Self.rank(provenance[$0]) < Self.rank(provenance[$1]) }
            insertion.provenance = best.flatMap { provenance[$0] }
        }
        insertion.regions = best.flatMap { tracks[$0] } ?? []
        return insertion
    }

    private static let provenances = [
        "Ephys aligned histology track", "Histology track", "Micro-manipulator", "Planned",
    ]

    private static func rank(_ provenance: String?) -> Int {
        provenance.flatMap { provenances.firstIndex(of: $0) } ?? provenances.count
    }

    private func provenances(of insertion: AlyxInsertion) throws -> [String: String] {
        guard hasTrajectories else { return [:] }
        let answer = try value(
            at: "/trajectories", query: [("probe_insertion", insertion.id)],
            what: "trajectories of insertion \(insertion.id)")
        if answer == nil { hasTrajectories = false }
        let rows = answer?["results"]?.array ?? answer?.array ?? []
        return rows.reduce(into: [:]) { found, row in
            if let id = row["id"]?.identifier, let provenance = row["provenance"]?.text { found[id] = provenance }
        }
    }

    /// Nil when it is not there; what cannot be read is reported and counts as not there.
    private func value(at path: String, query: [(String, String)] = [], what: String) throws -> JSONValue? {
        do throws(ConnectorError) {
            let address = base.appending(path, query: query.map { (name: $0.0, value: $0.1) })
            switch try client.json(at: address) {
            case .value(let value): return value
            case .notShown: return nil
            }
        } catch {
            if error.kind == .cancelled || error.kind == .unavailable { throw error }
            run.reject(field: path, of: what, error.detail)
            return .object([:])
        }
    }
}
