import JSON

/// Reads all public lists of a BrainSTEM portal.
///
/// Lists joined by id need no trust in `include[]`, which portals answer in different ways; only epochs, which have no
/// list of their own, are asked for with the sessions.  Embedded and side-loaded rows are taken wherever they come.
struct BrainSTEMPortal {
    let base: WebAddress
    let run: Harvest
    private let client: WebClient

    /// - Parameter base: what `/api/public/` is appended to.
    init(base: WebAddress, run: Harvest) throws(ConnectorError) {
        self.base = base
        self.run = run
        client = try WebClient(run: run)
    }

    /// Reads all lists; projects, subjects and sessions must be there, the others may not be.
    func read(into catalog: inout BrainSTEMCatalog) throws {
        for model in BrainSTEMModel.all where model.app != nil {
            do {
                try readList(of: model, into: &catalog)
            } catch let error as ConnectorError {
                // Without projects nothing can be shown to be public, and without subjects or sessions there is
                // little to show; who does not answer at all is not asked twenty times more.
                let isNeeded = ["project", "subject", "session"].contains(model.name)
                if error.kind == .cancelled || isNeeded && catalog.count(model.name) == 0 { throw error }
                run.incomplete(model.name, error.detail)
            }
        }
    }

    private func readList(of model: BrainSTEMModel, into catalog: inout BrainSTEMCatalog) throws {
        let list = PagedList(
            client: client, run: run, name: model.name, limit: 100,
            address: { address(of: model, offset: $0, limit: $1) }, rows: { Self.rows(of: model, in: $0) },
            key: { $0["id"]?.identifier })
        let isThere = try list.read { body, rows in take(body, rows: rows, of: model, into: &catalog) }
        guard !isThere else { return }
        if model.name == "project" {
            throw ConnectorError(
                .unusableLocation,
                "\(base.text) has no public BrainSTEM API (no list of projects below /api/public/)")
        }
        run.note("no public list of \(model.name)")
    }

    private func address(of model: BrainSTEMModel, offset: Int, limit: Int) -> WebAddress {
        var items = [(name: "limit", value: String(limit)), (name: "offset", value: String(offset))]
        if model.name == "session" { items.append(("include[]", "epochs.*")) }
        return base.appending("/api/public/\(model.app ?? "")/\(model.name)/", query: items)
    }

    /// The rows of the main list: under one of the model's own names, else the only list there is.
    static func rows(of model: BrainSTEMModel, in body: JSONValue) -> [JSONValue]? {
        guard case .object(let members) = body else { return body.array }
        for (key, value) in members where !key.hasPrefix("+") {
            if let rows = value.array, BrainSTEMModel.forEnvelope(key: key) == model { return rows }
        }
        let lists = members.values.compactMap(\.array)
        return lists.count == 1 ? lists[0] : members["results"]?.array
    }

    /// Takes the rows and what is side-loaded beside them; returns how many rows were new.
    private func take(
        _ body: JSONValue, rows: [JSONValue], of model: BrainSTEMModel, into catalog: inout BrainSTEMCatalog
    ) -> Int {
        var new = 0
        for (index, row) in rows.enumerated() {
            if catalog.take(row, of: model, provenance: "row \(index)", run: run) { new += 1 }
        }
        for (key, value) in body.object ?? [:] where key != "meta" && key != "links" {
            guard let side = BrainSTEMModel.forEnvelope(key: key), side != model || key.hasPrefix("+") else { continue }
            for row in value.array ?? [] { _ = catalog.add(row, to: side, isMain: false) }
        }
        return new
    }
}

extension BrainSTEMCatalog {
    /// Takes a row of a model's own list in and reports what is wrong with it; true when it is new.
    mutating func take(_ row: JSONValue, of model: BrainSTEMModel, provenance: String, run: Harvest) -> Bool {
        switch add(row, to: model, isMain: true) {
        case .new: return true
        case .known: return false
        case .duplicate:
            run.reject(
                "\(model.name) \(row["id"]?.identifier ?? "")", field: "id",
                "duplicate id with other content: the first one is kept")
        case .missingID:
            run.reject(
                "\(model.name), \(provenance)", field: "id", row["id"].map { "is \($0.kind)" } ?? "is missing")
        case .noObject: run.reject("\(model.name), \(provenance)", "is \(row.kind), not an object")
        }
        return false
    }
}
