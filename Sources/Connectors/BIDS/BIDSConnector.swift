import JSON
package import Records

/// Folders in the Brain Imaging Data Structure (bids.neuroimaging.io), one dataset or a folder of datasets.
///
/// `ingest bids` calls them what their folders are called; `ingest openneuro` knows them by OpenNeuro's accession
/// numbers.
package struct BIDSConnector: Connector {
    package let name = "bids"
    package let source = Source.bids

    package init() {}

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        guard case .folder(let path) = location else {
            throw ConnectorError(.unusableLocation, "BIDS is read from a folder, not from '\(location)'")
        }
        let datasets = try BIDSDataset.folders(below: path)
        for (index, folder) in datasets.enumerated() {
            try BIDSDataset(folder: folder, source: source, run: run).emit(into: sink)
            run.advance("datasets", index + 1, of: datasets.count)
        }
    }
}

/// OpenNeuro (openneuro.org): its table of metadata (CSV or TSV), a copy of that table on the web, or a folder of its
/// datasets.
package struct OpenNeuroConnector: Connector {
    package let name = "openneuro"
    package let source = Source.openneuro

    package init() {}

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        switch location {
        case .folder(let path):
            for folder in try BIDSDataset.folders(below: path) {
                try BIDSDataset(folder: folder, source: source, run: run).emit(into: sink)
            }
        case .file(let path):
            let separator: Character = path.hasSuffix(".tsv") ? "\t" : ","
            let bytes = try Files.bytes(at: path, limit: run.limits.maximumAnswerBytes)
            try OpenNeuroTable(text: String(decoding: bytes, as: UTF8.self), separator: separator, run: run)
                .emit(into: sink)
        case .web(let address):
            guard address.path.hasSuffix(".csv") || address.path.hasSuffix(".tsv") else {
                throw ConnectorError(
                    .unusableLocation,
                    "OpenNeuro's own interface is GraphQL, which is not read; give the address or path of its table "
                        + "of metadata (.csv or .tsv), or a folder of datasets")
            }
            let text = try WebClient(run: run).text(at: address)
            try OpenNeuroTable(text: text, separator: address.path.hasSuffix(".tsv") ? "\t" : ",", run: run)
                .emit(into: sink)
        }
    }
}
