import JSON
import Records

/// Reads the public search of the EBRAINS Knowledge Graph (kg-search): a list a type, then each record's document.
struct KnowledgeGraphSearch {
    /// What `/groups/public/` is appended to.
    private let base: WebAddress
    private let run: Harvest
    private let client: WebClient

    init(base: WebAddress, run: Harvest) throws(ConnectorError) {
        self.base = Self.api(of: base)
        self.run = run
        client = try WebClient(run: run)
    }

    /// The address of the interface, for that of the portal or of the interface itself.
    static func api(of base: WebAddress) -> WebAddress { base.removing("/api").appending("/api") }

    /// The searchable types and the records they become.  Contributors are read from what they contributed to.
    static let types: [(name: String, record: RecordType)] = [
        ("Dataset", .dataset), ("Model", .model), ("Software", .software), ("Web service", .software),
        ("(Meta)Data Model", .document), ("Project", .collection),
    ]

    /// A hit of a list.
    private struct Entry {
        let id: String
        let type: String
        let record: RecordType
    }

    /// Emits a record for each document; datasets must be there, the other types may not be.
    func harvest(into sink: (Record) throws -> Void) throws {
        var entries: [Entry] = []
        for (type, record) in Self.types {
            do {
                try list(type, as: record, into: &entries)
            } catch let error as ConnectorError {
                if error.kind == .cancelled || type == "Dataset" { throw error }
                run.incomplete(type, error.detail)
            }
        }
        try EachPage(run: run, what: "document", counted: "documents").read(entries, id: \.id) { entry in
            guard let document = try document(of: entry) else { return }
            let reader = KnowledgeGraphDocument(document, id: entry.id, type: entry.type, run: run)
            if let record = reader.record(as: entry.record) { try run.emit(record, into: sink) }
        }
    }

    private func list(_ type: String, as record: RecordType, into entries: inout [Entry]) throws {
        let list = PagedList(
            client: client, run: run, name: type, limit: 100,
            address: { offset, limit in
                let items = [("type", type), ("from", String(offset)), ("size", String(limit))]
                return base.appending("/groups/public/search", query: items.map { ($0, $1) })
            },
            // The facets asked for: none.  The body must be there.
            question: { _, _ in .object([:]) }, rows: { $0["hits"]?.array }, key: { $0["id"]?.text })
        let isThere = try list.read { _, hits in
            for hit in hits {
                guard let id = hit["id"]?.text, id.allSatisfy({ $0.isHexDigit || $0 == "-" }) else {
                    run.reject(type, field: "id", "a hit without a readable id")
                    continue
                }
                // Of two hits with one id, and of two types, there is one document.
                if entries.contains(where: { $0.id == id }) {
                    run.reject("\(type) \(id)", field: "id", "duplicate id: the document is read once")
                } else {
                    entries.append(Entry(id: id, type: type, record: record))
                }
            }
            return hits.count
        }
        guard !isThere else { return }
        if type == "Dataset" {
            throw ConnectorError(
                .unusableLocation, "\(base.text) has no Knowledge Graph search (at /groups/public/search)")
        }
        run.note("no public list of \(type)")
    }

    /// Nil when it is not public.
    private func document(of entry: Entry) throws(ConnectorError) -> JSONValue? {
        switch try client.json(at: base.appending("/groups/public/documents/\(entry.id)")) {
        case .value(let document): return document
        case .notShown(let status):
            run.note("listed documents that are not shown (status \(status)) are left out")
            run.notPublic(RecordID(.ebrains, entry.record, entry.id))
            return nil
        }
    }
}
