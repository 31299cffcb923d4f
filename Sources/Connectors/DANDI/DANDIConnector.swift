import JSON
package import Records

/// The DANDI archive (dandiarchive.org): dandisets through its REST API, or from a dump of their metadata.
package struct DANDIConnector: Connector {
    package let name = "dandi"
    package let source = Source.dandi

    package init() {}

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        switch location {
        case .web(let address):
            let base = address.removing("/api")
            try DANDIArchive(base: base, run: run).harvest(into: sink)
            run.finish()
        case .file, .folder:
            var dump = DANDIDump(run: run)
            try dump.read(location, into: sink)
        }
    }
}

extension DANDIConnector {
    package func address(of id: RecordID, base: WebAddress) -> WebAddress? {
        id.type == .dataset
            ? base.removing("/api").appending("/api/dandisets/\(id.native.split(separator: ":").last ?? "")/") : nil
    }
}

/// Reads the archive's API (api.dandiarchive.org): the list of dandisets, then each one's metadata.
struct DANDIArchive {
    let run: Harvest
    private let base: WebAddress
    private let client: WebClient

    /// - Parameter base: what `/api/dandisets/` is appended to.
    init(base: WebAddress, run: Harvest) throws(ConnectorError) {
        self.base = base
        self.run = run
        client = try WebClient(run: run)
    }

    /// Emits each dandiset that is listed and whose metadata are public.
    func harvest(into sink: (Record) throws -> Void) throws {
        var entries: [Entry] = []
        var seen: Set<String> = []
        try list(embargoed: false, into: &entries, seen: &seen)
        do {
            try list(embargoed: true, into: &entries, seen: &seen)
        } catch let error as ConnectorError {
            if error.kind == .cancelled { throw error }
            run.incomplete("embargoed dandisets", error.detail)
        }
        // What the instance calls itself, as its records say.
        var instance: String?
        try EachPage(run: run, what: "dandiset", counted: "dandisets").read(entries, id: \.id) { entry in
            guard let metadata = try metadata(of: entry, instance: instance) else { return }
            let dandiset = Dandiset(metadata: metadata, provenance: "dandiset \(entry.id)", run: run, listed: entry)
            instance = dandiset.instance ?? instance
            guard let record = dandiset.record() else { return }
            try run.emit(record, into: sink)
            if run.limits.listsAssets { try emitAssets(of: entry, record, into: sink) }
        }
    }

    /// Subjects and sessions of a dandiset, from the list of its assets.
    private func emitAssets(of entry: Entry, _ record: Record, into sink: (Record) throws -> Void) throws {
        let path = "/api/dandisets/\(entry.id)/versions/\(entry.version)/assets/"
        let list = PagedList(
            client: client, run: run, name: "assets of \(entry.id)", limit: 512,
            address: { offset, limit in
                base.appending(
                    path,
                    query: [
                        (name: "metadata", value: "true"), (name: "page", value: String(offset / limit + 1)),
                        (name: "page_size", value: String(limit)),
                    ])
            },
            rows: { $0["results"]?.array }, key: { $0["asset_id"]?.identifier })
        var assets = DandisetAssets(of: record, run: run)
        do {
            let isThere = try list.read { _, rows in
                for row in rows { assets.add(row, provenance: "dandiset \(entry.id)") }
                return rows.count
            }
            if !isThere { run.note("dandisets whose assets are not public") }
        } catch let error as ConnectorError {
            if error.kind == .cancelled { throw error }
            run.incomplete("assets of \(entry.id)", error.detail)
        }
        try assets.emit(into: sink)
    }

    /// Nil when they are not public.
    private func metadata(of entry: Entry, instance: String?) throws(ConnectorError) -> JSONValue? {
        let address = base.appending("/api/dandisets/\(entry.id)/versions/\(entry.version)/")
        switch try client.json(at: address) {
        case .value(let metadata): return metadata
        case .notShown(let status):
            run.note("dandisets whose metadata are not public (status \(status)) are left out")
            run.notPublic(RecordID(.dandi, .dataset, instance.map { "\($0):\(entry.id)" } ?? entry.id))
            return nil
        }
    }

    /// What the list says of a dandiset.
    struct Entry: Sendable {
        let id: String
        /// The latest published version, else `draft`.
        let version: String
        /// `OPEN`, `EMBARGOED`, `UNEMBARGOING`; nil when the list does not say.
        let embargoStatus: String?
    }

    private func list(embargoed: Bool, into entries: inout [Entry], seen: inout Set<String>) throws {
        // The default order, by the moment of creation, has ties that fall differently on each page.
        func address(order: String) -> (Int, Int) -> WebAddress {
            { offset, limit in
                var items = [
                    (name: "order", value: order), (name: "page", value: String(offset / limit + 1)),
                    (name: "page_size", value: String(limit)),
                ]
                if embargoed { items.append(("embargoed", "true")) }
                return base.appending("/api/dandisets/", query: items)
            }
        }
        let list = PagedList(
            // Pages are halves of halves of 128 when one is split, so a page number always fits.
            client: client, run: run, name: embargoed ? "embargoed dandisets" : "list of dandisets", limit: 128,
            address: address(order: "id"), otherOrder: address(order: "-id"), rows: { $0["results"]?.array },
            key: { $0["identifier"]?.identifier })
        let isThere = try list.read { _, rows in
            for row in rows {
                guard let id = row["identifier"]?.identifier, id.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                    run.reject("dandiset in a list", field: "identifier", "is missing or unreadable")
                    continue
                }
                // The list with the embargoed ones holds the open ones again.
                guard seen.insert(id).inserted else { continue }
                let version = row["most_recent_published_version"]?["version"]?.text ?? "draft"
                entries.append(Entry(id: id, version: version, embargoStatus: row["embargo_status"]?.words))
            }
            return rows.count
        }
        guard !isThere else { return }
        guard embargoed else {
            throw ConnectorError(.unusableLocation, "\(base.text) has no DANDI API (no list at /api/dandisets/)")
        }
        run.note("embargoed dandisets are not listed")
    }
}
