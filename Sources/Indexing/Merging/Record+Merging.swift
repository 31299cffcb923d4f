internal import Records

extension Record {
    /// One record of what two entries say of the same thing: a table and a folder, a listing and a page.
    ///
    /// Every statement, number and text of both stays, with its evidence; of fields with one value the one that says
    /// more.  The order of the two makes no difference.
    func merged(with other: Record) -> Record {
        // The richer one comes first, so that its authors and parts stay in their order.
        let (first, second) = Self.weight(self) >= Self.weight(other) ? (self, other) : (other, self)
        var merged = first
        merged.title = Self.better(first.title, second.title, than: id.native)
        merged.description = Self.longer(first.description, second.description)
        merged.url = Self.longer(first.url, second.url)
        merged.doi = Self.longer(first.doi, second.doi)
        merged.citation = Self.longer(first.citation, second.citation)
        let stricter = [first, second].max { $0.access.strictness < $1.access.strictness } ?? first
        merged.access = stricter.access
        let notes = [first, second].filter { $0.access == stricter.access }.compactMap(\.accessNote)
        merged.accessNote = notes.max { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        merged.embargoedUntil = [first.embargoedUntil, second.embargoedUntil].compactMap(\.self).max()
        merged.contributors = Self.union(first.contributors, second.contributors)
        merged.labs = Self.union(first.labs, second.labs)
        merged.keywords = Self.union(first.keywords, second.keywords)
        merged.parts = Self.union(first.parts, second.parts)
        // Parts of the second are counted anew.
        let places = second.parts.map { part in merged.parts.firstIndex(of: part) }
        func moved(_ part: Int?) -> Int? { part.flatMap { places.indices.contains($0) ? places[$0] : nil } }
        merged.statements = Self.union(
            first.statements,
            second.statements.map { statement in
                var statement = statement
                statement.part = moved(statement.part)
                return statement
            })
        merged.quantities = Self.union(
            first.quantities,
            second.quantities.map { quantity in
                var quantity = quantity
                quantity.part = moved(quantity.part)
                return quantity
            })
        merged.passages = Self.union(
            first.passages,
            second.passages.map { passage in
                var passage = passage
                passage.part = moved(passage.part)
                return passage
            })
        merged.links = Self.union(first.links, second.links)
        merged.notes = Self.union(first.notes, second.notes)
        return merged
    }

    /// How much a record says; of two that say as much, the texts decide.
    private static func weight(_ record: Record) -> (Int, String, String) {
        let count =
            record.statements.count + record.quantities.count + record.passages.count + record.parts.count
            + record.contributors.count
        return (count, record.description, "\(record.title) \(record.url ?? "") \(record.doi ?? "")")
    }

    private static func union<Item: Hashable>(_ first: [Item], _ second: [Item]) -> [Item] {
        var seen = Set(first)
        return first + second.filter { seen.insert($0).inserted }
    }

    /// The title that is no mere id.
    private static func better(_ first: String, _ second: String, than id: String) -> String {
        if first == id { return second }
        return second == id ? first : longer(first, second)
    }

    private static func longer(_ first: String, _ second: String) -> String {
        (first.utf8.count, first) >= (second.utf8.count, second) ? first : second
    }

    private static func longer(_ first: String?, _ second: String?) -> String? {
        guard let first, let second else { return first ?? second }
        return longer(first, second)
    }
}

extension Access {
    /// Of two statements the stricter is believed.
    fileprivate var strictness: Int {
        switch self {
        case .open: 0
        case .embargoed: 1
        case .restricted: 2
        }
    }
}
