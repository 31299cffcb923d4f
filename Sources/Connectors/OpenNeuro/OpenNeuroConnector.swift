import JSON
package import Records

/// OpenNeuro (openneuro.org): its GraphQL interface, its table of metadata (CSV or TSV) as a file or on the web, or a
/// folder of its datasets.
package struct OpenNeuroConnector: Connector {
    package let name = "openneuro"
    package let source = Source.openneuro

    package init() {}

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        switch location {
        case .folder(let path):
            for folder in try BIDSDataset.folders(below: path, run: run) {
                try BIDSDataset(folder: folder, source: source, run: run).emit(into: sink)
            }
        case .file(let path):
            let separator: Character = path.hasSuffix(".tsv") ? "\t" : ","
            let bytes = try Files.bytes(at: path, limit: run.limits.maximumAnswerBytes)
            try OpenNeuroTable(text: String(decoding: bytes, as: UTF8.self), separator: separator, run: run)
                .emit(into: sink)
        case .web(let address):
            guard address.path.hasSuffix(".csv") || address.path.hasSuffix(".tsv") else {
                return try OpenNeuroPortal(base: address, run: run).harvest(into: sink)
            }
            let text = try WebClient(run: run).text(at: address)
            try OpenNeuroTable(text: text, separator: address.path.hasSuffix(".tsv") ? "\t" : ",", run: run)
                .emit(into: sink)
        }
    }
}
