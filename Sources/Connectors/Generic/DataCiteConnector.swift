import JSON
package import Records

/// DataCite's metadata (datacite.org), in which most repositories describe what they give a DOI: answers of its REST
/// interface from an address or a file, or the JSON of single records.
package struct DataCiteConnector: Connector {
    package let name = "datacite"
    package let source = Source.datacite

    package init() {}

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        func emit(_ value: JSONValue, _ provenance: String) throws {
            guard let record = DataCiteRecord(value, provenance: provenance, run: run).record() else { return }
            try run.emit(record, into: sink)
        }
        guard case .web(let address) = location else {
            return try JSONDump.records(at: location, run: run) { try emit($1, $0) }
        }
        try LinkedPages(client: WebClient(run: run), run: run, name: "DOIs").read(from: address) { row in
            try emit(row, row["id"]?.text ?? "a DOI")
        }
        run.finish()
    }
}

/// Reads a list whose pages name the next one (`links.next`), as JSON:API has it.
struct LinkedPages {
    let client: WebClient
    let run: Harvest
    let name: String

    func read(from first: WebAddress, _ take: (JSONValue) throws -> Void) throws {
        var next: WebAddress? = first
        var seen: Set<WebAddress> = []
        var count = 0
        while let address = next {
            guard seen.insert(address).inserted else {
                return run.incomplete(name, "the pages go in circles: not read further")
            }
            guard case .value(let body) = try client.json(at: address) else {
                throw ConnectorError(.unusableLocation, "\(address.text) is not there, or not public")
            }
            let rows = body["data"]?.array ?? [body["data"] ?? body]
            for row in rows { try take(row) }
            count += rows.count
            let total = body["meta"]?["total"]?.number.flatMap(JSONValue.wholeNumber)
            run.advance(name, count, of: total)
            if rows.isEmpty { break }
            if let total, count >= 2 * total, body["links"]?["next"] != nil {
                return run.incomplete(name, "goes on after twice the \(total) rows it announces: not read further")
            }
            next = body["links"]?["next"]?.text.flatMap(address.resolving)
            if let next, !next.isSameHost(as: first), !run.limits.followOtherHosts {
                return run.incomplete(name, "the next page is on another host, \(next.origin): not asked for")
            }
            if next == nil, let total, count < total {
                run.incomplete(name, "the list says there are \(total); \(count) came")
            }
        }
    }
}
