internal import FoundationEssentials
package import Records

/// A name (an id, a DOI, a page) and a record that has it or points at it; records that share a name are joined.
package struct Claim: Sendable, Hashable {
    /// How a record is bound to a name.
    package enum Bond: Int, Sendable, Hashable {
        /// It is the record's own id or page.
        case own
        /// The record's DOI.
        case doi
        /// The record declares the same data there.
        case declared
    }
    package let name: String
    package let id: String
    package let bond: Bond

    package init(name: String, id: String, bond: Bond) {
        self.name = name
        self.id = id
        self.bond = bond
    }
}

/// Claims are kept on disk like the records, so that finding the few that meet takes no memory for all others.
extension StagingFile {
    /// SQL of the tables for claims.
    static let claimTable = """
        CREATE TABLE claim (name TEXT, id TEXT, bond INTEGER, PRIMARY KEY (name, id, bond)) STRICT, WITHOUT ROWID
        """

    /// Calls the body with every record that has a DOI or declares the same data elsewhere, in the order of the ids.
    package func forEachNamed(_ body: (Record) throws -> Void) throws {
        try forEach(where: "json ->> '$.doi' IS NOT NULL OR instr(json, '\"same_as\"')") { record, _ in
            try body(record)
        }
    }

    /// Calls the body with the id and the page of every record that has a page.
    package func forEachPage(_ body: (_ id: String, _ url: String) throws -> Void) throws {
        let statement = try connection.prepare(
            "SELECT id, json ->> '$.url' FROM staged WHERE json ->> '$.url' IS NOT NULL")
        defer { statement.reset() }
        while try statement.step() { try body(statement.text(0), statement.text(1)) }
    }

    package func add(_ claim: Claim) throws(StoreError) {
        let statement = try connection.prepare("INSERT OR IGNORE INTO claim VALUES (?1, ?2, ?3)")
        try statement.bind(0, claim.name).bind(1, claim.id).bind(2, claim.bond.rawValue)
        try statement.run()
    }

    /// Lets every record whose id is claimed claim it, too.
    package func addClaimedIDs() throws(StoreError) {
        try connection.execute(
            """
            INSERT OR IGNORE INTO claim
            SELECT DISTINCT staged.id, staged.id, \(Claim.Bond.own.rawValue)
            FROM claim JOIN staged ON staged.id = claim.name
            """)
    }

    /// Whether some record is bound to a name in one of the ways.
    package func isClaimed(_ name: String, as bonds: [Claim.Bond]) throws(StoreError) -> Bool {
        let statement = try connection.prepare(
            "SELECT EXISTS (SELECT 1 FROM claim WHERE name = ?1 AND bond IN (?2, ?3))")
        try statement.bind(0, name).bind(1, bonds.first?.rawValue ?? -1).bind(2, bonds.last?.rawValue ?? -1)
        defer { statement.reset() }
        return try statement.step() && statement.int(0) == 1
    }

    /// The claims to names that several records claim, and at most `limit`, in the order of names and ids.
    package func sharedClaims(limit: Int) throws(StoreError) -> [Claim] {
        let statement = try connection.prepare(
            """
            SELECT name, id, bond FROM claim
            WHERE name IN (SELECT name FROM claim GROUP BY name HAVING count(DISTINCT id) BETWEEN 2 AND ?1)
            ORDER BY name, id, bond
            """)
        try statement.bind(0, limit)
        defer { statement.reset() }
        var claims: [Claim] = []
        while try statement.step() {
            guard let bond = Claim.Bond(rawValue: statement.int(2)) else { continue }
            claims.append(Claim(name: statement.text(0), id: statement.text(1), bond: bond))
        }
        return claims
    }
}
