internal import Records
internal import Store

/// Records and the names they share, walked from record to record.
struct NameGraph {
    private var bonds: [String: [String: Set<Claim.Bond>]] = [:]
    private var names: [String: [String]] = [:]

    /// All records that share a name, in the order of their ids.
    var ids: [String] { names.keys.sorted() }

    /// Adds a name and those that claim it.  A source gives each of its records a DOI of its own: one that several of
    /// them bear is a paper's or a placeholder, and joins nothing.
    mutating func add(_ name: String, _ claims: [Claim]) {
        let bearers = Set(claims.filter { $0.bond == .doi }.map(\.id)).compactMap { RecordID($0)?.source }
        guard Set(bearers).count == bearers.count else { return }
        for claim in claims {
            if bonds[name, default: [:]][claim.id] == nil { names[claim.id, default: []].append(name) }
            bonds[name, default: [:]][claim.id, default: []].insert(claim.bond)
        }
    }

    /// All records joined with a record, itself first and nearest first, and what joined each.
    func reached(from start: String) -> [(id: String, rule: String)] {
        var reached = [(id: start, rule: "")]
        var seen: Set<String> = [start]
        var next = 0
        while next < reached.count {
            let from = reached[next].id
            next += 1
            for name in (names[from] ?? []).sorted(by: isStronger) {
                for id in (bonds[name] ?? [:]).keys.sorted() where seen.insert(id).inserted {
                    let rule = rule(from, id)
                    reached.append((id, from == start ? rule : "\(rule), by way of \(from)"))
                }
            }
        }
        return reached
    }

    /// DOIs before what is declared.
    private func isStronger(_ left: String, _ right: String) -> Bool {
        let (l, r) = (doi(of: left) == nil, doi(of: right) == nil)
        return l != r ? r : left < right
    }

    private func doi(of name: String) -> Substring? {
        name.firstRange(of: " doi:").map { name[$0.upperBound...] }
    }

    /// What joins two records: the strongest of the names they share, or all that declare it.
    private func rule(_ left: String, _ right: String) -> String {
        let shared = (names[left] ?? []).filter { bonds[$0]?[right] != nil }.sorted(by: isStronger)
        func holders(of bond: Claim.Bond, _ name: String) -> [String] {
            [left, right].filter { bonds[name]?[$0]?.contains(bond) ?? false }
        }
        if let doi = shared.lazy.filter({ holders(of: .doi, $0).count == 2 }).compactMap(doi).first {
            return "equal DOI \(doi)"
        }
        let declaring = Set(shared.flatMap { holders(of: .declared, $0) }).sorted()
        if !declaring.isEmpty { return "declared the same by \(declaring.joined(separator: " and "))" }
        let bearer = shared.flatMap { holders(of: .doi, $0) }.first ?? left
        return "the DOI of \(bearer) names \(bearer == left ? right : left)"
    }
}
