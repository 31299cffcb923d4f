import JSON
package import Records

/// Datasets in schema.org's terms, as pages of repositories carry them for search engines: a page, a JSON-LD document,
/// or files and folders of either.
package struct SchemaOrgConnector: Connector {
    package let name = "schemaorg"
    package let source = Source.schemaorg

    package init() {}

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        func emit(_ value: JSONValue, _ provenance: String) throws {
            let nodes = Self.datasets(in: value)
            if nodes.isEmpty { run.reject(provenance, field: "@type", "holds no Dataset of schema.org") }
            for node in nodes {
                let reader = SchemaOrgRecord(node, page: location, provenance: provenance, run: run)
                if let record = reader.record() { try run.emit(record, into: sink) }
            }
        }
        switch location {
        case .web(let address):
            let text = try WebClient(run: run).text(at: address)
            for (provenance, value) in try Self.documents(in: text, name: address.text, run: run) {
                try emit(value, provenance)
            }
            run.finish()
        case .file(let path) where Self.isPage(path): try emitPage(path, run: run, emit)
        case .folder(let path):
            let pages = try Files.below(path, limit: 6).filter(Self.isPage)
            for page in pages { try emitPage("\(path)/\(page)", run: run, emit) }
            let others = try Files.below(path, limit: 6).contains(where: JSONDump.isDump)
            if others || pages.isEmpty { try JSONDump.records(at: location, run: run) { try emit($1, $0) } }
        case .file: try JSONDump.records(at: location, run: run) { try emit($1, $0) }
        }
    }

    private static func isPage(_ path: String) -> Bool { path.hasSuffix(".html") || path.hasSuffix(".htm") }

    private func emitPage(_ path: String, run: Harvest, _ emit: (JSONValue, String) throws -> Void) throws {
        let bytes = try Files.bytes(at: path, limit: run.limits.maximumAnswerBytes)
        let text = String(decoding: bytes, as: UTF8.self)
        for (provenance, value) in try Self.documents(in: text, name: Files.name(of: path), run: run) {
            try emit(value, provenance)
        }
    }

    /// The JSON-LD of a page, or the document itself where it is no page.
    private static func documents(
        in text: String, name: String, run: Harvest
    ) throws -> [(provenance: String, value: JSONValue)] {
        var found: [(String, JSONValue)] = []
        let scripts = text.first { !$0.isWhitespace } == "<" ? scripts(of: text) : [text]
        if scripts.isEmpty { run.reject(name, field: "script", "the page holds no JSON-LD") }
        for (number, script) in scripts.enumerated() {
            do throws(JSONError) {
                let value = try JSONReader.value(Array(script.utf8), maximumDepth: run.limits.maximumDepth)
                found.append((scripts.count > 1 ? "\(name) item \(number)" : name, value))
            } catch {
                run.reject(name, error.description)
            }
        }
        // Pages carry other things beside the dataset: breadcrumbs, the organisation, the search box.
        let withDatasets = found.filter { !datasets(in: $0.1).isEmpty }
        return withDatasets.isEmpty ? found : withDatasets
    }

    /// What stands between `<script type="application/ld+json">` and `</script>`.
    static func scripts(of page: String) -> [String] {
        page.split(separator: "<script").dropFirst().compactMap { piece in
            guard let end = piece.firstIndex(of: ">"), piece[..<end].contains("ld+json") else { return nil }
            let content = piece[piece.index(after: end)...]
            return String(content.firstRange(of: "</script").map { content[..<$0.lowerBound] } ?? content)
        }
    }

    /// The nodes of type Dataset, at the top, in a graph or in a catalogue.
    static func datasets(in value: JSONValue, depth: Int = 6) -> [JSONValue] {
        guard depth > 0 else { return [] }
        if let items = value.array { return items.flatMap { datasets(in: $0, depth: depth - 1) } }
        guard value.object != nil else { return [] }
        let types = GenericRecord.list(value["@type"]).compactMap(\.string).map(OpenMINDSNode.lastSegment)
        if types.contains(where: { $0 == "Dataset" || $0.hasSuffix(":Dataset") }) { return [value] }
        return ["@graph", "dataset", "mainEntity", "itemListElement", "item"].flatMap { key in
            value[key].map { datasets(in: $0, depth: depth - 1) } ?? []
        }
    }
}
