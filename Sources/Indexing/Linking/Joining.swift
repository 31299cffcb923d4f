internal import Connectors
internal import Records
internal import Store

/// Which of the staged records are the same dataset, listed by several sources.
///
/// Records of one kind are joined when they share a name (``SharedName``): an equal DOI, or a page or id that one of
/// them declares to be the same.  The relation is transitive and computed by every build from all records, so it
/// depends on no order, and withdrawing a record undoes its joins.
struct Joining {
    /// Most records a name may join.  What more of them share is a paper, a project or a placeholder.
    static let limit = 20

    /// The other records of a joined record, by the id of the leading one.
    private var others: [String: [(id: RecordID, rule: String)]] = [:]
    private var joined: Set<String> = []
    private let staging: StagingFile

    /// Number of records that are listed under another one.
    var count: Int { joined.count }

    init(_ staging: StagingFile) throws {
        self.staging = staging
        var hasDeclared = false
        try staging.forEachNamed { record in
            let id = record.id.description
            for name in record.doi.map({ SharedName.ofDOI($0, type: record.id.type) }) ?? [] {
                try staging.add(Claim(name: name, id: id, bond: .doi))
            }
            for target in Joining.declared(by: record) {
                hasDeclared = true
                try staging.add(Claim(name: id, id: id, bond: .own))
                for name in SharedName.ofTarget(target, type: record.id.type) {
                    try staging.add(Claim(name: name, id: id, bond: .declared))
                }
            }
        }
        try staging.addClaimedIDs()
        if hasDeclared {
            try staging.forEachPage { id, url in
                guard let type = RecordID(id)?.type else { return }
                for name in SharedName.ofPage(url, type: type)
                where try staging.isClaimed(name, as: [.declared]) {
                    try staging.add(Claim(name: name, id: id, bond: .own))
                }
            }
        }
        join(try staging.sharedClaims(limit: Joining.limit))
    }

    /// Whether a record is listed under another one.
    func isJoined(_ id: RecordID) -> Bool { joined.contains(id.description) }

    /// The other records joined into the record with an id; empty for most.
    func others(of id: RecordID) -> [(id: RecordID, rule: String)] { others[id.description] ?? [] }

    /// Where else the data are: the other records, then what they declare and the index does not hold.
    func alsoAt(_ primary: Record, others records: [Record]) throws -> [AlsoAt] {
        var places = zip(records, others(of: primary.id)).map { record, other in
            AlsoAt(id: record.id, url: record.url, rule: other.rule)
        }
        var seen: Set<String> = []
        for record in [primary] + records {
            for target in Joining.declared(by: record) {
                let names = SharedName.ofTarget(target, type: record.id.type)
                guard let name = names.first, seen.insert(name).inserted,
                    try !names.contains(where: { try staging.isClaimed($0, as: [.own, .doi]) })
                else { continue }
                let url = CURIE.doi(target).map { "https://doi.org/\($0)" } ?? WebAddress(target)?.text
                places.append(AlsoAt(url: url ?? target, rule: "declared the same by \(record.id)"))
            }
        }
        return places
    }

    private static func declared(by record: Record) -> [String] {
        record.links.filter { $0.relation == .sameAs }.map(\.target)
    }

    // MARK: Sets

    private mutating func join(_ claims: [Claim]) {
        var graph = NameGraph()
        for (name, claims) in Dictionary(grouping: claims, by: \.name) {
            // A page that several records have names no single one of them.
            let owners = claims.filter { $0.bond == .own }
            graph.add(name, owners.count > 1 ? claims.filter { $0.bond != .own } : claims)
        }
        var seen: Set<String> = []
        for start in graph.ids where !seen.contains(start) {
            let members = graph.reached(from: start).map(\.id)
            seen.formUnion(members)
            let ids = members.compactMap { RecordID($0) }
            guard let primary = ids.min(by: Joining.holdsData) else { continue }
            let reached = graph.reached(from: primary.description).dropFirst()
            guard !reached.isEmpty else { continue }
            joined.formUnion(reached.map(\.id))
            others[primary.description] = reached.compactMap { member in
                RecordID(member.id).map { ($0, member.rule) }
            }.sorted { Joining.holdsData($0.id, $1.id) }
        }
    }

    /// Whether the first record holds the data more surely, by its source; among equals the first id.
    private static func holdsData(_ left: RecordID, _ right: RecordID) -> Bool {
        let (l, r) = (left.source.descriptor.precedence, right.source.descriptor.precedence)
        return l != r ? l < r : left < right
    }
}
