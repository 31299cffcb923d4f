import JSON

/// Reads a whole list from a portal, page by page, and loses as little as possible of it.
struct PagedList {
    let client: WebClient
    let run: Harvest
    /// `sessions`: for reports and the progress bar.
    let name: String
    /// Rows asked for at once.
    let limit: Int
    /// The address of a stretch of the list.
    let address: (_ offset: Int, _ limit: Int) -> WebAddress
    /// The rows in an answer; nil when it holds no such list.
    let rows: (JSONValue) -> [JSONValue]?

    /// What became of a stretch of a list.
    private enum Stretch {
        case rows(body: JSONValue, rows: [JSONValue])
        case lost(count: Int, reason: String)
    }

    /// Hands on each page's rows; `take` returns how many of them were new.
    ///
    /// Rows that cannot be read are reported and the list is marked incomplete.  Returns false when the portal has no
    /// such list; throws when its beginning cannot be read, or when it stops answering.
    func read(_ take: (_ body: JSONValue, _ rows: [JSONValue]) throws -> Int) throws -> Bool {
        var paging = ListPaging(limit: limit)
        while !paging.isFinished {
            guard let stretches = try stretches(offset: paging.offset, limit: limit, splits: 24) else {
                // Some portals answer 404 past the last page.
                return paging.offset > 0
            }
            for stretch in stretches {
                switch stretch {
                case .rows(let body, let rows):
                    paging.take(rows: rows.count, new: try take(body, rows), signs: ListPaging.Signs(body))
                case .lost(let count, let reason):
                    run.reject("\(name) row \(paging.offset)", reason)
                    run.incomplete(name, reason)
                    paging.skip(count)
                }
            }
            run.advance(name, paging.offset, of: paging.total)
        }
        return true
    }

    /// One page; when it cannot be read as a whole it is asked for in halves, so that one bad row costs one row.
    /// Nil when the portal has no such list.
    private func stretches(offset: Int, limit: Int, splits: Int) throws(ConnectorError) -> [Stretch]? {
        let reason: ConnectorError
        do throws(ConnectorError) {
            let address = address(offset, limit)
            switch try client.json(at: address) {
            case .notShown: return nil
            case .value(let body):
                guard let rows = rows(body) else {
                    throw ConnectorError(.unreadable, "\(address.text) answers without a list of \(name)")
                }
                return [.rows(body: body, rows: rows)]
            }
        } catch {
            reason = error
        }
        guard reason.kind == .unreadable || reason.kind == .tooLarge, splits > 0 else { throw reason }
        guard limit > 1 else { return [.lost(count: 1, reason: reason.detail)] }
        let half = limit / 2
        guard let first = try stretches(offset: offset, limit: half, splits: splits - 1) else { return nil }
        // An empty half is the end of the list.
        if case .rows(_, let rows) = first.last, rows.isEmpty { return first }
        // Nothing was read: more likely a wrong or broken endpoint than a bad row.
        let isLost = first.allSatisfy { if case .lost = $0 { true } else { false } }
        if offset == 0, isLost, half > 4 { throw reason }
        let second = try stretches(offset: offset + half, limit: limit - half, splits: splits - 1)
        return first + (second ?? [])
    }
}
