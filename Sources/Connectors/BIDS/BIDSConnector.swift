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
        let datasets = try BIDSDataset.folders(below: path, run: run)
        for (index, folder) in datasets.enumerated() {
            try BIDSDataset(folder: folder, source: source, run: run).emit(into: sink)
            run.advance("datasets", index + 1, of: datasets.count)
        }
    }
}
