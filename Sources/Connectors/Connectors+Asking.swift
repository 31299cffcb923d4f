package import Records

/// What a portal says of records that its lists no longer show.
package struct Standing: Sendable, Hashable {
    /// Answered 401, 403 or 410: not public.
    package var denied: Set<RecordID> = []
    /// Answered 404: missing, or not public; portals seldom distinguish.
    package var absent: Set<RecordID> = []

    package init() {}
}

extension Connectors {
    /// Asks a portal for records by their ids, one request each, in their order.  Nothing is kept; a location that is
    /// no portal, and records without an address of their own, are not asked for.
    package static func standing(
        of ids: [RecordID], connector: any Connector, location: Location, run: Harvest
    ) throws(ConnectorError) -> Standing {
        var standing = Standing()
        guard case .web(let base) = location else { return standing }
        let client = try WebClient(run: run)
        for id in ids {
            guard let address = connector.address(of: id, base: base) else { continue }
            do throws(ConnectorError) {
                guard case .notShown(let status) = try client.json(at: address) else { continue }
                if status == 404 { standing.absent.insert(id) } else { standing.denied.insert(id) }
            } catch {
                // Who cannot answer has not said that it is not public.
                if error.kind == .cancelled { throw error }
                if error.kind == .unavailable { return standing }
            }
        }
        return standing
    }
}
