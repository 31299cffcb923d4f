import JSON
package import Records

/// EBRAINS: dataset, model and software versions of the Knowledge Graph, from its public search or from openMINDS
/// JSON-LD files (v3, v4 and v5 names, both name spaces).
package struct EBRAINSConnector: Connector {
    package let name = "ebrains"
    package let source = Source.ebrains

    package init() {}

    /// Types that become records of their own.
    static let products: [(type: String, record: RecordType, parent: String)] = [
        ("DatasetVersion", .dataset, "Dataset"), ("ModelVersion", .model, "Model"),
        ("SoftwareVersion", .software, "Software"),
    ]

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        let graph: OpenMINDSGraph
        switch location {
        case .web(let base):
            let portal = try KnowledgeGraphPortal(base: base, run: run)
            graph = OpenMINDSGraph(fetch: portal.instance)
            try portal.read(into: graph)
        case .file, .folder:
            graph = OpenMINDSGraph()
            try readDump(at: location, into: graph, run: run)
        }
        let records = OpenMINDSRecords(graph: graph, run: run)
        for product in Self.products {
            let versions = graph.all(product.type)
            var described: Set<String> = []
            for (index, version) in versions.enumerated() {
                run.advance("\(product.type)s", index + 1, of: versions.count)
                let parent = try graph.parent(of: version)
                if let parent { described.insert(parent.id) }
                if let record = try records.record(of: version, parent: parent, type: product.record) {
                    try run.emit(record, into: sink)
                }
            }
            // A dataset without any version in the file becomes a record itself.
            if case .web = location { continue }
            for parent in graph.all(product.parent) where !described.contains(parent.id) {
                if let record = try records.record(of: parent, parent: nil, type: product.record) {
                    try run.emit(record, into: sink)
                }
            }
        }
        if case .web = location { run.finish() }
    }

    /// Documents with one node, with an `@graph`, or answers of the KG.
    private func readDump(at location: Location, into graph: OpenMINDSGraph, run: Harvest) throws {
        try JSONDump.records(at: location, run: run) { provenance, value in
            let document = String(provenance.prefix { $0 != " " })
            for item in value["@graph"]?.array ?? [value] {
                switch graph.add(item, document: document) {
                case .new, .known: break
                case .duplicate:
                    run.reject(
                        "\(provenance), \(item["@id"]?.string ?? item["id"]?.string ?? "")", field: "id",
                        "duplicate id with other content: the first one is kept")
                case .missingID: run.reject(provenance, field: "id", "is missing")
                case .noObject: run.reject(provenance, "is \(item.kind), not an instance")
                }
            }
        }
    }
}

/// Reads the public search of the EBRAINS Knowledge Graph.
struct KnowledgeGraphPortal {
    let base: WebAddress
    let run: Harvest
    private let client: WebClient

    /// - Parameter base: what `/search` is appended to.
    init(base: WebAddress, run: Harvest) throws(ConnectorError) {
        self.base = base
        self.run = run
        client = try WebClient(run: run)
    }

    /// Lists worth asking for as a whole; everything else is asked for one by one as it is met.
    private static let lists = [
        "DatasetVersion", "Dataset", "ModelVersion", "Model", "SoftwareVersion", "Software", "Subject",
        "SubjectState", "SubjectGroup", "SubjectGroupState", "TissueSample", "TissueSampleState",
        "TissueSampleCollection", "TissueSampleCollectionState", "Strain", "DOI",
    ]

    /// Reads the lists; dataset versions must be there, the others may not be.
    func read(into graph: OpenMINDSGraph) throws {
        for type in Self.lists {
            do {
                try readList(of: type, into: graph)
            } catch let error as ConnectorError {
                if error.kind == .cancelled || type == "DatasetVersion" { throw error }
                run.incomplete(type, error.detail)
            }
        }
    }

    private func readList(of type: String, into graph: OpenMINDSGraph) throws {
        let list = PagedList(
            client: client, run: run, name: type, limit: 100,
            address: { offset, limit in
                let items = [("type", type), ("from", String(offset)), ("size", String(limit))]
                return base.appending("/search", query: items.map { ($0, $1) })
            },
            rows: { $0["data"]?.array })
        let isThere = try list.read { _, rows in
            var new = 0
            for row in rows {
                let provenance = "\(type) \(row["@id"]?.string ?? row["id"]?.string ?? "")"
                switch graph.add(row, document: "") {
                case .new: new += 1
                case .known: break
                case .duplicate:
                    run.reject(provenance, field: "id", "duplicate id with other content: the first one is kept")
                case .missingID: run.reject(type, field: "id", "is missing")
                case .noObject: run.reject(type, "is \(row.kind), not an instance")
                }
            }
            return new
        }
        guard !isThere else { return }
        if type == "DatasetVersion" {
            throw ConnectorError(.unusableLocation, "\(base.text) has no Knowledge Graph search (at /search)")
        }
        run.note("no public list of \(type)")
    }

    /// One instance by IRI: by its number in the KG, else by its name in the openMINDS library.
    func instance(_ iri: String) throws -> OpenMINDSNode? {
        let address: WebAddress
        let isLibrary = iri.contains("openminds.")
        if isLibrary {
            address = base.appending("/instancesByIdentifiers", query: [("identifier", iri)])
        } else {
            let id = OpenMINDSNode.lastSegment(iri)
            guard BrainSTEMRecords.isUUID(id) else { return nil }
            address = base.appending("/instances/\(id)")
        }
        let reply: WebClient.Reply
        do throws(ConnectorError) {
            reply = try client.json(at: address)
        } catch {
            if error.kind == .cancelled || error.kind == .unavailable { throw error }
            run.note("instances that could not be read were left out")
            return nil
        }
        guard case .value(let body) = reply else {
            if !isLibrary { run.note("instances that are not public were left out") }
            return nil
        }
        let data = isLibrary ? body["data"]?[iri]?["data"] : body["data"]
        return (data ?? (isLibrary ? nil : body)).flatMap { OpenMINDSNode($0) }
    }
}
