/// Connectors: from a location (a portal's address, a dump file, a folder) to flattened records.
///
/// A connector speaks one source's language and knows no vocabulary: it emits what the source *states*, in the source's
/// own words and identifiers, as `Statement`s, `Quantity`s and `Passage`s of a `Record`.  Only what the source shows to
/// anonymous visitors is requested, and every record passes one final check (``Harvest/emit(_:into:)``) that removes
/// e-mail addresses wherever they occur.  `docs/sources.md` lists field by field what is read, what it becomes, and
/// what is not read.

package import Records

/// Reads one kind of source.
package protocol Connector: Sendable {
    /// The word after `discover ingest`: `brainstem`, `dandi`.
    var name: String { get }
    /// The first part of the ids of its records.
    var source: Source { get }

    /// Reads the location and passes each record to the sink.
    ///
    /// What cannot be used is listed in the run's report, and the harvest continues; an unusable location throws
    /// ``ConnectorError``; what the sink throws is passed on and ends the harvest.
    func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws

    /// Where a portal answers for one record by its id, so that it can be asked whether the record is still public;
    /// nil when the connector knows no such address.
    func address(of id: RecordID, base: WebAddress) -> WebAddress?
}

extension Connector {
    package func address(of id: RecordID, base: WebAddress) -> WebAddress? { nil }
}

/// The connectors there are.
package enum Connectors {
    /// In the order help lists them.
    package static let all: [any Connector] = [
        BrainSTEMConnector(), EBRAINSConnector(), AlyxConnector(), AlyxConnector(name: "one"), DANDIConnector(),
        OpenNeuroConnector(), NeurobagelConnector(), BIDSConnector(), NWBConnector(), DataCiteConnector(),
        SchemaOrgConnector(),
    ]

    /// The connector of a source name as typed, nil when there is none.
    package static func connector(named name: String) -> (any Connector)? {
        let name = name.lowercased()
        return all.first { $0.name == name }
    }
}
