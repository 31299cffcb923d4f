/// Reads all public lists of a BrainSTEM portal.
///
/// Lists joined by id need no trust in `include[]`, which portals answer in different ways; only epochs, which have no
/// list of their own, are asked for with the sessions.  Embedded and side-loaded rows are taken wherever they come.
struct BrainSTEMPortal {
    let base: WebAddress
    let run: Harvest
    private let client: WebClient

    init(base: WebAddress, run: Harvest) {
        self.base = base
        self.run = run
        client = WebClient(run: run)
    }

    func read(into catalog: inout BrainSTEMCatalog) throws {
        let models = BrainSTEMModel.all.filter { $0.app != nil }
        for (index, model) in models.enumerated() {
            do throws(ConnectorError) {
                try readList(of: model, into: &catalog)
            } catch {
                // Without projects nothing can be shown to be public; and who does not answer at all is not asked
                // twenty-five times more.
                if error.kind == .cancelled || model.name == "project" { throw error }
                run.incomplete(model.name, error.detail)
                if ["subject", "session"].contains(model.name), catalog.count(model.name) == 0 { throw error }
            }
            run.advance("\(model.name) list", index + 1, of: models.count)
        }
    }

    private func readList(of model: BrainSTEMModel, into catalog: inout BrainSTEMCatalog) throws(ConnectorError) {
        var paging = ListPaging(limit: 100)
        while !paging.isFinished {
            let parts = try readPage(of: model, offset: paging.offset, limit: paging.limit, splits: 24)
            guard let parts else {
                if model.name == "project" {
                    throw ConnectorError(
                        .unusableLocation,
                        "\(base.text) has no public BrainSTEM API (no list of projects below /api/public/)")
                }
                run.note("no public list of \(model.name)")
                return
            }
            for part in parts {
                switch part {
                case .rows(let body, let rows):
                    let new = take(body, rows: rows, of: model, into: &catalog)
                    paging.take(rows: rows.count, new: new, signs: ListPaging.Signs(body))
                case .lost(let count, let reason):
                    run.reject("\(model.name) rows from \(paging.offset)", reason)
                    run.incomplete(model.name, reason)
                    paging.skip(count)
                }
            }
        }
    }

    /// What became of a stretch of a list.
    private enum Stretch {
        case rows(body: JSONValue, rows: [JSONValue])
        case lost(count: Int, reason: String)
    }

    /// One page; when it cannot be read as a whole it is asked for in halves, so that one bad row costs one row.
    /// Nil when the portal has no such list.
    private func readPage(
        of model: BrainSTEMModel, offset: Int, limit: Int, splits: Int
    ) throws(ConnectorError) -> [Stretch]? {
        let reason: ConnectorError
        do throws(ConnectorError) {
            switch try client.json(at: address(of: model, offset: offset, limit: limit)) {
            case .notShown: return nil
            case .value(let body):
                guard let rows = Self.rows(of: model, in: body) else {
                    throw ConnectorError(.unreadable, "the answer holds no list of \(model.name)")
                }
                return [.rows(body: body, rows: rows)]
            }
        } catch {
            reason = error
        }
        guard reason.kind == .unreadable || reason.kind == .tooLarge, splits > 0 else { throw reason }
        // The first page of the first list: more likely the wrong place than a bad row.
        if model.name == "project", offset == 0, limit == 100 { throw reason }
        guard limit > 1 else { return [.lost(count: 1, reason: reason.detail)] }
        let half = limit / 2
        guard let first = try readPage(of: model, offset: offset, limit: half, splits: splits - 1) else { return nil }
        // A half that is not full is the end of the list.
        if case .rows(_, let rows) = first.last, rows.isEmpty { return first }
        let second = try readPage(of: model, offset: offset + half, limit: limit - half, splits: splits - 1)
        return first + (second ?? [])
    }

    private func address(of model: BrainSTEMModel, offset: Int, limit: Int) -> WebAddress {
        var items = [("limit", String(limit)), ("offset", String(offset))]
        if model.name == "session" { items.append(("include[]", "epochs")) }
        return base.appending("/api/public/\(model.app ?? "")/\(model.name)/", query: items.map { ($0, $1) })
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
            if catalog.take(row, of: model, place: "row \(index)", run: run) { new += 1 }
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
    mutating func take(_ row: JSONValue, of model: BrainSTEMModel, place: String, run: Harvest) -> Bool {
        switch add(row, to: model, isMain: true) {
        case .new: return true
        case .known: return false
        case .duplicate:
            run.reject(
                "\(model.name) \(row["id"]?.identifier ?? "")", field: "id",
                "duplicate id with other content: the first one is kept")
        case .missingID:
            run.reject(
                "\(model.name), \(place)", field: "id", row["id"].map { "is \($0.kind)" } ?? "is missing")
        case .noObject: run.reject("\(model.name), \(place)", "is \(row.kind), not an object")
        }
        return false
    }
}
