package import Records

/// The DANDI archive (dandiarchive.org): dandisets through its REST API, or from a dump of their metadata.
package struct DANDIConnector: Connector {
    package let name = "dandi"
    package let source = Source.dandi

    package init() {}

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        switch location {
        case .web(let base):
            try DANDIArchive(base: base, run: run).harvest(into: sink)
        case .file, .folder:
            var count = 0
            try JSONDump.records(at: location, run: run) { place, metadata in
                count += 1
                if count.isMultiple(of: 100) { run.advance("dandisets", count, of: nil) }
                let dandiset = Dandiset(metadata: metadata, place: place, run: run)
                if let record = dandiset.record() { try run.emit(record, into: sink) }
            }
        }
    }
}

/// Reads the archive's API (api.dandiarchive.org): the list of dandisets, then each one's metadata.
struct DANDIArchive {
    let run: Harvest
    private let base: WebAddress
    private let client: WebClient

    init(base: WebAddress, run: Harvest) {
        self.base = base
        self.run = run
        client = WebClient(run: run)
    }

    func harvest(into sink: (Record) throws -> Void) throws {
        var entries: [Entry] = []
        var seen: Set<String> = []
        try list(embargoed: false, into: &entries, seen: &seen)
        do throws(ConnectorError) {
            try list(embargoed: true, into: &entries, seen: &seen)
        } catch {
            if error.kind == .cancelled { throw error }
            run.incomplete("embargoed dandisets", error.detail)
        }
        var failures = 0
        for (index, entry) in entries.enumerated() {
            run.advance("dandisets", index + 1, of: entries.count)
            let metadata: JSONValue?
            do throws(ConnectorError) {
                metadata = try self.metadata(of: entry)
                failures = 0
            } catch {
                if error.kind == .cancelled || error.kind == .unusableLocation { throw error }
                run.reject("dandiset \(entry.id)", error.detail)
                run.incomplete("dandiset \(entry.id)", error.detail)
                failures += 1
                // An archive that failed ten times in a row is down.
                if failures == 10 { throw error }
                continue
            }
            guard let metadata else { continue }
            let dandiset = Dandiset(metadata: metadata, place: "dandiset \(entry.id)", run: run, listed: entry)
            if let record = dandiset.record() { try run.emit(record, into: sink) }
        }
    }

    /// Nil when they are not public.
    private func metadata(of entry: Entry) throws(ConnectorError) -> JSONValue? {
        let address = base.appending("/api/dandisets/\(entry.id)/versions/\(entry.version)/")
        switch try client.json(at: address) {
        case .value(let metadata): return metadata
        case .notShown(let status):
            run.note("dandisets whose metadata are not public (status \(status)) are left out")
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

    private func list(
        embargoed: Bool, into entries: inout [Entry], seen: inout Set<String>
    ) throws(ConnectorError) {
        var items = [(name: "page", value: "1"), (name: "page_size", value: "100")]
        if embargoed { items.append(("embargoed", "true")) }
        var paging = ListPaging(limit: 100)
        var page = 0
        while !paging.isFinished {
            page += 1
            items[0].value = String(page)
            let body: JSONValue
            do throws(ConnectorError) {
                switch try client.json(at: base.appending("/api/dandisets/", query: items)) {
                case .notShown(let status):
                    if page > 1 { return }  // the archive answers 404 past the last page
                    if embargoed { return run.note("embargoed dandisets are not listed (status \(status))") }
                    throw ConnectorError(
                        .unusableLocation, "\(base.text) has no DANDI API (no list at /api/dandisets/)")
                case .value(let value): body = value
                }
            } catch {
                // The first page decides whether this is an archive at all; later ones cost what is on them.
                guard page > 1, error.kind == .unreadable || error.kind == .tooLarge else { throw error }
                run.reject("dandisets page \(page)", error.detail)
                run.incomplete("dandisets page \(page)", error.detail)
                paging.skip(100)
                if paging.total == nil { return }
                continue
            }
            guard let rows = body["results"]?.array else {
                throw ConnectorError(.unreadable, "\(base.text): the list of dandisets holds no results")
            }
            var new = 0
            for row in rows {
                guard let id = row["identifier"]?.identifier, id.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                    run.reject("dandisets page \(page)", field: "identifier", "a row has no readable identifier")
                    continue
                }
                guard seen.insert(id).inserted else { continue }
                new += 1
                let version = row["most_recent_published_version"]?["version"]?.text ?? "draft"
                entries.append(Entry(id: id, version: version, embargoStatus: row["embargo_status"]?.words))
            }
            // The list of all holds the open ones again, so an old page does not end it.
            paging.take(rows: rows.count, new: embargoed ? rows.count : new, signs: ListPaging.Signs(body))
        }
    }
}
