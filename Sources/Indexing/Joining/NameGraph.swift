internal import Store

/// Records and the names they share, walked from record to record.
struct NameGraph {
    private var bonds: [String: [String: Set<Claim.Bond>]] = [:]
    private var names: [String: [String]] = [:]

    /// All records that share a name, in the order of their ids.
    var ids: [String] { names.keys.sorted() }

    /// Adds a name and those that claim it.
    mutating func add(_ name: String, _ claims: [Claim]) {
        for claim in claims {
            if bonds[name, default: [:]][claim.id] == nil { names[claim.id, default: []].append(name) }
            bonds[name, default: [:]][claim.id, default: []].insert(claim.bond)
        }
    }

    /// All records that are one thing with a record, itself first and nearest first, and what joined each.
    func reached(from start: String) -> [(id: String, rule: String)] {
        var reached = [(id: start, rule: "")]
        var seen: Set<String> = [start]
        var next = 0
        while next < reached.count {
            let from = reached[next].id
            next += 1
            for name in (names[from] ?? []).sorted(by: isStronger) {
                let claimants = bonds[name] ?? [:]
                for id in claimants.keys.sorted() where seen.insert(id).inserted {
                    let rule = rule(name, from, claimants[from] ?? [], id, claimants[id] ?? [])
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

    private func rule(
        _ name: String, _ left: String, _ leftBonds: Set<Claim.Bond>, _ right: String, _ rightBonds: Set<Claim.Bond>
    ) -> String {
        if leftBonds.contains(.doi), rightBonds.contains(.doi) { return "equal DOI \(doi(of: name) ?? name[...])" }
        let declaring = [(left, leftBonds), (right, rightBonds)].filter { $0.1.contains(.declared) }.map(\.0).sorted()
        if !declaring.isEmpty { return "declared the same by \(declaring.joined(separator: " and "))" }
        return "the DOI of \(leftBonds.contains(.doi) ? left : right) names \(name)"
    }
}
