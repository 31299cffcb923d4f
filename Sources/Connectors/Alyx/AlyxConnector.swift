import JSON
package import Records

/// The International Brain Laboratory's database: Alyx through its REST API, or recorded answers and exports of ONE
/// in a folder.
///
/// `alyx` and `one` differ in name only: what a person has at hand.
package struct AlyxConnector: Connector {
    /// `alyx` or `one`.
    package let name: String
    package let source = Source.ibl

    /// - Parameter name: `alyx`, or `one` for the same connector under the other name.
    package init(name: String = "alyx") { self.name = name }

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        var tables = AlyxTables()
        switch location {
        case .web(let base):
            let portal = try AlyxPortal(base: base, run: run)
            try portal.read(into: &tables)
            let records = AlyxRecords(tables: tables, base: base, run: run)
            try records.emit(into: sink) { session in try portal.complete(session, tables: tables) }
            run.finish()
        case .file, .folder:
            try AlyxDump(location: location, run: run).read(into: &tables)
            try AlyxRecords(tables: tables, base: nil, run: run).emit(into: sink) { session in
                var session = session
                session.insertions = (tables.insertions[session.id] ?? []).map(tables.placed)
                return session
            }
        }
    }
}

/// Rows of Alyx's lists, by what they are looked up by.
struct AlyxTables {
    /// In the order of the source.
    var sessions: [AlyxSession] = []
    /// By nickname, which is how sessions name them.
    var subjects: [String: JSONValue] = [:]
    /// Nicknames in the order of the source.
    var subjectOrder: [String] = []
    /// Region by Allen number.
    var regions: [Int: JSONValue] = [:]
    /// Allen number by acronym.
    var regionByAcronym: [String: Int] = [:]
    /// Rows with a name and a description.
    var projects: [JSONValue] = []
    /// Insertions by session.
    var insertions: [String: [AlyxInsertion]] = [:]
    private var sessionIDs: [String: JSONValue] = [:]

    /// Whether a session is known.
    func hasSession(_ id: String) -> Bool { sessionIDs[id] != nil }

    /// Takes a session in; false when it is no news.
    mutating func add(session row: JSONValue, run: Harvest) -> Bool {
        guard row.object != nil else {
            run.reject("session", "is \(row.kind), not an object")
            return false
        }
        guard let id = row["id"]?.identifier ?? Self.lastSegment(row["url"]) else {
            run.reject("session", field: "id", row["id"].map { "is \($0.kind)" } ?? "is missing")
            return false
        }
        if let old = sessionIDs[id] {
            if old != row {
                run.reject("session \(id)", field: "id", "duplicate id with other content: the first is kept")
            }
            return false
        }
        sessionIDs[id] = row
        sessions.append(AlyxSession(id: id, row: row))
        return true
    }

    /// Takes a subject in; false when it is no news.
    mutating func add(subject row: JSONValue, run: Harvest) -> Bool {
        guard let nickname = row["nickname"]?.text else {
            run.reject("subject \(row["id"]?.identifier ?? "")", field: "nickname", "is missing")
            return false
        }
        guard subjects[nickname] == nil else { return false }
        subjects[nickname] = row
        subjectOrder.append(nickname)
        return true
    }

    /// Takes an insertion in, under its session; false when it is no news.
    mutating func add(insertion row: JSONValue, run: Harvest) -> Bool {
        let session = row["session"]?.identifier ?? row["session_info"]?["id"]?.identifier
        guard let id = row["id"]?.identifier, let session else {
            run.reject("insertion \(row["id"]?.identifier ?? "")", field: "session", "id or session is missing")
            return false
        }
        if insertions[session]?.contains(where: { $0.id == id }) ?? false { return false }
        insertions[session, default: []].append(AlyxInsertion(id: id, row: row))
        return true
    }

    /// Takes a brain region in; false when it is no news or has no Allen number.
    mutating func add(region row: JSONValue) -> Bool {
        guard let id = row["id"]?.number.flatMap(JSONValue.wholeNumber), regions[id] == nil else { return false }
        regions[id] = row
        if let acronym = row["acronym"]?.text { regionByAcronym[acronym] = id }
        return true
    }

    /// An insertion of a dump that lists its regions itself, by acronym or Allen number.
    func placed(_ insertion: AlyxInsertion) -> AlyxInsertion {
        var insertion = insertion
        insertion.regions = (insertion.row["regions"]?.array ?? []).compactMap { region in
            region.string.flatMap { regionByAcronym[$0] } ?? region.number.flatMap(JSONValue.wholeNumber)
        }
        return insertion
    }

    /// The last part of a URL, which is an id in Alyx.
    static func lastSegment(_ value: JSONValue?) -> String? {
        value?.text?.split(separator: "/").last.map(String.init)
    }
}

/// A session as the list shows it, and what its own page adds.
struct AlyxSession {
    let id: String
    /// What the list says.
    let row: JSONValue
    /// What the session's own page says, where there is one.
    var detail: JSONValue?
    /// Its probes, with their regions.
    var insertions: [AlyxInsertion] = []

    /// A field of the page, else of the list.
    subscript(field: String) -> JSONValue? { detail?[field] ?? row[field] }
}

/// A probe in a brain.
struct AlyxInsertion {
    let id: String
    let row: JSONValue
    /// Allen numbers along the probe, in the order of the source, each once.
    var regions: [Int] = []
    /// How the regions are known: `Ephys aligned histology track`, `Histology track`, `Micro-manipulator`, `Planned`.
    var provenance: String?
}
