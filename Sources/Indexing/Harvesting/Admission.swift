internal import Records
internal import Store

/// The check of every build that leaves out forgotten records and links to them.
struct Admission {
    let forgotten: ForgottenList

    /// The record as it may be stored; nil when it was forgotten, or is part of a forgotten record.
    func admit(_ record: Record) -> Record? {
        if forgotten.isEmpty { return record }
        if isForgotten(record.id) || Family.leaves(record, isGone: reachesChildren) { return nil }
        guard record.links.contains(where: { isForgotten($0.target) }) else { return record }
        var record = record
        record.links.removeAll { isForgotten($0.target) }
        return record
    }

    /// Whether an id itself was forgotten.
    func isForgotten(_ id: some CustomStringConvertible) -> Bool { forgotten.reach(of: id) != nil }

    private func reachesChildren(_ id: String) -> Bool { forgotten.reach(of: id) == .children }
}

/// Which records belong to which: what leaves together.
enum Family {
    /// Whether a record is removed because what it is part of was removed.  An animal of two projects stays while one
    /// of them does: it is removed only with all its projects and datasets, or, if it names none, with everything else
    /// it is part of.
    static func leaves(_ record: Record, isGone: (String) -> Bool) -> Bool {
        let wholes = record.links.filter { $0.relation == .partOf }.compactMap { RecordID($0.target) }
        let datasets = wholes.filter { $0.type == .dataset }
        let deciding = datasets.isEmpty ? wholes : datasets
        return !deciding.isEmpty && deciding.allSatisfy { isGone($0.description) }
    }

    /// The ids, and all that is part of them and of nothing else, at any depth.
    static func members(of ids: Set<String>, in generation: Generation) throws -> Set<String> {
        var gone = ids
        var parts: Set<String> = []
        while true {
            let before = gone.count
            try generation.forEachLinked { record in
                let id = record.id.description
                if gone.contains(id) {
                    // What a whole lists as its parts, and does not say so itself.
                    for link in record.links where link.relation == .hasPart { parts.insert(link.target) }
                } else if Family.leaves(record, isGone: gone.contains)
                    || parts.contains(id) && !record.links.contains(where: { $0.relation == .partOf })
                {
                    gone.insert(id)
                }
            }
            if gone.count == before { return gone }
        }
    }

    /// The datasets that a record is part of, at any depth; itself when it is one.
    static func datasets(of id: RecordID, in generation: Generation) throws -> Set<String> {
        var wholes: [String: [String]] = [:]
        try generation.forEachLinked { record in
            wholes[record.id.description] = record.links.filter { $0.relation == .partOf }.map(\.target)
        }
        var found: Set<String> = []
        var seen: Set<String> = []
        var rest = [id.description]
        while let next = rest.popLast() {
            guard seen.insert(next).inserted else { continue }
            if RecordID(next)?.type == .dataset { found.insert(next) }
            rest += wholes[next] ?? []
        }
        return found
    }
}
