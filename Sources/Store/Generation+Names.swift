package import Records

extension Generation {
    /// The rows that a DOI leads to; where none has that very DOI, those that have it with another version or without.
    package func rows(ofDOI doi: DOI) throws(StoreError) -> [Int] {
        try connections.read { connection throws(StoreError) in
            let exact = try connection.prepare("SELECT row FROM doi WHERE doi = ?1 ORDER BY row")
            try exact.bind(0, doi.text)
            defer { exact.reset() }
            var rows: [Int] = []
            while try exact.step() { rows.append(exact.int(0)) }
            guard rows.isEmpty else { return rows }
            let base = doi.unversioned
            let versions = try connection.prepare("SELECT doi, row FROM doi WHERE doi >= ?1 AND doi < ?2 ORDER BY row")
            // Versions begin with a full stop or a slash, which 0 follows.
            try versions.bind(0, base).bind(1, base + "0")
            defer { versions.reset() }
            while try versions.step() {
                if DOI(versions.text(0))?.unversioned == base { rows.append(versions.int(1)) }
            }
            return rows
        }
    }

    /// The rows of records with a part that its source calls by this UUID.
    package func rows(ofPart uuid: String) throws(StoreError) -> [Int] {
        guard let key = PartKey(uuid) else { return [] }
        let candidates = try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare("SELECT row FROM part WHERE key = ?1 ORDER BY row")
            try statement.bind(0, key.number)
            defer { statement.reset() }
            var rows: [Int] = []
            while try statement.step() { rows.append(statement.int(0)) }
            return rows
        }
        // Keys are half of a UUID: two that share it are told apart by the records themselves.
        return try records(rows: candidates).filter { stored in
            stored.record.parts.contains { $0.native?.lowercased() == uuid.lowercased() }
        }.map(\.row)
    }

    /// Ids of records of the same kind that stand beside an id in the order of ids, one before and two behind.
    package func neighbors(of id: RecordID) throws(StoreError) -> [RecordID] {
        try connections.read { connection throws(StoreError) in
            var found: [RecordID] = []
            for (query, limit) in [
                ("SELECT id FROM record WHERE id < ?1 ORDER BY id DESC LIMIT ?2", 1),
                ("SELECT id FROM record WHERE id > ?1 ORDER BY id LIMIT ?2", 2),
            ] {
                let statement = try connection.prepare(query)
                try statement.bind(0, id.description).bind(1, limit)
                defer { statement.reset() }
                while try statement.step() {
                    if let other = RecordID(statement.text(0)), other.source == id.source, other.type == id.type {
                        found.append(other)
                    }
                }
            }
            return found
        }
    }
}

/// The UUID of a part as a number that finds its records: the last 64 bits, of which two UUIDs share all by accident
/// only, and which are taken as they are.
struct PartKey {
    let number: Int

    /// Nil for what is no UUID (RFC 9562).
    init?(_ text: String) {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12], groups.joined().utf8.count == 32,
            let bits = UInt64(groups[3] + groups[4], radix: 16), groups.prefix(3).joined().allSatisfy(\.isHexDigit)
        else { return nil }
        number = Int(bitPattern: UInt(bits))
    }
}
