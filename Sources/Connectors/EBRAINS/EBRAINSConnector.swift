import JSON
package import Records

/// EBRAINS: what the public search of its Knowledge Graph shows, or openMINDS JSON-LD files (v3, v4 and v5 names, both
/// name spaces).
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
        if case .web(let base) = location {
            try KnowledgeGraphSearch(base: base, run: run).harvest(into: sink)
            return run.finish()
        }
        let graph = OpenMINDSGraph()
        try readDump(at: location, into: graph, run: run)
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
            for parent in graph.all(product.parent) where !described.contains(parent.id) {
                if let record = try records.record(of: parent, parent: nil, type: product.record) {
                    try run.emit(record, into: sink)
                }
            }
        }
    }

    package func address(of id: RecordID, base: WebAddress) -> WebAddress? {
        KnowledgeGraphSearch.api(of: base).appending("/groups/public/documents/\(id.native)")
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
