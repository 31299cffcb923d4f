import JSON

/// Reads a whole list from a portal, page by page, and loses as little as possible of it.
///
/// Rows move between pages while a list is read: because the portal's order has ties, or because a record was added
/// before the place that was reached.  Then one row comes twice and another never, and the number of rows is right all
/// the same.  A list whose rows have keys is therefore counted in different rows: as long as there are fewer than the
/// portal announced, the list is asked for again, and what is missing after that is told.
struct PagedList {
    let client: WebClient
    let run: Harvest
    /// `sessions`: for reports and the progress bar.
    let name: String
    /// Rows asked for at once.
    let limit: Int
    /// The address of a stretch of the list.
    let address: (_ offset: Int, _ limit: Int) -> WebAddress
    /// The same stretch of the list in another order, in which other rows fall between pages; nil when there is none.
    var otherOrder: ((_ offset: Int, _ limit: Int) -> WebAddress)?
    /// The question that is posted for a stretch; nil where addresses say everything.
    var question: ((_ offset: Int, _ limit: Int) -> JSONValue)?
    /// The rows in an answer; nil when it holds no such list.
    let rows: (JSONValue) -> [JSONValue]?
    /// What an answer says of the rest of the list.
    var signs: (JSONValue) -> ListPaging.Signs = { ListPaging.Signs($0) }
    /// What tells a row from all others, nil for a row without; without this closure rows are not compared.
    var key: ((JSONValue) -> String?)?

    /// How often a list is read until its rows are as many as announced.
    private static let readings = 3

    /// What became of a stretch of a list.
    private enum Stretch {
        case rows(body: JSONValue, rows: [JSONValue])
        case lost(count: Int, reason: String)
    }

    /// What all readings of a list have brought.
    private struct Taken {
        /// The content of the first row of each key.
        var contents: [String: Int] = [:]
        /// Rows of the first reading that share a key and differ: they are no repetition.
        var twins: Set<Int> = []
        var keyless = 0
        var lost = 0
        var count: Int { contents.count + twins.count + keyless + lost }
    }

    /// Hands on each page's rows, those with keys once; `take` returns how many of them were new.
    ///
    /// Rows that cannot be read are reported and the list is marked incomplete.  Returns false when the portal has no
    /// such list; throws when its beginning cannot be read, or when it stops answering.
    func read(_ take: (_ body: JSONValue, _ rows: [JSONValue]) throws -> Int) throws -> Bool {
        var taken = Taken()
        for reading in 1...Self.readings {
            let before = taken.count
            let address = reading.isMultiple(of: 2) ? otherOrder ?? address : address
            guard let paging = try read(from: address, isFirst: reading == 1, &taken, take) else { return reading > 1 }
            guard let total = paging.total else { return true }
            if paging.isEndless {
                run.incomplete(name, "goes on after twice the \(total) rows it announces: not read further")
                return true
            }
            guard key != nil else { return true }
            if taken.count >= total { return true }
            if reading == Self.readings || reading > 1 && taken.count == before {
                run.incomplete(name, "the list says there are \(total); \(taken.count) different ones came")
                return true
            }
            run.count(retries: 1)
        }
        return true
    }

    /// Reads all pages once; nil when the portal has no such list.
    private func read(
        from address: (Int, Int) -> WebAddress, isFirst: Bool, _ taken: inout Taken,
        _ take: (_ body: JSONValue, _ rows: [JSONValue]) throws -> Int
    ) throws -> ListPaging? {
        var paging = ListPaging(limit: limit, mayRepeat: key != nil)
        // Where the portal says the next page is, when it gives fewer rows than were asked for.
        var next: WebAddress?
        while !paging.isFinished {
            let place = next ?? address(paging.offset, limit)
            guard let stretches = try stretches(address, at: place, offset: paging.offset, limit: limit, splits: 24)
            else {
                // Some portals answer 404 past the last page.
                return paging.offset > 0 ? paging : nil
            }
            next = nil
            for stretch in stretches {
                switch stretch {
                case .rows(let body, let rows):
                    let link = rows.count < limit ? body["next"]?.text.flatMap(place.resolving) : nil
                    next = link.flatMap { $0.isSameHost(as: place) ? $0 : nil }
                    let fresh = key.map { key in rows.filter { isNew($0, key, isFirst, &taken) } } ?? rows
                    let new = try take(body, fresh)
                    paging.take(rows: rows.count, new: key == nil ? new : fresh.count, signs: signs(body))
                case .lost(let count, let reason):
                    // Past the end of the list there is nothing to lose.
                    if isFirst, paging.total.map({ paging.offset < $0 }) ?? true {
                        taken.lost += count
                        run.reject("\(name) row \(paging.offset)", reason)
                        run.incomplete(name, reason)
                    }
                    paging.skip(count)
                }
            }
            run.advance(name, paging.offset, of: paging.total)
        }
        return paging
    }

    /// Whether a row is met for the first time.  One without a key, or with that of another row, is handed on by the
    /// first reading, to be refused.
    private func isNew(
        _ row: JSONValue, _ key: (JSONValue) -> String?, _ isFirst: Bool, _ taken: inout Taken
    ) -> Bool {
        guard let key = key(row) else {
            if isFirst { taken.keyless += 1 }
            return isFirst
        }
        let content = row.hashValue
        if let known = taken.contents[key] {
            return isFirst && known != content && taken.twins.insert(content).inserted
        }
        taken.contents[key] = content
        return true
    }

    /// One page; when it cannot be read as a whole it is asked for in halves, so that one bad row costs one row.
    /// Nil when the portal has no such list.
    private func stretches(
        _ address: (Int, Int) -> WebAddress, at place: WebAddress, offset: Int, limit: Int, splits: Int
    ) throws(ConnectorError) -> [Stretch]? {
        let reason: ConnectorError
        do throws(ConnectorError) {
            switch try client.json(at: place, posting: question?(offset, limit)) {
            case .notShown: return nil
            case .value(let body):
                guard let rows = rows(body) else {
                    throw ConnectorError(.unreadable, "\(place.text) answers without a list of \(name)")
                }
                return [.rows(body: body, rows: rows)]
            }
        } catch {
            reason = error
        }
        guard reason.kind == .unreadable || reason.kind == .tooLarge, splits > 0 else { throw reason }
        guard limit > 1 else { return [.lost(count: 1, reason: reason.detail)] }
        let half = limit / 2
        func part(_ offset: Int, _ limit: Int) throws(ConnectorError) -> [Stretch]? {
            try stretches(address, at: address(offset, limit), offset: offset, limit: limit, splits: splits - 1)
        }
        guard let first = try part(offset, half) else { return nil }
        // An empty half is the end of the list.
        if case .rows(_, let rows) = first.last, rows.isEmpty { return first }
        // Nothing was read: more likely a wrong or broken endpoint than a bad row.
        let isLost = first.allSatisfy { if case .lost = $0 { true } else { false } }
        if offset == 0, isLost, half > 4 { throw reason }
        return first + (try part(offset + half, limit - half) ?? [])
    }
}
