internal import Records

extension Generation {
    /// Files whose bytes differ from the manifest's checksums; empty when none does.  A quick part of ``verify()``.
    package func damagedFiles() throws(StoreError) -> [String] {
        var damaged: [String] = []
        for (file, state) in manifest.files.sorted(by: { $0.key < $1.key })
        where try Digest.file("\(folder)/\(file)") != state {
            damaged.append(file)
        }
        return damaged
    }

    /// Every way in which the files differ from what the manifest proves; empty when the generation is whole.  Reads
    /// every byte.
    package func verify() throws(StoreError) -> [String] {
        var problems = try damagedFiles().map { "\($0): SHA-256 differs from the manifest" }
        // Read again: it may have changed since the generation was opened.
        if try Manifest.read(folder: folder) != manifest { problems.append("\(Manifest.File.manifest): has changed") }
        let known = Set(manifest.files.keys).union([Manifest.File.manifest, Manifest.File.seal])
        for name in Disk.names(in: folder) where !known.contains(name) {
            problems.append("\(name): does not belong to a generation")
        }
        let check = try connections.read { connection throws(StoreError) in
            try connection.one("PRAGMA integrity_check").text
        }
        if check != "ok" { problems.append("\(Manifest.File.records): \(check)") }
        return try problems + parity()
    }

    /// Every count that does not fit the others: rows, searchable texts, facets, records of each source.
    package func parity() throws(StoreError) -> [String] {
        var problems: [String] = []
        func compare(_ what: String, _ found: Int, _ expected: Int) {
            if found != expected {
                problems.append("\(Manifest.File.records): \(found) \(what) instead of \(expected)")
            }
        }
        let name = Manifest.File.records
        try connections.read { connection throws(StoreError) in
            compare("records", try connection.one("SELECT count(*) FROM record").number, manifest.records)
            compare(
                "searchable texts", try connection.one("SELECT count(*) FROM search_docsize").number, manifest.records)
            let last = try connection.one("SELECT coalesce(max(row), -1) FROM record").number
            compare("as the last row", last, manifest.records - 1)
            var counts: [String: Int] = [:]
            let statement = try connection.prepare(
                """
                SELECT substr(id, 1, instr(id, ':') - 1) AS source, count(*) FROM (
                    SELECT id FROM record WHERE id NOT IN (SELECT id FROM place)
                    UNION ALL SELECT id FROM place) GROUP BY source
                """)
            while try statement.step() { counts[statement.text(0)] = statement.int(1) }
            // A manifest that names no source counts none, as those of throw-away indexes do.
            for state in manifest.sources {
                compare("records of \(state.source.rawValue)", counts[state.source.rawValue] ?? 0, state.records)
            }
            let missing =
                manifest.sources.isEmpty
                ? []
                : counts.keys.filter { source in
                    !manifest.sources.contains { $0.source.rawValue == source }
                }
            problems += missing.sorted().map { "\(name): holds records of \($0), which the manifest does not name" }
        }
        if facets.recordCount != manifest.records {
            problems.append("\(Manifest.File.facets): \(facets.recordCount) records instead of \(manifest.records)")
        }
        return problems
    }
}

extension Generation {
    /// Calls the body with every record that holds one of the texts, letter by letter, in what a source gave; until it
    /// returns false.
    package func forEachRecord(holding texts: [String], _ body: (_ id: String, _ text: String) throws -> Bool) throws {
        guard !texts.isEmpty else { return }
        try forEachPlace { id, json in
            try texts.contains { json.holds(bytesOf: $0) } ? body(id, json) : true
        }
    }
}
