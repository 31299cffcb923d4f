package import Records

/// BrainSTEM (www.brainstem.org): projects, subjects, sessions and everything that belongs to them, through the public
/// API or from a folder of the same records, one `<app>_<model>.jsonl` a model.
package struct BrainSTEMConnector: Connector {
    package let name = "brainstem"
    package let source = Source.brainstem

    package init() {}

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        var catalog = BrainSTEMCatalog()
        let page: WebAddress?
        switch location {
        case .web(let address):
            let base = address.removing("/api/public")
            try BrainSTEMPortal(base: base, run: run).read(into: &catalog)
            run.finish()
            catalog.hidePrivate(trustingPortal: true, run: run)
            page = base
        case .folder(let path):
            try BrainSTEMFolder(path: path, run: run).read(into: &catalog)
            catalog.hidePrivate(trustingPortal: false, run: run)
            page = nil
        case .file(let path):
            throw ConnectorError(
                .unusableLocation,
                "'\(path)' is one file; BrainSTEM is read from a portal's address or a folder of <app>_<model>.jsonl")
        }
        try BrainSTEMRecords(catalog: catalog, base: page, run: run).emit(into: sink)
    }
}

extension BrainSTEMConnector {
    package func address(of id: RecordID, base: WebAddress) -> WebAddress? {
        let provenance: String
        switch id.type {
        case .dataset: provenance = "stem/project"
        case .session, .subject, .cohort, .collection: provenance = "stem/\(id.type.rawValue)"
        case .setup: provenance = "personal_attributes/setup"
        default: return nil
        }
        return base.removing("/api/public").appending("/api/public/\(provenance)/\(id.native)/")
    }
}
