/// Rejects with one reason in one file, or of one kind of record.
package struct RejectGroup: Sendable, Hashable, CustomStringConvertible {
    /// The file, or the kind of record: `dandisets.jsonl`, `session`.
    package let place: String
    package let field: String
    package let reason: String
    /// Where they are: ids, or numbers of lines.
    package private(set) var examples: [String] = []
    package private(set) var count = 0

    /// Groups in the order of their first rejects, large ones first.
    package static func of(_ rejects: [Reject]) -> [RejectGroup] {
        var groups: [RejectGroup] = []
        var places: [RejectGroup: Int] = [:]
        for reject in rejects {
            let (place, example) = split(reject.id)
            let key = RejectGroup(place: place, field: reject.field, reason: reject.reason)
            let number = places[key] ?? groups.count
            if places[key] == nil {
                places[key] = number
                groups.append(key)
            }
            groups[number].count += 1
            if groups[number].examples.count < 3, !example.isEmpty { groups[number].examples.append(example) }
        }
        return groups.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
    }

    private init(place: String, field: String, reason: String) {
        self.place = place
        self.field = field
        self.reason = reason
    }

    /// `dandisets.jsonl line 12` and `session 3cd0…`: the file or kind, and which one.
    private static func split(_ id: String) -> (place: String, example: String) {
        for mark in [" line ", " item ", " row "] {
            if let range = id.firstRange(of: mark) {
                let number = id[id.index(after: range.lowerBound)...]
                return (String(id[..<range.lowerBound]), String(number))
            }
        }
        // A record's own name, `dandi:dataset:000003`, has its kind before the last colon.
        if let space = id.lastIndex(of: " ") { return (String(id[..<space]), String(id[id.index(after: space)...])) }
        if let colon = id.lastIndex(of: ":") { return (String(id[..<colon]), id) }
        return ("", id)
    }

    package var description: String {
        let what = [place, field].filter { !$0.isEmpty }.joined(separator: " ")
        let listed = examples.joined(separator: ", ") + (count > examples.count && !examples.isEmpty ? ", …" : "")
        return "\(count) × \(what): \(reason)" + (listed.isEmpty ? "" : " (\(listed))")
    }
}
